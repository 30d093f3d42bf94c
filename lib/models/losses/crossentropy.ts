import { meanSigmoidCrossEntropy, softmaxCrossEntropy, sparseSoftmaxCrossEntropy } from "baeum/engine";
import { tf } from "baeum/tensors";
import { logitsOf } from "../activations/mod.ts";
import { setMask } from "../call_context.ts";
import { Loss, type LossOptions } from "./loss.ts";
import { sameRank } from "./same_rank.ts";

/** What probabilities are kept away from 0 and 1 by; Keras' `epsilon()`. */
const EPSILON = 1e-7;

/** Arguments of the cross-entropies. */
export interface CrossentropyOptions extends LossOptions {
  /** Whether the predictions are logits rather than probabilities (default false). */
  fromLogits?: boolean;
  /** Draws the targets towards even ones, from 0 (default) to 1. */
  labelSmoothing?: number;
}

/**
 * Targets drawn towards even ones of so many classes.
 *
 * @throws {RangeError} for a share that is not from 0 to 1.
 */
export function smoothed(target: tf.Tensor, share: number, classes: number): tf.Tensor {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`labelSmoothing is a share from 0 to 1. Received: ${share}`);
  return share === 0 ? target : tf.add(tf.mul(target, 1 - share), share / classes);
}

/**
 * Cross-entropy of one-hot targets `[batch, …, classes]` and predicted probabilities of the same shape.
 *
 * After a softmax it is computed from the softmax' input, as Keras on TensorFlow does. Keras: `CategoricalCrossentropy`.
 */
export function categoricalCrossentropy(
  { fromLogits = false, labelSmoothing = 0, ...options }: CrossentropyOptions = {},
): Loss {
  return new Loss({
    name: "categorical_crossentropy",
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
      target = smoothed(target, labelSmoothing, target.shape.at(-1)!);
      if (logits) return softmaxCrossEntropy(target, output);
      output = tf.clipByValue(output.div(tf.sum(output, -1, true)), EPSILON, 1 - EPSILON);
      return tf.neg(tf.sum(tf.mul(target, tf.log(output)), -1));
    },
    config: { from_logits: fromLogits, label_smoothing: labelSmoothing, axis: -1 },
    ...options,
  });
}

/** Arguments of {@linkcode sparseCategoricalCrossentropy}. */
export interface SparseCrossentropyOptions extends LossOptions {
  /** Whether the predictions are logits rather than probabilities (default false). */
  fromLogits?: boolean;
  /** Samples of this class number do not count (default: all do). */
  ignoreClass?: number;
}

/**
 * Cross-entropy of class numbers `[batch, …]` (or `[batch, …, 1]`) and predicted probabilities `[batch, …, classes]`.
 * Keras: `SparseCategoricalCrossentropy`.
 */
export function sparseCategoricalCrossentropy(
  { fromLogits = false, ignoreClass, ...options }: SparseCrossentropyOptions = {},
): Loss {
  return new Loss({
    name: "sparse_categorical_crossentropy",
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
      if (ignoreClass === undefined) return sparseCrossentropies(target, yPred, fromLogits);
      const counts = tf.notEqual(target, tf.scalar(ignoreClass, target.dtype as "int32"));
      const kept = tf.where(counts.expandDims(-1), yPred, tf.zerosLike(yPred));
      const values = sparseCrossentropies(tf.mul(target.toInt(), counts.toInt()), kept, fromLogits);
      const result = tf.where(counts, values, tf.zerosLike(values));
      setMask(result, counts);
      return result;
    },
    config: { from_logits: fromLogits, ignore_class: ignoreClass ?? null },
    ...options,
  });
}

function sparseCrossentropies(target: tf.Tensor, yPred: tf.Tensor, fromLogits: boolean): tf.Tensor {
  const logits = logitsOf(yPred, "softmax") ?? (fromLogits ? yPred : undefined);
  return sparseSoftmaxCrossEntropy(target.toInt(), logits ?? tf.log(tf.clipByValue(yPred, EPSILON, 1 - EPSILON)));
}

/** The cross-entropy of each output by itself, from probabilities that are no sigmoid's. */
function fromProbabilities(target: tf.Tensor, probabilities: tf.Tensor): tf.Tensor {
  const output = tf.clipByValue(probabilities, EPSILON, 1 - EPSILON);
  const positive = tf.mul(target, tf.log(output));
  const negative = tf.mul(tf.sub(1, target), tf.log(tf.sub(1, output)));
  return tf.neg(tf.add(positive, negative));
}

/** The cross-entropy of each output by itself, `[batch, …, outputs]`. */
export function binaryCrossentropies(target: tf.Tensor, yPred: tf.Tensor, fromLogits: boolean): tf.Tensor {
  const logits = logitsOf(yPred, "sigmoid") ?? (fromLogits ? yPred : undefined);
  if (!logits) return fromProbabilities(target, yPred.reshape(target.shape));
  return meanSigmoidCrossEntropy(target.expandDims(-1), logits.reshape(target.shape).expandDims(-1));
}

/**
 * Cross-entropy of targets 0 or 1 and predicted probabilities, `[batch, …, outputs]`: the mean over the outputs. Keras:
 * `BinaryCrossentropy`.
 */
export function binaryCrossentropy(
  { fromLogits = false, labelSmoothing = 0, ...options }: CrossentropyOptions = {},
): Loss {
  return new Loss({
    name: "binary_crossentropy",
    className: "BinaryCrossentropy",
    perSample(yTrue, yPred) {
      const logits = logitsOf(yPred, "sigmoid") ?? (fromLogits ? yPred : undefined);
      const [given, output] = sameRank(yTrue, logits ?? yPred);
      const target = smoothed(given, labelSmoothing, 2);
      return logits ? meanSigmoidCrossEntropy(target, output) : tf.mean(fromProbabilities(target, output), -1);
    },
    config: { from_logits: fromLogits, label_smoothing: labelSmoothing, axis: -1 },
    ...options,
  });
}
