import type { tf } from "baeum/tensors";
import { toCategorical } from "./to_categorical.ts";

/** Rows of zeros with a single one, and what the columns stand for. */
export interface OneHot<C extends number | string> {
  /** float32, `[samples, classes.length]`. */
  encoded: tf.Tensor2D;
  /** The class of each column, sorted. */
  classes: C[];
}

/**
 * Turns classes of any name into rows of zeros with a single one, the columns sorted, as `pandas.get_dummies` and
 * scikit-learn's `OneHotEncoder` do.
 *
 * For class numbers from 0, {@linkcode toCategorical} needs no look at the data to know the columns.
 *
 * @param labels The class of each sample: numbers or strings, `[samples]`.
 * @throws {RangeError} if there are no labels, or a number is NaN.
 *
 * @example
 * ```ts
 * import { oneHot } from "baeum/preprocessing";
 * import { assertEquals } from "@std/assert";
 *
 * const { encoded, classes } = oneHot(["rose", "iris", "rose"]);
 * assertEquals(classes, ["iris", "rose"]);
 * assertEquals(encoded.arraySync(), [[0, 1], [1, 0], [0, 1]]);
 * ```
 */
export function oneHot<C extends number | string>(labels: ArrayLike<C>): OneHot<C> {
  if (labels.length === 0) throw new RangeError("oneHot needs one label at least. Received: 0");
  const list = Array.from(labels);
  const missing = list.findIndex((label) => Number.isNaN(label));
  if (missing >= 0) throw new RangeError(`A label is a number or a string. Received: NaN at position ${missing}`);
  const classes = [...new Set(list)].sort((a, b) => a < b ? -1 : 1);
  const columns = new Map(classes.map((label, column) => [label, column]));
  return { encoded: toCategorical(list.map((label) => columns.get(label)!), classes.length), classes };
}
