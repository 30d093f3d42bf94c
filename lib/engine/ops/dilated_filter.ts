import * as tf from "@tensorflow/tfjs";

/**
 * A filter `[…window, a, b]` with zeros between its numbers, so that an undilated convolution with it is the dilated one.
 *
 * tfjs' plain JavaScript backend has no gradients of dilated convolutions, and none of its backends has those of dilated
 * depthwise ones.
 */
export function dilatedFilter(filter: tf.Tensor, dilations: number[]): tf.Tensor {
  return dilations.reduce((filter, dilation, axis) => {
    if (dilation === 1) return filter;
    const { shape } = filter;
    const length = shape[axis];
    const [before, after] = [shape.slice(0, axis), shape.slice(axis + 1)];
    const [outer, inner] = [before, after].map((sizes) => sizes.reduce((a, b) => a * b, 1));
    const spread = tf.pad(filter.reshape([outer, length, 1, inner]), [[0, 0], [0, 0], [0, dilation - 1], [0, 0]]);
    const long = (length - 1) * dilation + 1;
    return spread.reshape([outer, length * dilation, inner]).slice([0, 0, 0], [outer, long, inner])
      .reshape([...before, long, ...after]);
  }, filter);
}
