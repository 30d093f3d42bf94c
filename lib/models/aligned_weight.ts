import type { tf } from "baeum/tensors";

/**
 * Weights `[batch, …]` with further axes of length 1, so that they are spread over the values' positions.
 *
 * @throws {RangeError} when there are more weights than values.
 */
export function alignedTo(values: tf.Tensor, weight: tf.Tensor): tf.Tensor {
  if (weight.rank > values.rank) {
    const extra = weight.shape.slice(values.rank);
    if (extra.every((n) => n === 1)) return weight.reshape(weight.shape.slice(0, values.rank));
    throw new RangeError(
      `Sample weights have the shape [${weight.shape}], but there is one loss for each of [${values.shape}]`,
    );
  }
  return weight.reshape([...weight.shape, ...values.shape.slice(weight.rank).map(() => 1)]);
}
