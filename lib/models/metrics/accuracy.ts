import { tf } from "baeum/tensors";
import { sameRank } from "../losses/same_rank.ts";
import { meanMetric, type Metric } from "./metric.ts";

/** The share of samples whose largest output is where the target's is. One-hot targets. */
export function categoricalAccuracy(name = "categorical_accuracy"): Metric {
  return meanMetric(name, "CategoricalAccuracy", (yTrue, yPred) => {
    sameRank(yTrue, yPred);
    return tf.equal(tf.argMax(yTrue, -1), tf.argMax(yPred, -1));
  });
}

/** The share of samples whose largest output is at the target's class number. */
export function sparseCategoricalAccuracy(name = "sparse_categorical_accuracy"): Metric {
  return meanMetric(name, "SparseCategoricalAccuracy", (yTrue, yPred) => {
    const target = yTrue.rank === yPred.rank ? yTrue.squeeze([-1]) : yTrue;
    return tf.equal(target.toInt(), tf.argMax(yPred, -1));
  });
}

/** The share of outputs on the right side of the threshold (0.5). */
export function binaryAccuracy({ threshold = 0.5, name = "binary_accuracy" } = {}): Metric {
  const metric = meanMetric(name, "BinaryAccuracy", (yTrue, yPred) => {
    const [target, output] = sameRank(yTrue, yPred);
    return tf.mean(tf.equal(target, tf.greater(output, threshold).toFloat()).toFloat(), -1);
  });
  return { ...metric, getConfig: () => ({ ...metric.getConfig(), threshold }) };
}

/** Arguments of {@linkcode topKCategoricalAccuracy} and {@linkcode sparseTopKCategoricalAccuracy}. */
export interface TopKOptions {
  /** How many of the largest outputs may hold the right one (default 5). */
  k?: number;
  name?: string;
}

/** Whether fewer than k outputs are larger than the right one's; not where an output is no finite number. */
function isInTop(yPred: tf.Tensor, target: tf.Tensor, k: number): tf.Tensor {
  const isRight = tf.oneHot(target.toInt(), yPred.shape.at(-1)!).toFloat();
  const score = tf.sum(tf.mul(isRight, yPred), -1, true);
  const larger = tf.sum(tf.greater(yPred, score).toFloat(), -1);
  // A target that is no class, or a score that is not finite, is nowhere in the top.
  const isThere = tf.logicalAnd(tf.greater(tf.sum(isRight, -1), 0), tf.isFinite(score.squeeze([-1])));
  return tf.logicalAnd(tf.less(larger, k), isThere);
}

/** The share of samples whose one-hot target's class is among the k largest outputs. Keras: `TopKCategoricalAccuracy`. */
export function topKCategoricalAccuracy({ k = 5, name = "top_k_categorical_accuracy" }: TopKOptions = {}): Metric {
  const metric = meanMetric(name, "TopKCategoricalAccuracy", (yTrue, yPred) => {
    sameRank(yTrue, yPred);
    return isInTop(yPred, tf.argMax(yTrue, -1), k);
  });
  return { ...metric, getConfig: () => ({ ...metric.getConfig(), k }) };
}

/** The share of samples whose class number is among the k largest outputs. Keras: `SparseTopKCategoricalAccuracy`. */
export function sparseTopKCategoricalAccuracy(
  { k = 5, name = "sparse_top_k_categorical_accuracy" }: TopKOptions = {},
): Metric {
  const metric = meanMetric(name, "SparseTopKCategoricalAccuracy", (yTrue, yPred) => {
    return isInTop(yPred, yTrue.rank === yPred.rank ? yTrue.squeeze([-1]) : yTrue, k);
  });
  return { ...metric, getConfig: () => ({ ...metric.getConfig(), k }) };
}

/** The accuracy that fits targets and outputs of these shapes, as Keras chooses it for `"accuracy"`. */
export function accuracyFor(targetShape: number[], outputShape: number[], name: string): Metric {
  if (outputShape.at(-1) === 1) return binaryAccuracy({ name });
  const sparse = targetShape.length < outputShape.length || targetShape.at(-1) === 1;
  return sparse ? sparseCategoricalAccuracy(name) : categoricalAccuracy(name);
}
