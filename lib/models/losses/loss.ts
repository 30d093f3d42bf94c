import type { tf } from "baeum/tensors";
import { lookUp } from "../registry.ts";
import { binaryCrossentropy, categoricalCrossentropy, sparseCategoricalCrossentropy } from "./crossentropy.ts";
import { meanAbsoluteError, meanSquaredError } from "./regression.ts";

/** A loss: how far predictions are from targets, one number for each sample (and position). */
export interface Loss {
  /** Keras' name, for example `mean_squared_error`. */
  readonly name: string;
  /** Keras' class name, for example `MeanSquaredError`. */
  readonly className: string;
  /** `[batch, …]` from targets and predictions `[batch, …, outputs]`. */
  perSample(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor;
  getConfig(): Record<string, unknown>;
}

/** A loss of one's own: one number for each sample, `[batch, …]`. */
export type LossFunction = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor;

/** The names a loss can be asked for by. */
export type LossName =
  | "mse"
  | "mean_squared_error"
  | "meanSquaredError"
  | "mae"
  | "mean_absolute_error"
  | "meanAbsoluteError"
  | "binary_crossentropy"
  | "binaryCrossentropy"
  | "categorical_crossentropy"
  | "categoricalCrossentropy"
  | "sparse_categorical_crossentropy"
  | "sparseCategoricalCrossentropy";

const byName = new Map<string, () => Loss>([
  ["mse", meanSquaredError],
  ["mean_squared_error", meanSquaredError],
  ["mae", meanAbsoluteError],
  ["mean_absolute_error", meanAbsoluteError],
  ["binary_crossentropy", binaryCrossentropy],
  ["categorical_crossentropy", categoricalCrossentropy],
  ["sparse_categorical_crossentropy", sparseCategoricalCrossentropy],
]);

/**
 * The loss of a name, the one given, or a function of one's own made into one.
 *
 * @throws {RangeError} for an unknown name.
 */
export function lossOf(given: Loss | LossName | LossFunction): Loss {
  if (typeof given === "string") return lookUp("loss", byName, given)();
  if (typeof given === "function") {
    return { name: given.name || "loss", className: "function", perSample: given, getConfig: () => ({}) };
  }
  return given;
}
