import * as tf from "@tensorflow/tfjs";
import type { RandomState } from "./dropout.ts";
import { hasKernel } from "./has_kernel.ts";

/** `[…shape]` of normal numbers with this mean and standard deviation, the next of the stream. */
export function randomNormal(shape: number[], mean: number, deviation: number, state: RandomState): tf.Tensor {
  if (hasKernel("PhiloxNormal")) {
    const attributes = { shape, mean, deviation, state } as unknown as tf.NamedAttrMap;
    return tf.engine().runKernel("PhiloxNormal", {}, attributes) as tf.Tensor;
  }
  return tf.randomNormal(shape, mean, deviation, "float32", state.seed + 7919 * state.counter++);
}
