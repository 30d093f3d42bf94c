import { tf } from "baeum/tensors";
import { alignedTo } from "../aligned_weight.ts";
import { maskOf } from "../call_context.ts";

/**
 * How the samples' values become one number: `"sum_over_batch_size"` (or `"mean"`) divides their sum by their number,
 * `"mean_with_sample_weight"` by the sum of their weights; `"sum"` adds them up, `"none"` leaves them.
 */
export type Reduction = "sum_over_batch_size" | "mean" | "mean_with_sample_weight" | "sum" | "none";

const reductions: readonly Reduction[] = ["sum_over_batch_size", "mean", "mean_with_sample_weight", "sum", "none"];

/** @throws {RangeError} for what is no reduction. */
export function checkReduction(reduction: Reduction): void {
  if (reductions.includes(reduction)) return;
  throw new RangeError(`reduction is one of ${reductions.join(", ")}. Received: ${reduction}`);
}

/** What weighs the values, and how they are put together. */
export interface ReduceOptions {
  /** `[batch]`, or with further axes for a weight of each position. */
  sampleWeight?: tf.Tensor;
  /** What the values were computed from, whose mask tells the positions that count. */
  predictions: tf.Tensor;
  reduction: Reduction;
}

/**
 * Weighs values `[batch, …]` and reduces them, as Keras' `reduce_weighted_values` does. In a mean, what is masked does not
 * count in the number of values either.
 *
 * @throws {RangeError} when there are more weights than values.
 */
export function reduceValues(values: tf.Tensor, { sampleWeight, predictions, reduction }: ReduceOptions): tf.Tensor {
  const isMean = reduction === "sum_over_batch_size" || reduction === "mean";
  const mask = bothMasks(maskOf(predictions), maskOf(values))?.toFloat();
  let weight = mask && (isMean ? tf.mul(mask, tf.div(mask.size, tf.maximum(tf.sum(mask), 1))) : mask);
  if (sampleWeight) {
    const given = weightOf(values, sampleWeight.toFloat());
    weight = weight ? tf.mul(given, weightOf(values, weight)) : given;
  } else if (weight) weight = weightOf(values, weight);
  const weighted = weight ? tf.mul(values, weight) : values;
  if (reduction === "none" || values.rank === 0 && !weight) return weighted;
  if (reduction === "sum") return tf.sum(weighted);
  if (reduction === "mean_with_sample_weight" && weight) {
    const total = tf.sum(tf.broadcastTo(weight, weighted.shape as [number]));
    // Where nothing weighs anything: 0, by a division by 1.
    return tf.div(tf.sum(weighted), tf.add(total, tf.equal(total, 0).toFloat()));
  }
  return tf.mean(weighted);
}

function bothMasks(a: tf.Tensor | undefined, b: tf.Tensor | undefined): tf.Tensor | undefined {
  return a && b ? tf.logicalAnd(a, b) : a ?? b;
}

/** A loss of one's own may give a single number, which each weight multiplies. */
function weightOf(values: tf.Tensor, weight: tf.Tensor): tf.Tensor {
  return values.rank === 0 ? weight : alignedTo(values, weight);
}
