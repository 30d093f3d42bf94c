import { tf } from "baeum/tensors";

/** What {@linkcode normalize} can be told. */
export interface NormalizeOptions {
  /** The axis along which the lengths are measured; negative ones count from the last. Default: −1. */
  axis?: number;
  /** Which length: 1 the sum of the magnitudes, 2 Euclid's, Infinity the largest magnitude. Default: 2. */
  order?: number;
}

/**
 * Scales each vector along an axis to length 1, as `keras.utils.normalize`. Vectors of zeros stay as they are.
 *
 * @param x A tensor or nested arrays, of any shape but a single number.
 * @returns float32, of the same shape.
 * @throws {RangeError} if `x` has no such axis, or `order` is not positive.
 *
 * @example
 * ```ts
 * import { normalize } from "baeum/preprocessing";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(normalize([[3, 4], [0, 0]], { order: 1 }).arraySync(), [[Math.fround(3 / 7), Math.fround(4 / 7)], [0, 0]]);
 * ```
 */
export function normalize(x: tf.TensorLike, { axis = -1, order = 2 }: NormalizeOptions = {}): tf.Tensor {
  if (!(order > 0)) throw new RangeError(`order is 1, 2, another positive number or Infinity. Received: ${order}`);
  return tf.tidy(() => {
    const values = tf.cast(x instanceof tf.Tensor ? x : tf.tensor(x as number[]), "float32");
    if (!Number.isInteger(axis) || axis < -values.rank || axis >= values.rank) {
      throw new RangeError(`axis ${axis} does not exist. Received: shape [${values.shape.join(", ")}]`);
    }
    const lengths = lengthsOf(tf.abs(values), (axis + values.rank) % values.rank, order);
    return tf.div(values, tf.where(tf.equal(lengths, 0), tf.onesLike(lengths), lengths));
  });
}

function lengthsOf(magnitudes: tf.Tensor, axis: number, order: number): tf.Tensor {
  if (order === Infinity) return tf.max(magnitudes, axis, true);
  if (order === 1) return tf.sum(magnitudes, axis, true);
  if (order === 2) return tf.sqrt(tf.sum(tf.square(magnitudes), axis, true));
  return tf.pow(tf.sum(tf.pow(magnitudes, order), axis, true), 1 / order);
}
