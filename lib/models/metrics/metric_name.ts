import { lossOf } from "../losses/mod.ts";
import { lookUp } from "../registry.ts";
import { accuracyFor, binaryAccuracy, categoricalAccuracy, sparseCategoricalAccuracy } from "./accuracy.ts";
import { meanMetric, type Metric } from "./metric.ts";

/** The names a metric can be asked for by; `"accuracy"` is the one that fits loss and shapes. */
export type MetricName =
  | "accuracy"
  | "acc"
  | "binary_accuracy"
  | "binaryAccuracy"
  | "categorical_accuracy"
  | "categoricalAccuracy"
  | "sparse_categorical_accuracy"
  | "sparseCategoricalAccuracy"
  | "mse"
  | "mean_squared_error"
  | "meanSquaredError"
  | "mae"
  | "mean_absolute_error"
  | "meanAbsoluteError";

/** A loss' per-sample values as a metric. */
function lossMetric(loss: "mse" | "mae", name: string, className: string): Metric {
  const measure = lossOf(loss);
  return meanMetric(name, className, (yTrue, yPred) => measure.perSample(yTrue, yPred));
}

const byName = new Map<string, () => Metric>([
  ["binary_accuracy", binaryAccuracy],
  ["categorical_accuracy", () => categoricalAccuracy()],
  ["sparse_categorical_accuracy", () => sparseCategoricalAccuracy()],
  ["mse", () => lossMetric("mse", "mse", "MeanSquaredError")],
  ["mean_squared_error", () => lossMetric("mse", "mean_squared_error", "MeanSquaredError")],
  ["mae", () => lossMetric("mae", "mae", "MeanAbsoluteError")],
  ["mean_absolute_error", () => lossMetric("mae", "mean_absolute_error", "MeanAbsoluteError")],
]);

/**
 * The metric of a name for targets and outputs of these shapes (batch first), or the one given.
 *
 * @throws {RangeError} for an unknown name.
 */
export function metricOf(given: Metric | MetricName, targetShape: number[], outputShape: number[]): Metric {
  if (typeof given !== "string") return given;
  if (given === "accuracy" || given === "acc") return accuracyFor(targetShape, outputShape, given);
  return lookUp("metric", new Map([...byName, ["accuracy", () => categoricalAccuracy("accuracy")]]), given)();
}
