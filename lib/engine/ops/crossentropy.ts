import * as tf from "@tensorflow/tfjs";
import { hasKernel } from "./has_kernel.ts";

/**
 * `−Σ target · log softmax(logits)` along the last axis: `[…, classes]` twice, result `[…]`.
 *
 * Computed with the largest logit taken off, so that large logits neither overflow nor lose the gradient.
 */
export function softmaxCrossEntropy(target: tf.Tensor, logits: tf.Tensor): tf.Tensor {
  if (!hasKernel("SoftmaxCrossEntropy")) return crossEntropyByParts(target, logits);
  const classes = logits.shape.at(-1)!;
  const inputs = { target: target.toFloat().reshape([-1, classes]), logits: logits.reshape([-1, classes]) };
  const [loss] = tf.engine().runKernel("SoftmaxCrossEntropy", inputs) as tf.Tensor[];
  return loss.reshape(logits.shape.slice(0, -1));
}

/** As {@linkcode softmaxCrossEntropy}, with class numbers `[…]` (int32) in place of one-hot targets. */
export function sparseSoftmaxCrossEntropy(target: tf.Tensor, logits: tf.Tensor): tf.Tensor {
  const classes = logits.shape.at(-1)!;
  if (!hasKernel("SparseSoftmaxCrossEntropy")) {
    return crossEntropyByParts(tf.oneHot(target.toInt(), classes).toFloat(), logits);
  }
  const inputs = { target: target.toInt().reshape([-1]), logits: logits.reshape([-1, classes]) };
  const [loss] = tf.engine().runKernel("SparseSoftmaxCrossEntropy", inputs) as tf.Tensor[];
  return loss.reshape(target.shape);
}

const crossEntropyByParts = tf.customGrad((target, logits, save) => {
  const [t, z] = [target as tf.Tensor, logits as tf.Tensor];
  const logProbabilities = tf.logSoftmax(z, -1);
  (save as tf.GradSaveFunc)([t, logProbabilities]);
  return {
    value: tf.neg(tf.sum(tf.mul(t, logProbabilities), -1)),
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const [t, logProbabilities] = saved;
      const gradient = tf.sub(tf.mul(tf.exp(logProbabilities), tf.sum(t, -1, true)), t);
      return [tf.mul(tf.neg(logProbabilities), dy.expandDims(-1)), tf.mul(gradient, dy.expandDims(-1))];
    },
  };
});

tf.registerGradient({
  kernelName: "SoftmaxCrossEntropy",
  inputsToSave: ["logits"],
  outputsToSave: [false, true],
  gradFunc: (dys, saved) => {
    const [logits, gradient] = saved;
    const dy = (dys as tf.Tensor[])[0].expandDims(-1);
    return {
      target: () => tf.mul(tf.neg(tf.logSoftmax(logits, -1)), dy),
      logits: () => tf.mul(gradient, dy),
    };
  },
});

tf.registerGradient({
  kernelName: "SparseSoftmaxCrossEntropy",
  outputsToSave: [false, true],
  gradFunc: (dys, [gradient]) => ({ logits: () => tf.mul(gradient, (dys as tf.Tensor[])[0].expandDims(-1)) }),
});
