import { dot, line, type Markish } from "@observablehq/plot";
import { compose, MARGIN, TITLE_HEIGHT } from "./compose.ts";
import { curveLegend, LEGEND_HEIGHT } from "./curves.ts";
import { draw } from "./drawing.ts";
import type { Figure } from "./figure.ts";
import { palette } from "./palette.ts";

/** A line through points, in their order. */
export interface Line {
  /** What the legend calls it. */
  name: string;
  points: readonly (readonly [x: number, y: number])[];
  /** SVG's `stroke-dasharray`; by default the fourth line and later ones are dashed. */
  dashes?: string;
  /** Whether the points are dots without a line between them: measurements (default: no). */
  dots?: boolean;
}

/** What {@linkcode plotLines} can be told. */
export interface PlotLinesOptions {
  /** A heading above the figure. */
  title?: string;
  /** What the axes measure, with unit (default "x" and "y"). */
  xLabel?: string;
  yLabel?: string;
  /** From where to where the axes go (default: as far as the points); what lies outside is left out. */
  xDomain?: [low: number, high: number];
  yDomain?: [low: number, high: number];
  /** `"log"` for quantities that shrink or grow by factors (default `"linear"`). */
  yScale?: "linear" | "log";
  /** Whether each point is marked (default: no). */
  marked?: boolean;
  /** Pixels (default 520 and 280). */
  width?: number;
  height?: number;
}

/**
 * Lines over one pair of axes, each with a colour of its own: functions, losses of several trainings, paths.
 *
 * A coordinate that is no finite number leaves a gap.
 *
 * @throws {RangeError} if there is no line, or more of them than colours (seven and the text's own).
 *
 * @example
 * ```ts
 * import { plotLines } from "baeum/plots";
 * import { assertEquals } from "@std/assert";
 *
 * const figure = plotLines([{ name: "x²", points: [[-1, 1], [0, 0], [1, 1]] }], { title: "포물선" });
 * assertEquals(figure.alt, "포물선. y over x. x²: from 1 to 1, between 0 and 1.");
 * ```
 */
export function plotLines(lines: readonly Line[], options: PlotLinesOptions = {}): Figure {
  if (lines.length === 0 || lines.length > palette.length) {
    throw new RangeError(`From one to ${palette.length} lines can be told apart. Received: ${lines.length}`);
  }
  const { title, xLabel = "x", yLabel = "y", xDomain, yDomain, yScale = "linear", width = 520, height = 280 } = options;
  const curves = lines.map(({ name, points, dashes, dots }, i) => ({
    name,
    dots,
    values: points.map(([, y]) => y),
    colour: palette[i],
    dashes: dashes ?? (i < 3 ? undefined : ["7 3", "2 3", "9 3 2 3", "4 4", "1 2"][i - 3]),
  }));
  // Plot would cut by an id, which figures of two runs on one page would share.
  const within = ([x, y]: readonly [number, number]): [number, number] => [
    x,
    Number.isFinite(y) && isIn(x, xDomain) && isIn(y, yDomain) ? y : NaN,
  ];
  const marks = lines.flatMap(({ points }, i): Markish[] => {
    const { colour, dashes, dots } = curves[i];
    const path = line(points.map(within), { stroke: colour, strokeWidth: 2, strokeDasharray: dashes });
    const places = dot(points.map(within), { fill: colour, r: dots ? 4 : 3 });
    if (dots) return [places];
    return options.marked ? [path, places] : [path];
  });
  const axis = { labelArrow: "none", labelAnchor: "center", grid: true } as const;
  const top = (title === undefined ? MARGIN : TITLE_HEIGHT) + LEGEND_HEIGHT;
  const legend = curveLegend(curves);
  const panel = draw({
    width,
    height,
    marginTop: 12,
    marginLeft: 60,
    marginRight: 26,
    marginBottom: 42,
    x: {
      ...axis,
      label: xLabel,
      labelOffset: 36,
      ...(xDomain && { domain: xDomain }),
      ...(options.marked && fewWhole(lines.flatMap(({ points }) => points.map(([x]) => x)), xDomain)),
    },
    y: {
      ...axis,
      label: yLabel,
      labelOffset: 52,
      type: yScale,
      ticks: 6,
      ...(yDomain && { domain: yDomain }),
      ...(yScale === "log" && powersOfTen(yDomain ?? lines.flatMap(({ points }) => points.map(([, y]) => y)))),
    },
    marks,
  });
  const spans = lines.map(({ name, points }) => `${name}: ${describe(points.map(([, y]) => y))}`);
  return compose({
    parts: [{ ...legend, x: MARGIN, y: top - LEGEND_HEIGHT }, { ...panel, x: MARGIN, y: top }],
    title,
    width: Math.max(width, legend.width) + 2 * MARGIN,
    height: top + height,
    alt: [title, `${yLabel} over ${xLabel}`, ...spans].filter((part) => part !== undefined).join(". ") + ".",
  });
}

/** Points at a few whole numbers, such as layers, have each of them named and nothing between, as Plot would. */
function fewWhole(values: readonly number[], domain?: [low: number, high: number]) {
  if (domain !== undefined || values.length === 0 || !values.every(Number.isInteger)) return undefined;
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  if (high - low > 5) return undefined;
  return { ticks: Array.from({ length: high - low + 1 }, (_, i) => low + i), tickFormat: "d" };
}

/** A logarithmic axis of several decades names powers of ten only, without the prefixes that Plot would use (10µ, 100k). */
function powersOfTen(
  values: readonly number[],
): { ticks: number[]; tickFormat: (value: number) => string } | undefined {
  const decades = values.filter((value) => value > 0 && Number.isFinite(value)).map(Math.log10);
  const first = Math.ceil(decades.reduce((a, b) => Math.min(a, b), Infinity) - 1e-9);
  const last = Math.floor(decades.reduce((a, b) => Math.max(a, b), -Infinity) + 1e-9);
  if (!(last - first >= 2)) return undefined;
  const step = Math.ceil((last - first) / 8);
  const ticks = Array.from(
    { length: Math.floor((last - first) / step) + 1 },
    (_, i) => Number(`1e${first + i * step}`),
  );
  return { ticks, tickFormat: (value) => value >= 1e-3 && value < 1e5 ? String(value) : value.toExponential() };
}

function isIn(value: number, domain?: [low: number, high: number]): boolean {
  return domain === undefined || value >= domain[0] && value <= domain[1];
}

function describe(values: number[]): string {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return "no finite value";
  const low = finite.reduce((a, b) => Math.min(a, b));
  const high = finite.reduce((a, b) => Math.max(a, b));
  const [first, last, least, most] = [finite[0], finite[finite.length - 1], low, high]
    .map((value) => Number(value.toPrecision(4)));
  return `from ${first} to ${last}, between ${least} and ${most}`;
}
