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
  return meanMetric(name, "BinaryAccuracy", (yTrue, yPred) => {
    const [target, output] = sameRank(yTrue, yPred);
    return tf.mean(tf.equal(target, tf.greater(output, threshold).toFloat()).toFloat(), -1);
  });
}

/** The accuracy that fits targets and outputs of these shapes, as Keras chooses it for `"accuracy"`. */
export function accuracyFor(targetShape: number[], outputShape: number[], name: string): Metric {
  if (outputShape.at(-1) === 1) return binaryAccuracy({ name });
  const sparse = targetShape.length < outputShape.length || targetShape.at(-1) === 1;
  return sparse ? sparseCategoricalAccuracy(name) : categoricalAccuracy(name);
}
