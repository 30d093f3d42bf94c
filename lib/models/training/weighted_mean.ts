import { tf } from "baeum/tensors";
import { maskOf } from "../layer.ts";

/**
 * The mean over samples and positions, each weighted: Keras' `sum_over_batch_size`. Positions that the output's mask leaves
 * out do not count, not even in the mean's number.
 *
 * @param values `[batch, …]`.
 * @param weight `[batch]`, or with further axes for a weight of each position.
 */
export function weightedMean(values: tf.Tensor, weight: tf.Tensor | undefined, output: tf.Tensor): tf.Tensor {
  const mask = maskOf(output);
  let factor = weight && alignedTo(values, weight);
  if (mask) {
    const valid = mask.toFloat();
    const share = valid.mul(tf.div(mask.size, tf.maximum(tf.sum(valid), 1)));
    const aligned = alignedTo(values, share);
    factor = factor ? tf.mul(factor, aligned) : aligned;
  }
  return tf.mean(factor ? tf.mul(values, factor) : values);
}

/** The weight of each sample or position for a metric: what the output's mask leaves out weighs nothing. */
export function maskedWeight(weight: tf.Tensor | undefined, output: tf.Tensor): tf.Tensor | undefined {
  const mask = maskOf(output)?.toFloat();
  if (!mask || !weight) return mask ?? weight;
  return tf.mul(mask, alignedTo(mask, weight));
}

/** The sum of scalars; 0 for none. */
export function sumOf(values: tf.Tensor[]): tf.Tensor {
  return values.length === 0 ? tf.scalar(0) : values.reduce((a, b) => tf.add(a, b));
}

/** Weights `[batch, …]` with further axes of length 1, so that they are spread over the values' positions. */
function alignedTo(values: tf.Tensor, weight: tf.Tensor): tf.Tensor {
  if (weight.rank > values.rank) {
    const extra = weight.shape.slice(values.rank);
    if (extra.every((n) => n === 1)) return weight.reshape(weight.shape.slice(0, values.rank));
    throw new RangeError(
      `Sample weights have the shape [${weight.shape}], but there is one loss for each of [${values.shape}]`,
    );
  }
  return weight.reshape([...weight.shape, ...values.shape.slice(weight.rank).map(() => 1)]);
}
