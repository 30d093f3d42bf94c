import { tf } from "baeum/tensors";

/**
 * A number that tells how well a model does, gathered batch by batch.
 *
 * Every one of Keras' metrics is a function of sums over the samples: the batch gives its share as a vector, the vectors add
 * up, and the result is read from the total. So a metric has no state of its own, and a step that was recorded can go on
 * adding.
 */
export interface Metric {
  /** Keras' name, the key in the history. */
  readonly name: string;
  /** Keras' class name. */
  readonly className: string;
  /** A batch's share: a vector whose sum over all batches {@linkcode result} is read from. */
  sums(yTrue: tf.Tensor, yPred: tf.Tensor, sampleWeight?: tf.Tensor): tf.Tensor1D;
  /** The metric, from the summed vectors. */
  result(sums: Float64Array): number;
  /** All its numbers, for a metric that may have several. */
  values?(sums: Float64Array): number[];
  getConfig(): Record<string, unknown>;
}

/** A metric that is the (weighted) mean of one number for each sample. */
export function meanMetric(
  name: string,
  className: string,
  values: (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor,
): Metric {
  return {
    name,
    className,
    sums(yTrue, yPred, sampleWeight) {
      const value = values(yTrue, yPred).toFloat();
      if (!sampleWeight) return tf.stack([tf.sum(value), tf.scalar(value.size)]) as tf.Tensor1D;
      const weight = spread(sampleWeight, value.shape);
      return tf.stack([tf.sum(tf.mul(value, weight)), tf.sum(weight)]) as tf.Tensor1D;
    },
    result: ([sum, count]) => (count === 0 ? 0 : sum / count),
    getConfig: () => ({ name, dtype: "float32" }),
  };
}

/** A weight for each sample, `[batch]`, spread over all of a sample's positions. */
export function spread(sampleWeight: tf.Tensor, shape: number[]): tf.Tensor {
  const aligned = sampleWeight.reshape([
    ...sampleWeight.shape,
    ...shape.slice(sampleWeight.rank).map(() => 1),
  ]);
  return tf.broadcastTo(aligned, shape as [number]);
}
