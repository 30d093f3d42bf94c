import type { tf } from "baeum/tensors";
import type { Metric } from "./metric.ts";

/** A metric that gathers batches by itself, outside of `fit`, as Keras' metrics do. */
export interface RunningMetric {
  /** Adds a batch, each sample by its weight. */
  update(yTrue: tf.Tensor, yPred: tf.Tensor, sampleWeight?: tf.Tensor): void;
  /** The metric of all batches since the last reset; a list where it has several numbers. 0 before the first batch. */
  result(): number | number[];
  /** Forgets all batches. */
  reset(): void;
}

/**
 * Gathers a metric over batches.
 *
 * @example
 * ```ts
 * import { metrics } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const accuracy = metrics.running(metrics.binaryAccuracy());
 * accuracy.update(tf.tensor1d([1, 1]), tf.tensor1d([0.9, 0.2]));
 * accuracy.update(tf.tensor1d([0, 1]), tf.tensor1d([0.1, 0.8]));
 * assertEquals(accuracy.result(), 0.75);
 * ```
 */
export function running(metric: Metric): RunningMetric {
  let totals: Float64Array | undefined;
  return {
    update(yTrue, yPred, sampleWeight) {
      const sums = metric.sums(yTrue, yPred, sampleWeight);
      const values = sums.dataSync();
      sums.dispose();
      totals ??= new Float64Array(values.length);
      for (let i = 0; i < values.length; i++) totals[i] += values[i];
    },
    result() {
      if (!totals) return 0;
      const values = metric.values?.(totals);
      return values && values.length > 1 ? values : metric.result(totals);
    },
    reset: () => totals = undefined,
  };
}
