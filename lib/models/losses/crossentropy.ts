import { meanSigmoidCrossEntropy, softmaxCrossEntropy, sparseSoftmaxCrossEntropy } from "baeum/engine";
import { tf } from "baeum/tensors";
import { logitsOf } from "../activations/mod.ts";
import type { Loss } from "./loss.ts";
import { sameRank } from "./same_rank.ts";

/** What probabilities are kept away from 0 and 1 by; Keras' `epsilon()`. */
const EPSILON = 1e-7;

/** Arguments of the cross-entropies. */
export interface CrossentropyOptions {
  /** Whether the predictions are logits rather than probabilities (default false). */
  fromLogits?: boolean;
  /** Draws the targets towards even ones, from 0 (default) to 1. */
  labelSmoothing?: number;
}

function checkSmoothing(labelSmoothing: number): void {
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
    throw new RangeError(`labelSmoothing is a share from 0 to 1. Received: ${labelSmoothing}`);
  }
}

function config(name: string, { fromLogits = false, labelSmoothing }: CrossentropyOptions): Record<string, unknown> {
  const smoothing = labelSmoothing === undefined ? {} : { label_smoothing: labelSmoothing };
  return { name, reduction: "sum_over_batch_size", from_logits: fromLogits, ...smoothing };
}

/**
 * Cross-entropy of one-hot targets `[batch, …, classes]` and predicted probabilities of the same shape.
 *
 * After a softmax it is computed from the softmax' input, as Keras on TensorFlow does.
 */
export function categoricalCrossentropy({ fromLogits = false, labelSmoothing = 0 }: CrossentropyOptions = {}): Loss {
  checkSmoothing(labelSmoothing);
  const name = "categorical_crossentropy";
  return {
    name,
    className: "CategoricalCrossentropy",
    perSample(yTrue, yPred) {
      const logits = logitsOf(yPred, "softmax") ?? (fromLogits ? yPred : undefined);
      let [target, output] = sameRank(yTrue, logits ?? yPred);
      if (output.shape.at(-1) === 1) {
        throw new RangeError(
          "categorical cross-entropy of a single class is always 0. Use one output for each class (softmax), or " +
            `binary_crossentropy. Received an output of shape [${yPred.shape}]`,
        );
      }
      if (labelSmoothing) target = target.mul(1 - labelSmoothing).add(labelSmoothing / target.shape.at(-1)!);
      if (logits) return softmaxCrossEntropy(target, output);
      output = tf.clipByValue(output.div(tf.sum(output, -1, true)), EPSILON, 1 - EPSILON);
      return tf.neg(tf.sum(tf.mul(target, tf.log(output)), -1));
    },
    getConfig: () => config(name, { fromLogits, labelSmoothing }),
  };
}

/** Cross-entropy of class numbers `[batch, …]` (or `[batch, …, 1]`) and predicted probabilities `[batch, …, classes]`. */
export function sparseCategoricalCrossentropy({ fromLogits = false }: { fromLogits?: boolean } = {}): Loss {
  const name = "sparse_categorical_crossentropy";
  return {
    name,
    className: "SparseCategoricalCrossentropy",
    perSample(yTrue, yPred) {
      const target = yTrue.rank === yPred.rank && yTrue.shape.at(-1) === 1 ? yTrue.squeeze([-1]) : yTrue;
      if (target.shape.join() !== yPred.shape.slice(0, -1).join()) {
        throw new RangeError(
          "sparse categorical cross-entropy takes class numbers: targets [batch] for an output [batch, classes]. " +
            `Received targets of shape [${yTrue.shape}] for an output of shape [${yPred.shape}]. ` +
            "One-hot targets go with categorical_crossentropy",
        );
      }
      const logits = logitsOf(yPred, "softmax") ?? (fromLogits ? yPred : undefined);
      return sparseSoftmaxCrossEntropy(
        target.toInt(),
        logits ?? tf.log(tf.clipByValue(yPred, EPSILON, 1 - EPSILON)),
      );
    },
    getConfig: () => config(name, { fromLogits }),
  };
}

/** Cross-entropy of targets 0 or 1 and predicted probabilities, `[batch, …, outputs]`: the mean over the outputs. */
export function binaryCrossentropy({ fromLogits = false, labelSmoothing = 0 }: CrossentropyOptions = {}): Loss {
  checkSmoothing(labelSmoothing);
  const name = "binary_crossentropy";
  return {
    name,
    className: "BinaryCrossentropy",
    perSample(yTrue, yPred) {
      const logits = logitsOf(yPred, "sigmoid") ?? (fromLogits ? yPred : undefined);
      let [target, output] = sameRank(yTrue, logits ?? yPred);
      if (labelSmoothing) target = target.mul(1 - labelSmoothing).add(0.5 * labelSmoothing);
      if (logits) return meanSigmoidCrossEntropy(target, output);
      output = tf.clipByValue(output, EPSILON, 1 - EPSILON);
      const positive = tf.mul(target, tf.log(output));
      const negative = tf.mul(tf.sub(1, target), tf.log(tf.sub(1, output)));
      return tf.mean(tf.neg(tf.add(positive, negative)), -1);
    },
    getConfig: () => config(name, { fromLogits, labelSmoothing }),
  };
}
