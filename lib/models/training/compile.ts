import { type Loss, type LossFunction, type LossName, lossOf } from "../losses/mod.ts";
import { type Metric, type MetricName, metricOf } from "../metrics/mod.ts";
import { type Optimizer, type OptimizerName, optimizerOf } from "../optimizers/mod.ts";
import type { Model } from "../model.ts";

/** Arguments of `compile`. */
export interface CompileOptions {
  /** What is minimised: a name, an object of `losses`, or a function `(yTrue, yPred) → [batch]`. */
  loss: Loss | LossName | LossFunction;
  /** How: a name or an object of `optimizers` (default `"rmsprop"`, as in Keras). */
  optimizer?: Optimizer | OptimizerName;
  /** What else is measured, by name or object. */
  metrics?: (Metric | MetricName)[];
}

/** A compiled model's loss, optimizer and metrics. */
export interface Compiled {
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  /** The metrics for targets and outputs of these shapes. */
  metricsFor(targetShape: number[], outputShape: number[]): Metric[];
}

/** Looks every name up, so that a mistake shows here and not in `fit`. */
export function compileModel(_model: Model, { loss, optimizer = "rmsprop", metrics = [] }: CompileOptions): Compiled {
  // "accuracy" depends on shapes that are known later; its name is checked all the same.
  for (const metric of metrics) metricOf(metric, [1, 1], [1, 1]);
  return {
    loss: lossOf(loss),
    optimizer: optimizerOf(optimizer),
    metricsFor: (targetShape, outputShape) => metrics.map((metric) => metricOf(metric, targetShape, outputShape)),
  };
}
