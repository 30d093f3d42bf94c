import { tf } from "baeum/tensors";

/**
 * Turns class numbers into rows of zeros with a single one, as `keras.utils.to_categorical` does.
 *
 * @param y The classes, whole numbers from 0: `[samples]` or `[samples, 1]`.
 * @param numClasses How many columns to make. Default: the largest class + 1.
 * @returns float32, `[samples, numClasses]`.
 * @throws {RangeError} if a class is negative, no whole number, or not below `numClasses`; or if there is none to tell
 * the number of classes from.
 *
 * @example
 * ```ts
 * import { toCategorical } from "baeum/preprocessing";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(toCategorical([1, 0, 2], 3).arraySync(), [[0, 1, 0], [1, 0, 0], [0, 0, 1]]);
 * ```
 */
export function toCategorical(y: tf.Tensor | ArrayLike<number>, numClasses?: number): tf.Tensor2D {
  const classes = y instanceof tf.Tensor ? classesOf(y) : y;
  let largest = -1;
  for (let i = 0; i < classes.length; i++) {
    if (!Number.isInteger(classes[i]) || classes[i] < 0) {
      throw new RangeError(`A class is a whole number from 0. Received: ${classes[i]} at position ${i}`);
    }
    largest = Math.max(largest, classes[i]);
  }
  const width = numClasses ?? largest + 1;
  if (!Number.isInteger(width) || width < 1) {
    throw new RangeError(`numClasses is a whole number from 1. Received: ${numClasses ?? "no classes to count"}`);
  }
  if (largest >= width) {
    throw new RangeError(`Every class must be below numClasses = ${width}. Received: ${largest}`);
  }
  const rows = new Float32Array(classes.length * width);
  for (let i = 0; i < classes.length; i++) rows[i * width + classes[i]] = 1;
  return tf.tensor2d(rows, [classes.length, width]);
}

function classesOf(y: tf.Tensor): ArrayLike<number> {
  const isColumn = y.rank === 1 || (y.rank === 2 && y.shape[1] === 1);
  if (!isColumn) throw new RangeError(`y is [samples] or [samples, 1]. Received: [${y.shape.join(", ")}]`);
  return y.dataSync();
}
