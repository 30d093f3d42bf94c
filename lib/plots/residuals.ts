import { dot, line, type Markish, rectX, ruleX, ruleY } from "@observablehq/plot";
import { compose, MARGIN, TITLE_HEIGHT } from "./compose.ts";
import { draw } from "./drawing.ts";
import type { Figure } from "./figure.ts";
import { blue, vermilion } from "./palette.ts";

/** What {@linkcode plotResiduals} can be told. */
export interface PlotResidualsOptions {
  /** A heading above the figure. */
  title?: string;
  /** What was predicted, with unit (default "Prediction"). */
  xLabel?: string;
  /** What the axis of residuals is called (default "Residual (target − prediction)"). */
  yLabel?: string;
  /** What the counts beside it are of (default "Samples"). */
  countLabel?: string;
}

const HEIGHT = 320;
const PLANE = 420;
const HISTOGRAM = 170;
const MARGINS = { marginTop: 12, marginBottom: 42 };
/** Groups of neighbouring predictions, as many samples in each, whose middle residual is drawn. */
const GROUPS = 20;
const BINS = 40;

/**
 * What a regression leaves unexplained: each residual, target − prediction, over its prediction, with the median of
 * neighbouring predictions as a line, and how many residuals there are of each size.
 *
 * @param predictions What the model said, a number a sample.
 * @param targets What was right.
 * @throws {RangeError} if there is no sample, there are not as many of both, or a number is not finite.
 *
 * @example
 * ```ts
 * import { plotResiduals } from "baeum/plots";
 * import { assertEquals } from "@std/assert";
 *
 * const figure = plotResiduals([1, 2, 3, 4], [1.5, 2, 3, 3.5]);
 * assertEquals(figure.alt, "4 residuals between -0.5 and 0.5, mean 0, root mean square 0.3536.");
 * ```
 */
export function plotResiduals(
  predictions: ArrayLike<number>,
  targets: ArrayLike<number>,
  options: PlotResidualsOptions = {},
): Figure {
  if (predictions.length !== targets.length || targets.length === 0) {
    throw new RangeError(
      `Each prediction needs its target. Received: ${predictions.length} predictions, ${targets.length} targets`,
    );
  }
  const { title, xLabel = "Prediction", yLabel = "Residual (target − prediction)", countLabel = "Samples" } = options;
  const points = Array.from(targets, (target, i) => ({ x: predictions[i], y: target - predictions[i] }));
  const broken = points.findIndex(({ y }) => !Number.isFinite(y));
  if (broken >= 0) {
    throw new RangeError(`Sample ${broken} is no finite number: ${predictions[broken]} and ${targets[broken]}`);
  }
  const residuals = points.map(({ y }) => y);
  const low = residuals.reduce((a, b) => Math.min(a, b));
  const high = residuals.reduce((a, b) => Math.max(a, b));
  const domain = low === high ? [low - 1, high + 1] : [low, high];
  const zero = ruleY([0], { stroke: "currentColor", strokeOpacity: 0.6 });
  const axis = { labelArrow: "none", labelAnchor: "center" } as const;
  const many = points.length > 200;
  const cloud: Markish[] = [
    dot(points, { x: "x", y: "y", r: many ? 1.5 : 3, fill: blue, fillOpacity: many ? 0.3 : 0.8 }),
    zero,
    line(medians(points), { stroke: vermilion, strokeWidth: 2.5 }),
  ];
  const plane = draw({
    ...MARGINS,
    width: PLANE,
    height: HEIGHT,
    marginLeft: 66,
    marginRight: 12,
    x: { ...axis, label: xLabel, labelOffset: 36, ticks: 6 },
    y: { ...axis, label: yLabel, labelOffset: 60, domain, ticks: 6, grid: true },
    opacity: { type: "identity" },
    marks: cloud,
  });
  const bars = draw({
    ...MARGINS,
    width: HISTOGRAM,
    height: HEIGHT,
    marginLeft: 14,
    marginRight: 24,
    x: { ...axis, label: countLabel, labelOffset: 36, ticks: 3 },
    y: { label: null, domain, ticks: 0 },
    marks: [
      rectX(binned(residuals, domain[0], domain[1]), { x2: "count", y1: "from", y2: "to", fill: blue, insetTop: 1 }),
      ruleX([0], { stroke: "currentColor" }),
      zero,
    ],
  });
  const top = title === undefined ? MARGIN : TITLE_HEIGHT;
  const mean = residuals.reduce((sum, value) => sum + value, 0) / residuals.length;
  const square = Math.sqrt(residuals.reduce((sum, value) => sum + value * value, 0) / residuals.length);
  const sentence = `${residuals.length} residuals between ${short(low)} and ${short(high)}, mean ${short(mean)}, ` +
    `root mean square ${short(square)}`;
  return compose({
    parts: [{ ...plane, x: MARGIN, y: top }, { ...bars, x: MARGIN + PLANE, y: top }],
    title,
    width: PLANE + HISTOGRAM + 2 * MARGIN,
    height: top + HEIGHT,
    alt: [title, sentence].filter((part) => part !== undefined).join(". ") + ".",
  });
}

/** The middle of the predictions and of the residuals in each group; nothing where there are too few to speak of groups. */
function medians(points: readonly { x: number; y: number }[]): [number, number][] {
  const sorted = [...points].sort((a, b) => a.x - b.x);
  const size = sorted.length / GROUPS;
  if (size < 3) return [];
  return Array.from({ length: GROUPS }, (_, g) => {
    const group = sorted.slice(Math.round(g * size), Math.round((g + 1) * size));
    return [median(group.map(({ x }) => x)), median(group.map(({ y }) => y))];
  });
}

function median(values: number[]): number {
  const sorted = values.sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

function binned(values: readonly number[], low: number, high: number): { from: number; to: number; count: number }[] {
  const width = (high - low) / BINS;
  const bins = Array.from({ length: BINS }, (_, i) => ({ from: low + i * width, to: low + (i + 1) * width, count: 0 }));
  for (const value of values) bins[Math.min(BINS - 1, Math.floor((value - low) / width))].count += 1;
  return bins;
}

function short(value: number): number {
  return Number(value.toPrecision(4));
}
