import * as tf from "@tensorflow/tfjs";
import type { ConvolutionOptions } from "./convolution.ts";
import { dilatedFilter } from "./dilated_filter.ts";

/**
 * The gradient of a convolution with respect to its input, as a way forward: x `[batch, …positions, channels]` with one, two or
 * three dimensions of positions, filter `[…window, filters, channels]`, result `[batch, …outputPositions, filters]`.
 *
 * `outputPositions` are those from which a convolution with these strides and this padding would come to x' positions.
 *
 * @throws {Error} when it would not.
 */
export function transposedConvolution(
  x: tf.Tensor,
  filter: tf.Tensor,
  outputPositions: number[],
  { strides = 1, padding = "valid", dilations = 1 }: ConvolutionOptions = {},
): tf.Tensor {
  const each = (list: number | number[]) =>
    Array.isArray(list) ? list : new Array<number>(outputPositions.length).fill(list);
  if (x.rank === 3) {
    // One dimension is two of which the first has the length 1.
    const options = { strides: [1, ...each(strides)], padding, dilations: [1, ...each(dilations)] };
    return transposedConvolution(x.expandDims(1), filter.expandDims(0), [1, ...outputPositions], options).squeeze([1]);
  }
  const attributes = {
    strides: each(strides),
    pad: padding,
    dilations: new Array<number>(outputPositions.length).fill(1),
    dataFormat: x.rank === 4 ? "NHWC" : "NDHWC",
  };
  const inputShape = [x.shape[0], ...outputPositions, filter.shape.at(-2)!];
  const [forward, ofInput, ofFilter] = x.rank === 4
    ? ["Conv2D", "Conv2DBackpropInput", "Conv2DBackpropFilter"]
    : ["Conv3D", "Conv3DBackpropInputV2", "Conv3DBackpropFilterV2"];
  const run = (name: string, inputs: tf.NamedTensorMap, shape: Record<string, number[]>) =>
    tf.engine().runKernel(name, inputs, { ...attributes, ...shape }) as tf.Tensor;
  return tf.customGrad((...args: unknown[]) => {
    const [x, filter, save] = args as [tf.Tensor, tf.Tensor, (tensors: tf.Tensor[]) => void];
    save([x, filter]);
    return {
      value: run(ofInput, { dy: x, filter }, { inputShape }),
      gradFunc: (dy: tf.Tensor, [x, filter]: tf.Tensor[]) => [
        run(forward, { x: dy, filter }, {}),
        run(ofFilter, { x: dy, dy: x }, { filterShape: filter.shape }),
      ],
    };
  })(x, dilatedFilter(filter, each(dilations)));
}
