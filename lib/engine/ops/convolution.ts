import * as tf from "@tensorflow/tfjs";
import { fusesActivation } from "./dense.ts";
import { hasKernel } from "./has_kernel.ts";

/** How a convolution's window moves: numbers for all dimensions, or one for each. */
export interface ConvolutionOptions {
  /** Steps between windows (default 1). */
  strides?: number | number[];
  /** `"valid"` (default): only whole windows; `"same"`: as many windows as positions, over `strides`. */
  padding?: "valid" | "same";
  /** Steps between a window's numbers (default 1). */
  dilations?: number | number[];
}

/**
 * `activation(x ∗ filter + bias)`: x `[batch, …positions, channels]` with one, two or three dimensions of positions, filter
 * `[…window, channels, filters]`, bias `[filters]`, result `[batch, …positions, filters]`.
 *
 * Product, bias and activation are one kernel where the activation is one that {@linkcode fusesActivation} names, and so are
 * the activation's gradient and the bias' sum.
 *
 * @throws {RangeError} for an activation that is not fused, and for ranks other than 3, 4 and 5.
 */
export function convolution(
  x: tf.Tensor,
  filter: tf.Tensor,
  bias: tf.Tensor1D | undefined,
  activation: string,
  { strides = 1, padding = "valid", dilations = 1 }: ConvolutionOptions = {},
): tf.Tensor {
  if (!fusesActivation(activation)) {
    throw new RangeError(`The activation must be linear, relu, sigmoid or tanh. Received: ${activation}`);
  }
  if (x.rank < 3 || x.rank > 5) {
    throw new RangeError(`x is [batch, …one to three dimensions, channels]. Received the shape [${x.shape}]`);
  }
  if (x.dtype !== "float32") return convolution(x.toFloat(), filter, bias, activation, { strides, padding, dilations });
  const count = Math.max(2, x.rank - 2);
  if (x.rank === 3) {
    // One dimension is two of which the first has the length 1.
    const flat = (list: number | number[]) => [1, ...[list].flat()];
    const image = x.expandDims(1);
    const window = filter.expandDims(0);
    const options = { strides: flat(strides), padding, dilations: flat(dilations) };
    return tf.squeeze(convolution(image, window, bias, activation, options), [1]);
  }
  const each = (list: number | number[]) => Array.isArray(list) ? list : new Array<number>(count).fill(list);
  const attributes = {
    strides: each(strides),
    pad: padding,
    dilations: each(dilations),
    dataFormat: count === 2 ? "NHWC" : "NDHWC",
  };
  if (bias && hasKernel("ConvolutionForward")) {
    const named = { ...attributes, activation };
    return tf.engine().runKernel("ConvolutionForward", { x, filter, bias }, named) as tf.Tensor;
  }
  const product = tf.engine().runKernel(count === 2 ? "Conv2D" : "Conv3D", { x, filter }, attributes) as tf.Tensor;
  return activate(bias ? tf.add(product, bias) : product, activation);
}

function activate(x: tf.Tensor, activation: string): tf.Tensor {
  return activation === "relu"
    ? tf.relu(x)
    : activation === "sigmoid"
    ? tf.sigmoid(x)
    : activation === "tanh"
    ? tf.tanh(x)
    : x;
}

tf.registerGradient({
  kernelName: "ConvolutionForward",
  inputsToSave: ["x", "filter"],
  outputsToSave: [true],
  gradFunc: (given, saved, attributes) => {
    const [x, filter, y] = saved;
    const filters = y.shape.at(-1)!;
    const rows = { dy: (given as tf.Tensor).reshape([-1, filters]), y: y.reshape([-1, filters]) };
    const [flat, dbias] = tf.engine().runKernel("ActivationBiasGradient", rows, attributes) as tf.Tensor[];
    const dy = flat.reshape(y.shape);
    const [ofInput, ofFilter] = x.rank === 4
      ? ["Conv2DBackpropInput", "Conv2DBackpropFilter"]
      : ["Conv3DBackpropInputV2", "Conv3DBackpropFilterV2"];
    const run = (name: string, inputs: tf.NamedTensorMap, shape: Record<string, number[]>) =>
      tf.engine().runKernel(name, inputs, { ...attributes, ...shape }) as tf.Tensor;
    return {
      x: () => run(ofInput, { dy, filter }, { inputShape: x.shape }),
      filter: () => run(ofFilter, { x, dy }, { filterShape: filter.shape }),
      bias: () => dbias,
    };
  },
});
