import { tf } from "baeum/tensors";

/** One class index, from 0, for each sample. */
export type ClassIndices = tf.Tensor | ArrayLike<number>;

/**
 * The indices as an array.
 *
 * @throws {RangeError} for a tensor that is not one-dimensional, and for a value that is not a whole number of 0 or more.
 */
export function classIndices(indices: ClassIndices, name: string): number[] {
  if (indices instanceof tf.Tensor && indices.rank !== 1) {
    throw new RangeError(
      `${name} has one class index for each sample. Received: shape [${indices.shape.join(", ")}]. ` +
        `Of probabilities or one-hot rows take the largest: ${name}.argMax(-1)`,
    );
  }
  const values = Array.from(indices instanceof tf.Tensor ? indices.dataSync() : indices);
  const wrong = values.find((value) => !Number.isInteger(value) || value < 0);
  if (wrong !== undefined) throw new RangeError(`${name} holds whole numbers from 0. Received: ${wrong}`);
  return values;
}
