import * as tf from "@tensorflow/tfjs";
import type { ConvolutionOptions } from "./convolution.ts";
import { dilatedFilter } from "./dilated_filter.ts";

/**
 * A convolution of each channel for itself: x `[batch, …positions, channels]` with one or two dimensions of positions, filter
 * `[…window, channels, multiplier]`, result `[batch, …positions, channels · multiplier]`.
 */
export function depthwiseConvolution(
  x: tf.Tensor,
  filter: tf.Tensor,
  { strides = 1, padding = "valid", dilations = 1 }: ConvolutionOptions = {},
): tf.Tensor {
  const each = (list: number | number[]) => Array.isArray(list) ? list : new Array<number>(x.rank - 2).fill(list);
  if (x.rank === 3) {
    // One dimension is two of which the first has the length 1.
    const options = { strides: [1, ...each(strides)], padding, dilations: [1, ...each(dilations)] };
    return depthwiseConvolution(x.expandDims(1), filter.expandDims(0), options).squeeze([1]);
  }
  const spread = dilatedFilter(filter, each(dilations)) as tf.Tensor4D;
  return tf.depthwiseConv2d(x as tf.Tensor4D, spread, each(strides) as [number, number], padding);
}
