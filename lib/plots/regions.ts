import { contour, dot, line, type Markish, text } from "@observablehq/plot";
import { compose, MARGIN, type Placed, TITLE_HEIGHT } from "./compose.ts";
import { draw, type Drawing } from "./drawing.ts";
import type { Figure } from "./figure.ts";
import { palette } from "./palette.ts";
import { escapeXml, textWidth } from "./text.ts";

/** A sample on the plane. */
export interface RegionPoint {
  x: number;
  y: number;
  /** Its class, a whole number from 0. */
  label: number;
  /** A word beside it. */
  name?: string;
}

/** One plane: what is answered where, and the samples on it. */
export interface RegionPanel {
  /** A line above the panel. */
  title?: string;
  /** The class answered at each place, a whole number from 0. Without it only the samples are drawn. */
  predict?: (x: number, y: number) => number;
  points?: readonly RegionPoint[];
  /** Lines over the plane, each as its places in order: a grid that a layer has bent, for one. */
  lines?: readonly (readonly [x: number, y: number])[][];
}

/** What {@linkcode plotRegions} can be told. */
export interface PlotRegionsOptions {
  /** A heading above the figure. */
  title?: string;
  /** What the axes measure, with unit (default "x₁" and "x₂"). */
  xLabel?: string;
  yLabel?: string;
  /** From where to where the plane is drawn (default: the points and a fifth more on each side). */
  xDomain?: [low: number, high: number];
  yDomain?: [low: number, high: number];
  /** What the classes are called (default "0", "1", …). */
  classNames?: readonly string[];
  /** Panels side by side (default: all, at most 4). */
  columns?: number;
  /** Pixels of a panel's width and height (default 240). */
  size?: number;
}

const SYMBOLS = ["circle", "triangle", "square"] as const;
const LEGEND_HEIGHT = 22;
const PANEL_TITLE_HEIGHT = 18;

/**
 * What a classifier answers at each place of a plane, as coloured regions, with the samples on it; several panels show how
 * that changes. Classes differ by symbol as well as by colour.
 *
 * @throws {RangeError} if there is no panel, a panel shows nothing, or there are more than three classes.
 *
 * @example
 * ```ts
 * import { plotRegions } from "baeum/plots";
 * import { assertEquals } from "@std/assert";
 *
 * const and = plotRegions({
 *   predict: (x, y) => x + y > 1.5 ? 1 : 0,
 *   points: [{ x: 0, y: 0, label: 0 }, { x: 1, y: 1, label: 1 }],
 * }, { title: "AND" });
 * assertEquals(and.alt, "AND. x₁ and x₂. 2 points, 0 of them in another class's region.");
 * ```
 */
export function plotRegions(panels: RegionPanel | readonly RegionPanel[], options: PlotRegionsOptions = {}): Figure {
  const all = Array.isArray(panels) ? panels as readonly RegionPanel[] : [panels as RegionPanel];
  if (all.length === 0) throw new RangeError("There is no panel to draw");
  const points = all.flatMap((panel) => panel.points ?? []);
  const places = [...points.map(({ x, y }) => [x, y]), ...all.flatMap((panel) => panel.lines ?? []).flat()];
  const { title, xLabel = "x₁", yLabel = "x₂", columns = Math.min(4, all.length), size = 240 } = options;
  const xDomain = options.xDomain ?? domainAround(places.map(([x]) => x));
  const yDomain = options.yDomain ?? domainAround(places.map(([, y]) => y));
  const classes = Math.max(options.classNames?.length ?? 2, ...points.map(({ label }) => label + 1));
  if (classes > SYMBOLS.length) throw new RangeError(`There are symbols for three classes. Received: ${classes}`);
  const names = Array.from({ length: classes }, (_, k) => options.classNames?.[k] ?? String(k));

  const heading = all.some((panel) => panel.title !== undefined) ? PANEL_TITLE_HEIGHT : 0;
  const top = (title === undefined ? MARGIN : TITLE_HEIGHT) + LEGEND_HEIGHT;
  const parts = all.flatMap((panel, i): Placed[] => {
    const corner = { x: MARGIN + i % columns * size, y: top + Math.floor(i / columns) * (size + heading) };
    const plane = planeOf(panel, { xDomain, yDomain, xLabel, yLabel, classes, size });
    const placed = { ...plane, x: corner.x, y: corner.y + heading };
    return panel.title === undefined ? [placed] : [{ ...titleOf(panel.title, size), ...corner }, placed];
  });
  const legend = { ...legendOf(names), x: MARGIN, y: top - LEGEND_HEIGHT };
  return compose({
    parts: [legend, ...parts],
    title,
    width: Math.max(columns * size, legend.width) + 2 * MARGIN,
    height: top + Math.ceil(all.length / columns) * (size + heading) + MARGIN,
    alt: [title, `${xLabel} and ${yLabel}`, ...all.map(describe)].filter((part) => part !== undefined).join(". ") + ".",
  });
}

function planeOf(
  { predict, points = [], lines = [] }: RegionPanel,
  { xDomain, yDomain, xLabel, yLabel, classes, size }:
    & Required<Pick<PlotRegionsOptions, "xDomain" | "yDomain" | "xLabel" | "yLabel" | "size">>
    & { classes: number },
): Drawing {
  const marks: Markish[] = predict === undefined ? [] : Array.from({ length: classes }, (_, k) =>
    contour({
      x1: xDomain[0],
      x2: xDomain[1],
      y1: yDomain[0],
      y2: yDomain[1],
      value: (x: number, y: number) => predict(x, y) === k ? 1 : 0,
      thresholds: [0.5],
      pixelSize: 1,
      smooth: true,
      fill: palette[k],
      fillOpacity: 0.25,
      stroke: "currentColor",
      strokeWidth: 0.5,
    }));
  marks.push(...lines.map((places) => line(places, { stroke: "currentColor", strokeOpacity: 0.5, strokeWidth: 1 })));
  // Many samples would cover each other.
  const amount = points.length > 50 ? { r: 2.5, strokeWidth: 0.5 } : { r: 4 };
  for (let k = 0; k < classes; k++) {
    const own = points.filter(({ label }) => label === k);
    const position = { x: "x", y: "y" };
    marks.push(dot(own, { ...position, symbol: SYMBOLS[k], fill: palette[k], stroke: "currentColor", ...amount }));
  }
  const named = points.filter(({ name }) => name !== undefined);
  marks.push(text(named, { x: "x", y: "y", text: "name", dy: -12, fill: "currentColor" }));
  const axis = { labelArrow: "none", labelAnchor: "center", ticks: 4 } as const;
  return draw({
    width: size,
    height: size,
    marginTop: 10,
    marginLeft: 50,
    marginRight: 12,
    marginBottom: 40,
    x: { ...axis, label: xLabel, domain: xDomain, labelOffset: 34 },
    y: { ...axis, label: yLabel, domain: yDomain, labelOffset: 43 },
    marks,
  });
}

function titleOf(title: string, width: number): Drawing {
  const markup = `<svg width="${width}" height="${PANEL_TITLE_HEIGHT}"><text x="${(width + 36) / 2}" y="13" ` +
    `text-anchor="middle">${escapeXml(title)}</text></svg>`;
  return { markup, width, height: PANEL_TITLE_HEIGHT };
}

function legendOf(names: readonly string[]): Drawing {
  const shapes = [
    '<circle cx="6" cy="10" r="4.5"/>',
    '<path d="M6 4.5 11.5 14.5 0.5 14.5Z"/>',
    '<rect x="2" y="6" width="8" height="8"/>',
  ];
  let x = 0;
  const items = names.map((name, k) => {
    const item = `<g transform="translate(${x})"><g fill="${palette[k]}" stroke="currentColor">${shapes[k]}</g>` +
      `<text x="17" y="14">${escapeXml(name)}</text></g>`;
    x += 17 + textWidth(name) + 18;
    return item;
  });
  return {
    markup: `<svg width="${x}" height="${LEGEND_HEIGHT}">${items.join("")}</svg>`,
    width: x,
    height: LEGEND_HEIGHT,
  };
}

function domainAround(values: number[]): [number, number] {
  if (values.length === 0) {
    throw new RangeError("Without points and lines, say from where to where: xDomain and yDomain");
  }
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const around = (high - low) / 5 || 1;
  return [low - around, high + around];
}

/** `2회: 4 points, 1 of them in another class's region` */
function describe({ title, predict, points = [] }: RegionPanel): string {
  const count = `${points.length} points`;
  const wrong = points.filter(({ x, y, label }) => predict?.(x, y) !== label).length;
  const sentence = predict === undefined ? count : `${count}, ${wrong} of them in another class's region`;
  return title === undefined ? sentence : `${title}: ${sentence}`;
}
