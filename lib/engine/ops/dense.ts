import * as tf from "@tensorflow/tfjs";
import { hasKernel } from "./has_kernel.ts";

/** The activations that the dense kernel computes on the way. */
const fused = new Set(["linear", "relu", "sigmoid", "tanh"]);

/** Whether {@linkcode dense} can apply an activation itself. */
export function fusesActivation(name: string): boolean {
  return fused.has(name);
}

/**
 * `activation(x · kernel + bias)` along the last axis: x `[…, in]`, kernel `[in, out]`, bias `[out]`, result `[…, out]`.
 *
 * Product, bias and activation are one kernel, and so are the activation's gradient and the bias' sum.
 */
export function dense(x: tf.Tensor, kernel: tf.Tensor2D, bias: tf.Tensor1D | undefined, activation: string): tf.Tensor {
  if (x.dtype !== "float32") return dense(x.toFloat(), kernel, bias, activation);
  const rows = x.rank === 2 ? x as tf.Tensor2D : x.reshape<tf.Tensor2D>([-1, x.shape.at(-1)!]);
  const y = bias && hasKernel("DenseForward")
    ? tf.engine().runKernel("DenseForward", { x: rows, kernel, bias }, { activation }) as tf.Tensor
    : activate(bias ? tf.add(tf.matMul(rows, kernel), bias) : tf.matMul(rows, kernel), activation);
  return x.rank === 2 ? y : y.reshape([...x.shape.slice(0, -1), kernel.shape[1]]);
}

function activate(x: tf.Tensor, activation: string): tf.Tensor {
  switch (activation) {
    case "relu":
      return tf.relu(x);
    case "sigmoid":
      return tf.sigmoid(x);
    case "tanh":
      return tf.tanh(x);
    default:
      return x;
  }
}

tf.registerGradient({
  kernelName: "DenseForward",
  inputsToSave: ["x", "kernel"],
  outputsToSave: [true],
  gradFunc: (dy, saved, attributes) => {
    const [x, kernel, y] = saved as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const [dz, dbias] = tf.engine().runKernel("ActivationBiasGradient", { dy: dy as tf.Tensor, y }, attributes) as [
      tf.Tensor2D,
      tf.Tensor1D,
    ];
    return {
      x: () => tf.matMul(dz, kernel, false, true),
      kernel: () => tf.matMul(x, dz, true, false),
      bias: () => dbias,
    };
  },
});
