import type { tf } from "baeum/tensors";

/**
 * Brings targets `[batch]` and predictions `[batch, 1]` (or the other way round) to one rank, as Keras does.
 *
 * @throws {RangeError} when the shapes still differ: a silent broadcast would train towards nonsense.
 */
export function sameRank(yTrue: tf.Tensor, yPred: tf.Tensor): [yTrue: tf.Tensor, yPred: tf.Tensor] {
  let [t, p] = [yTrue, yPred];
  if (t.rank === p.rank - 1 && p.shape.at(-1) === 1) t = t.expandDims(-1);
  else if (p.rank === t.rank - 1 && t.shape.at(-1) === 1) p = p.expandDims(-1);
  if (t.shape.join() !== p.shape.join()) {
    throw new RangeError(
      `The targets have the shape [${yTrue.shape}], the model's output has [${yPred.shape}]: they must agree.`,
    );
  }
  return [t.toFloat(), p];
}
