import { tf } from "baeum/tensors";
import { constant } from "./constant.ts";

/** A mask `[batch, …]` for each of x' features, as `tf.where` wants it: of x' own shape. */
export function overFeatures(mask: tf.Tensor, x: tf.Tensor): tf.Tensor {
  return constant(mask, (mask) => {
    const aligned = mask.toFloat().reshape([...mask.shape, ...x.shape.slice(mask.rank).map(() => 1)]);
    return tf.notEqual(tf.broadcastTo(aligned, x.shape), tf.scalar(0));
  });
}
