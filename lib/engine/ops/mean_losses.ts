import * as tf from "@tensorflow/tfjs";
import { hasKernel } from "./has_kernel.ts";

/** A loss that is a mean along the last axis, by a kernel that gives the gradient too where there is one. */
function meanLoss(
  kernel: string,
  target: tf.Tensor,
  output: tf.Tensor,
  byParts: (target: tf.Tensor, output: tf.Tensor) => tf.Tensor,
): tf.Tensor {
  if (!hasKernel(kernel)) return byParts(target, output);
  const n = output.shape.at(-1)!;
  const rows = { target: target.toFloat().reshape([-1, n]), output: output.toFloat().reshape([-1, n]) };
  const [loss] = tf.engine().runKernel(kernel, rows) as tf.Tensor[];
  return loss.reshape(output.shape.slice(0, -1));
}

/** `mean((output − target)²)` along the last axis: `[…, n]` twice, result `[…]`. */
export function meanSquaredError(target: tf.Tensor, output: tf.Tensor): tf.Tensor {
  return meanLoss("MeanSquaredError", target, output, (t, y) => tf.mean(tf.squaredDifference(y, t), -1));
}

/**
 * The mean along the last axis of the cross-entropy of targets, from 0 to 1, and σ(logits), computed without overflow:
 * `[…, n]` twice, result `[…]`.
 */
export function meanSigmoidCrossEntropy(target: tf.Tensor, logits: tf.Tensor): tf.Tensor {
  return meanLoss("SigmoidCrossEntropy", target, logits, (t, z) => {
    const loss = tf.relu(z).sub(z.mul(t)).add(tf.log1p(tf.exp(tf.neg(tf.abs(z)))));
    return tf.mean(loss, -1);
  });
}

/** What multiplies each row of a gradient. */
function perRow(dys: tf.Tensor | tf.Tensor[]): tf.Tensor {
  return (dys as tf.Tensor[])[0].expandDims(-1);
}

tf.registerGradient({
  kernelName: "MeanSquaredError",
  outputsToSave: [false, true],
  gradFunc: (dys, [gradient]) => ({
    target: () => tf.neg(tf.mul(gradient, perRow(dys))),
    output: () => tf.mul(gradient, perRow(dys)),
  }),
});

tf.registerGradient({
  kernelName: "SigmoidCrossEntropy",
  inputsToSave: ["output"],
  outputsToSave: [false, true],
  gradFunc: (dys, [logits, gradient]) => ({
    target: () => tf.mul(tf.div(tf.neg(logits), logits.shape.at(-1)!), perRow(dys)),
    output: () => tf.mul(gradient, perRow(dys)),
  }),
});
