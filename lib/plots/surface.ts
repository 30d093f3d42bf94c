import { contour, dot, line, type Markish } from "@observablehq/plot";
import { compose, MARGIN, TITLE_HEIGHT } from "./compose.ts";
import { curveLegend, LEGEND_HEIGHT } from "./curves.ts";
import { draw } from "./drawing.ts";
import type { Figure } from "./figure.ts";
import type { Line } from "./lines.ts";
import { palette } from "./palette.ts";

/** What {@linkcode plotSurface} can be told. */
export interface PlotSurfaceOptions {
  /** A heading above the figure. */
  title?: string;
  /** What the axes measure (default "w₁" and "w₂"). */
  xLabel?: string;
  yLabel?: string;
  /** From where to where the plane is drawn. */
  xDomain: [low: number, high: number];
  yDomain: [low: number, high: number];
  /** Ways over the surface, the first place marked by a ring, the last by a disc. */
  paths?: readonly Line[];
  /** How many contour lines (default 14): as many places of the plane lie between any two of them. */
  levels?: number;
  /** Pixels of the plane's width and height (default 420 and 360). */
  width?: number;
  height?: number;
}

/** Colours of the paths: the surface has the first of the palette. */
const PATH_COLOURS = palette.slice(1);
/** Places along each side where the surface is measured to find its levels. */
const SAMPLES = 60;

/**
 * A surface seen from above, the deeper the darker, with contour lines: a loss over two weights, and the ways down.
 *
 * @param height The surface's height at a place; where it is no finite number nothing is drawn.
 * @throws {RangeError} for more paths than colours, and where the surface has no finite height at all.
 *
 * @example
 * ```ts
 * import { plotSurface } from "baeum/plots";
 * import { assertEquals } from "@std/assert";
 *
 * const bowl = plotSurface((x, y) => x * x + y * y, {
 *   xDomain: [-2, 2],
 *   yDomain: [-2, 2],
 *   paths: [{ name: "경사 하강법", points: [[2, 1], [1, 0.5], [0.5, 0.25]] }],
 * });
 * assertEquals(bowl.alt, "Surface over w₁ and w₂. 경사 하강법: 3 places, height from 5 to 0.3125.");
 * ```
 */
export function plotSurface(height: (x: number, y: number) => number, options: PlotSurfaceOptions): Figure {
  const { title, xLabel = "w₁", yLabel = "w₂", xDomain, yDomain, paths = [], levels = 14 } = options;
  const { width: across = 420, height: down = 360 } = options;
  if (paths.length > PATH_COLOURS.length) {
    throw new RangeError(`From none to ${PATH_COLOURS.length} paths can be told apart. Received: ${paths.length}`);
  }
  const thresholds = levelsOf(height, xDomain, yDomain, levels);
  const surface = { x1: xDomain[0], x2: xDomain[1], y1: yDomain[0], y2: yDomain[1] };
  const layer = (threshold: number, stroke: string) =>
    contour({
      ...surface,
      value: (x: number, y: number) => -height(x, y),
      thresholds: [-threshold],
      pixelSize: 4,
      fill: palette[0],
      fillOpacity: 0.07,
      stroke,
      strokeOpacity: 0.35,
      strokeWidth: 0.6,
    });
  // Each deeper level lies over those around it: thin layers of one colour add up. The first is all that has a height, so
  // that the corners above the highest contour line are part of the surface too.
  const marks: Markish[] = [
    layer(Number.MAX_VALUE, "none"),
    ...thresholds.map((threshold) => layer(threshold, "currentColor")),
  ];
  const curves = paths.map(({ name, points, dashes }, i) => ({
    name,
    values: points.map(([x, y]) => height(x, y)),
    colour: PATH_COLOURS[i],
    dashes,
  }));
  const inside = ([x, y]: readonly [number, number]) =>
    x >= xDomain[0] && x <= xDomain[1] && y >= yDomain[0] && y <= yDomain[1];
  paths.forEach(({ points }, i) => {
    const { colour, dashes } = curves[i];
    const kept = points.map((point): [number, number] => inside(point) ? [...point] : [NaN, NaN]);
    marks.push(line(kept, { stroke: colour, strokeWidth: 2.5, strokeDasharray: dashes }));
    marks.push(dot(kept.slice(0, 1), { stroke: colour, strokeWidth: 2.5, r: 5 }));
    marks.push(dot(kept.slice(-1), { fill: colour, stroke: "currentColor", r: 5 }));
  });
  const axis = { labelArrow: "none", labelAnchor: "center", ticks: 6 } as const;
  const panel = draw({
    width: across,
    height: down,
    marginTop: 10,
    marginLeft: 54,
    marginRight: 14,
    marginBottom: 42,
    x: { ...axis, label: xLabel, domain: xDomain, labelOffset: 36 },
    y: { ...axis, label: yLabel, domain: yDomain, labelOffset: 46 },
    marks,
  });
  const legend = curveLegend(curves);
  const top = (title === undefined ? MARGIN : TITLE_HEIGHT) + (paths.length === 0 ? 0 : LEGEND_HEIGHT);
  const ways = curves.map(({ name, values }) =>
    `${name}: ${values.length} places, height from ${short(values[0])} to ${short(values[values.length - 1])}`
  );
  return compose({
    parts: [
      ...(paths.length === 0 ? [] : [{ ...legend, x: MARGIN, y: top - LEGEND_HEIGHT }]),
      { ...panel, x: MARGIN, y: top },
    ],
    title,
    width: Math.max(across, legend.width) + 2 * MARGIN,
    height: top + down,
    alt: [title, `Surface over ${xLabel} and ${yLabel}`, ...ways].filter((part) => part !== undefined).join(". ") + ".",
  });
}

/** Heights that cut the plane into pieces of the same area, from the highest to the lowest. */
function levelsOf(
  height: (x: number, y: number) => number,
  [left, right]: [number, number],
  [bottom, top]: [number, number],
  levels: number,
): number[] {
  const at = (low: number, high: number, i: number) => low + (high - low) * i / (SAMPLES - 1);
  const heights = Array.from(
    { length: SAMPLES * SAMPLES },
    (_, i) => height(at(left, right, i % SAMPLES), at(bottom, top, Math.floor(i / SAMPLES))),
  ).filter(Number.isFinite).sort((a, b) => b - a);
  if (heights.length === 0) throw new RangeError("The surface has no finite height in this part of the plane");
  return Array.from({ length: levels }, (_, i) => heights[Math.floor((i + 0.5) * heights.length / levels)]);
}

function short(value: number): number {
  return Number(value.toPrecision(4));
}
