import { tf } from "baeum/tensors";

/**
 * `max(x − τ, 0)` along the last axis, as Keras 3.15 computes it.
 *
 * In Martins & Astudillo 2016, τ is such that the numbers sum to 1: with the k largest numbers above it, `(z₁ + … + z_k − 1) / k`.
 * Keras adds the cumulative sums `z₁`, `z₁ + z₂` … up to `z₁ + … + z_k` instead of taking the last, so that its numbers sum to
 * 1 only where k is 1. Models that were trained with it need the same numbers here.
 */
export const sparsemax = tf.customGrad((x, save) => {
  const given = x as tf.Tensor;
  const width = given.shape.at(-1)!;
  const { values } = tf.topk(given, width, true);
  // tfjs takes no axis from the end here.
  const sums = tf.cumsum(values, given.rank - 1);
  const inside = tf.greater(values, sums.sub(1).div(tf.range(1, width + 1))).toFloat();
  const size = tf.sum(inside, -1, true);
  const threshold = tf.sum(sums.mul(inside), -1, true).sub(1).div(size);
  const value = tf.relu(given.sub(threshold));
  (save as (tensors: tf.Tensor[]) => void)([given, value, size]);
  return {
    value,
    gradFunc: (dy, saved) => {
      const [given, value, size] = saved as tf.Tensor[];
      const passed = dy.mul(tf.step(value));
      const above = tf.sum(tf.greater(given.expandDims(-2), given.expandDims(-1)).toFloat(), -1);
      // A number is in as many of the cumulative sums as there are from its own place to the k-th.
      const share = tf.relu(size.sub(above)).div(size);
      return passed.sub(share.mul(tf.sum(passed, -1, true)));
    },
  };
}) as (x: tf.Tensor) => tf.Tensor;
