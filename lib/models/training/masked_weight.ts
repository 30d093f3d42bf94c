import { tf } from "baeum/tensors";
import { alignedTo } from "../aligned_weight.ts";
import { maskOf } from "../layer.ts";

/** The weight of each sample or position for a metric: what the output's mask leaves out weighs nothing. */
export function maskedWeight(weight: tf.Tensor | undefined, output: tf.Tensor): tf.Tensor | undefined {
  const mask = maskOf(output)?.toFloat();
  if (!mask || !weight) return mask ?? weight;
  return tf.mul(mask, alignedTo(mask, weight));
}
