import * as tf from "@tensorflow/tfjs";

/** How many from each end of an axis are kept. */
const EDGE = 3;

/** The first and last three along every axis, as a tensor of its own; a shorter axis stays whole. */
export function edgesOf(tensor: tf.Tensor): tf.Tensor {
  return tf.tidy(() =>
    tensor.shape.reduce((part, size, axis) => {
      if (size <= 2 * EDGE) return part;
      const begin = part.shape.map(() => 0);
      const length = part.shape.map((length, i) => i === axis ? EDGE : length);
      const end = begin.map((_, i) => i === axis ? size - EDGE : 0);
      return tf.concat([tf.slice(part, begin, length), tf.slice(part, end, length)], axis);
    }, tf.clone(tensor))
  );
}
