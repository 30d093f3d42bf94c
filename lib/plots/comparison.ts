import { areaY, lineY, type Markish } from "@observablehq/plot";
import { compose, MARGIN, TITLE_HEIGHT } from "./compose.ts";
import { curveLegend, LEGEND_HEIGHT, wholeTicks } from "./curves.ts";
import { draw } from "./drawing.ts";
import type { Figure } from "./figure.ts";
import type { TrainingHistory } from "./history.ts";
import { palette } from "./palette.ts";

/** One way to train, and how it went: once, or several times with other seeds. */
export interface ComparedRun {
  /** What the legend calls it. */
  name: string;
  histories: readonly TrainingHistory[];
  /** Its colour, where it has one already or shares one with another run (default: the palette's at its place). */
  colour?: string;
  /** SVG's `stroke-dasharray` of its line, the validation's too where that is shown alone (default: solid). */
  dashes?: string;
}

/** What {@linkcode plotComparison} can be told. */
export interface PlotComparisonOptions {
  /**
   * What to show (default `"accuracy"`), with its `val_` beside it where there is one. `"val_accuracy"` shows that alone.
   */
  metric?: string;
  /** A heading above the figure (default "Comparison"). */
  title?: string;
  /** What the axes measure (default "Epoch" and the metric). */
  xLabel?: string;
  yLabel?: string;
  /** From where to where the vertical axis goes (default: as far as the values); what lies outside is left out. */
  yDomain?: [low: number, high: number];
  /** Pixels (default 640 and 340). */
  width?: number;
  height?: number;
}

/** The mean over the histories at an epoch, and the lowest and highest of them. */
interface Point {
  epoch: number;
  mean: number;
  low: number;
  high: number;
}

interface ComparedCurve {
  colour: string;
  dashes?: string;
  points: Point[];
}

/**
 * Several trainings over one pair of axes: a colour for each, solid for the training data, dashed for the validation data.
 *
 * A run of several histories becomes the line of their mean in a band from the lowest to the highest.
 * Values that are no finite numbers leave a gap.
 *
 * @throws {RangeError} if there is no run, more of them than colours, a run without history, one that lacks the metric or
 * has no epoch, or histories of one run that differ in length.
 *
 * @example
 * ```ts
 * import { plotComparison } from "baeum/plots";
 * import { assertEquals } from "@std/assert";
 *
 * const slow = { history: { val_accuracy: [0.5, 0.6] } };
 * const fast = { history: { val_accuracy: [0.7, 0.9] } };
 * const figure = plotComparison([{ name: "SGD", histories: [slow, fast] }], { metric: "val_accuracy" });
 * assertEquals(figure.alt, "Comparison: val_accuracy over 2 epochs. SGD, mean of 2: from 0.6 to 0.75 (0.6 to 0.9).");
 * ```
 */
export function plotComparison(runs: readonly ComparedRun[], options: PlotComparisonOptions = {}): Figure {
  if (runs.length === 0 || runs.length > palette.length) {
    throw new RangeError(`From one to ${palette.length} runs can be told apart. Received: ${runs.length}`);
  }
  const { metric = "accuracy", title = "Comparison", width = 640, height = 340, yDomain } = options;
  const drawn = runs.map((run, i) => {
    const { colour = palette[i], dashes } = run;
    const training: ComparedCurve = { colour, dashes, points: pointsOf(run, metric) };
    const validation = `val_${metric}`;
    const both = run.histories.every(({ history }) => validation in history);
    return both ? [training, { colour, dashes: "6 4", points: pointsOf(run, validation) }] : [training];
  });
  const curves = drawn.flat();
  const epochs = curves.map(({ points }) => points.length).reduce((a, b) => Math.max(a, b));

  const legend = curveLegend([
    ...runs.map(({ name, dashes }, i) => ({ name, values: [], colour: drawn[i][0].colour, dashes })),
    ...(curves.length === runs.length ? [] : [
      { name: "training", values: [], colour: "currentColor" },
      { name: "validation", values: [], colour: "currentColor", dashes: "6 4" },
    ]),
  ]);
  const axis = { labelArrow: "none", labelAnchor: "center" } as const;
  const panel = draw({
    width,
    height,
    marginTop: 12,
    marginLeft: 60,
    marginRight: 18,
    marginBottom: 44,
    x: {
      ...axis,
      label: options.xLabel ?? "Epoch",
      labelOffset: 38,
      domain: epochs === 1 ? [0, 2] : [1, epochs],
      ticks: wholeTicks(epochs),
      tickFormat: "d",
    },
    y: { ...axis, label: options.yLabel ?? metric, labelOffset: 52, grid: true, ...(yDomain && { domain: yDomain }) },
    marks: curves.flatMap((curve) => marksOf(curve, yDomain)),
  });
  const top = TITLE_HEIGHT + LEGEND_HEIGHT;
  return compose({
    parts: [{ ...legend, x: MARGIN, y: TITLE_HEIGHT }, { ...panel, x: MARGIN, y: top }],
    title,
    width: Math.max(width, legend.width) + 2 * MARGIN,
    height: top + height,
    alt: `${title}: ${metric} over ${epochs} ${epochs === 1 ? "epoch" : "epochs"}. ${
      runs.map((run, i) => describe(run, drawn[i])).join(". ")
    }.`,
  });
}

function pointsOf({ name, histories }: ComparedRun, metric: string): Point[] {
  if (histories.length === 0) throw new RangeError(`The run "${name}" has no history`);
  const series = histories.map(({ history }) => {
    if (!(metric in history)) {
      const keys = Object.keys(history).join(", ") || "nothing";
      throw new RangeError(`A history of "${name}" has no "${metric}". Received: ${keys}`);
    }
    return history[metric];
  });
  const lengths = series.map((values) => values.length);
  if (lengths[0] === 0 || lengths.some((length) => length !== lengths[0])) {
    throw new RangeError(
      `The histories of "${name}" have the same number of epochs, at least one. Received: ${lengths.join(", ")}`,
    );
  }
  return series[0].map((_, epoch) => {
    const values = series.map((each) => each[epoch]);
    return {
      epoch: epoch + 1,
      mean: values.reduce((a, b) => a + b) / values.length,
      low: values.reduce((a, b) => Math.min(a, b)),
      high: values.reduce((a, b) => Math.max(a, b)),
    };
  });
}

function marksOf({ points, colour, dashes }: ComparedCurve, yDomain?: [low: number, high: number]): Markish[] {
  const [least, most] = yDomain ?? [-Infinity, Infinity];
  const within = (value: number) => Number.isFinite(value) && value >= least && value <= most ? value : NaN;
  const shown = points.map(({ epoch, mean, low, high }) => ({
    epoch,
    mean: within(mean),
    // The band ends at the axis, where the line may still be inside.
    low: Math.max(low, least),
    high: Math.min(high, most),
  })).map((point) => point.low <= point.high ? point : { ...point, low: NaN, high: NaN });
  const path = lineY(shown, { x: "epoch", y: "mean", stroke: colour, strokeWidth: 2, strokeDasharray: dashes });
  const isBand = points.some(({ low, high }) => low !== high);
  return isBand ? [areaY(shown, { x: "epoch", y1: "low", y2: "high", fill: colour, fillOpacity: 0.18 }), path] : [path];
}

/** `SGD, mean of 3: from 0.6 to 0.8 (0.79 to 0.82), validation from 0.6 to 0.75 (0.7 to 0.77)` */
function describe({ name, histories }: ComparedRun, curves: readonly ComparedCurve[]): string {
  const rounded = (value: number) => Number(value.toPrecision(4));
  const spans = curves.map(({ points }) => {
    const last = points[points.length - 1];
    const span = `from ${rounded(points[0].mean)} to ${rounded(last.mean)}`;
    return histories.length === 1 ? span : `${span} (${rounded(last.low)} to ${rounded(last.high)})`;
  });
  return `${name}${histories.length === 1 ? "" : `, mean of ${histories.length}`}: ${spans.join(", validation ")}`;
}
