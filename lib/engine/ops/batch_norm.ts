import * as tf from "@tensorflow/tfjs";
import { hasKernel } from "./has_kernel.ts";

/**
 * Batch normalisation while training: `(x − mean) / √(variance + epsilon) · gamma + beta` with the batch's own mean and
 * (biased) variance over all axes but the last.
 *
 * x `[…, channels]`, gamma and beta `[channels]`; gives y of x' shape, and mean and variance `[channels]`, through which no
 * gradient goes.
 */
export function batchNorm(
  x: tf.Tensor,
  gamma: tf.Tensor1D | undefined,
  beta: tf.Tensor1D | undefined,
  epsilon: number,
): [y: tf.Tensor, mean: tf.Tensor1D, variance: tf.Tensor1D] {
  if (x.dtype !== "float32") return batchNorm(x.toFloat(), gamma, beta, epsilon);
  const channels = x.shape.at(-1)!;
  const scale = gamma ?? tf.ones<tf.Rank.R1>([channels]);
  const shift = beta ?? tf.zeros<tf.Rank.R1>([channels]);
  if (hasKernel("BatchNorm")) {
    const inputs = { x, gamma: scale, beta: shift };
    return tf.engine().runKernel("BatchNorm", inputs, { epsilon }) as unknown as [tf.Tensor, tf.Tensor1D, tf.Tensor1D];
  }
  const { mean, variance } = tf.moments(x, x.shape.map((_, i) => i).slice(0, -1));
  const y = x.sub(mean).mul(variance.add(epsilon).rsqrt().mul(scale)).add(shift);
  return [y, mean as tf.Tensor1D, variance as tf.Tensor1D];
}

tf.registerGradient({
  kernelName: "BatchNorm",
  inputsToSave: ["x", "gamma"],
  outputsToSave: [false, true, true],
  gradFunc: (given, saved, attributes) => {
    const [x, gamma, mean, variance] = saved;
    const [dy] = given as tf.Tensor[];
    const inputs = { dy, x, mean, variance, gamma };
    const [dx, dgamma, dbeta] = tf.engine().runKernel("BatchNormGradient", inputs, attributes) as tf.Tensor[];
    return { x: () => dx, gamma: () => dgamma, beta: () => dbeta };
  },
});
