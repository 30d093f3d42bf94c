import { compose, MARGIN, type Placed, TITLE_HEIGHT } from "./compose.ts";
import { type Curve, curveLegend, curvePanel, LEGEND_HEIGHT, PANEL } from "./curves.ts";
import type { Figure } from "./figure.ts";
import { blue, vermilion } from "./palette.ts";

/** What a training leaves behind, as `fit` returns it: a number an epoch for `loss`, `accuracy`, `val_loss`, …. */
export interface TrainingHistory {
  history: Record<string, number[]>;
}

/** What {@linkcode plotHistory} can be told. */
export interface PlotHistoryOptions {
  /** Which to show, from left to right (default: all, the loss last). */
  metrics?: string[];
  /** A heading above the figure (default "Training history"). */
  title?: string;
  /** How many epochs there is room for (default: as many as there are): a training that goes on keeps its axis. */
  epochs?: number;
  /** Pixels of the whole figure's width (default 376 for one panel, 360 more for each other). */
  width?: number;
}

const VALIDATION = "val_";

/**
 * The curves of a training: a panel for each metric, solid for the training data, dashed for the validation data.
 *
 * Epochs count from 1, as the training's own lines do. Values that are no numbers leave a gap.
 *
 * @param history What `fit` returns, or any `{ history }` with a number an epoch.
 * @throws {RangeError} if there is no epoch, a metric that is not in the history is asked for, or `epochs` is not whole.
 *
 * @example
 * ```ts
 * import { plotHistory } from "baeum/plots";
 * import { assertEquals } from "@std/assert";
 *
 * const history = { loss: [0.9, 0.4], accuracy: [0.7, 0.9], val_loss: [0.8, 0.5], val_accuracy: [0.75, 0.85] };
 * assertEquals(
 *   plotHistory({ history }, { metrics: ["accuracy"] }).alt,
 *   "Training history: 2 epochs. accuracy: from 0.7 to 0.9, validation from 0.75 to 0.85.",
 * );
 * ```
 */
export function plotHistory({ history }: TrainingHistory, options: PlotHistoryOptions = {}): Figure {
  const metrics = options.metrics ?? metricsOf(history);
  const missing = metrics.find((metric) => !(metric in history) && !(VALIDATION + metric in history));
  if (missing !== undefined) {
    throw new RangeError(`The history has no "${missing}". Received: ${Object.keys(history).join(", ") || "nothing"}`);
  }
  const curves = metrics.map((metric) => curvesOf(history, metric));
  const epochs = Math.max(0, ...curves.flat().map(({ values }) => values.length));
  if (epochs === 0) throw new RangeError("The history has no epoch yet: call fit first");

  const room = options.epochs ?? epochs;
  if (!Number.isInteger(room)) throw new RangeError(`epochs is a whole number. Received: ${room}`);
  const { title = "Training history", width = metrics.length * PANEL.width + 2 * MARGIN } = options;
  const panelWidth = Math.floor((width - 2 * MARGIN) / metrics.length);
  const top = TITLE_HEIGHT + LEGEND_HEIGHT;
  const panels = metrics.map((metric, i): Placed => ({
    ...curvePanel(curves[i], { label: metric, epochs: Math.max(epochs, room), width: panelWidth }),
    x: MARGIN + i * panelWidth,
    y: top,
  }));
  const names = [...new Map(curves.flat().map((curve) => [curve.name, curve])).values()];
  const legend = { ...curveLegend(names), x: MARGIN, y: TITLE_HEIGHT };
  const sentences = [
    `${title}: ${epochs} ${epochs === 1 ? "epoch" : "epochs"}`,
    ...metrics.map((metric, i) => describe(metric, curves[i])),
  ];
  return compose({
    parts: [legend, ...panels],
    title,
    width,
    height: top + PANEL.height,
    alt: `${sentences.join(". ")}.`,
  });
}

/** All metrics of the training, the loss last. */
function metricsOf(history: Record<string, number[]>): string[] {
  const names = Object.keys(history).map((key) => key.startsWith(VALIDATION) ? key.slice(VALIDATION.length) : key);
  const others = [...new Set(names)].filter((name) => name !== "loss");
  return names.includes("loss") ? [...others, "loss"] : others;
}

function curvesOf(history: Record<string, number[]>, metric: string): Curve[] {
  return [
    { name: "training", values: history[metric] ?? [], colour: blue },
    { name: "validation", values: history[VALIDATION + metric] ?? [], colour: vermilion, dashes: "6 4" },
  ].filter(({ values }) => values.length > 0);
}

/** `accuracy: from 0.7 to 0.9, validation from 0.75 to 0.85` */
function describe(metric: string, curves: Curve[]): string {
  const spans = curves.map(({ name, values }) => {
    const [first, last] = [values[0], values[values.length - 1]].map((value) => Number(value.toPrecision(4)));
    const span = `from ${first} to ${last}`;
    return name === "training" ? span : `${name} ${span}`;
  });
  return `${metric}: ${spans.join(", ")}`;
}
