import * as tf from "@tensorflow/tfjs";
import { hasKernel } from "./has_kernel.ts";

/**
 * A place in a stream of random numbers: a seed, and how many have been drawn.
 *
 * A recorded step reads and advances it at every replay, so a replay draws anew and a seed repeats the whole run.
 */
export class RandomState {
  /** Steps that were recorded keep the seed that they were recorded with. */
  seed: number;
  /** How many draws have been made. */
  counter = 0;

  constructor(seed: number) {
    this.seed = seed;
    states.add(new WeakRef(this));
  }
}

const states = new Set<WeakRef<RandomState>>();

/** Remembers where all streams stand, and gives the way back. */
export function snapshotRandomStates(): () => void {
  const saved: [RandomState, number][] = [];
  for (const reference of states) {
    const state = reference.deref();
    if (state) saved.push([state, state.counter]);
    else states.delete(reference);
  }
  return () => saved.forEach(([state, counter]) => state.counter = counter);
}

/**
 * Sets a share `rate` of the numbers to 0 and scales the others by `1 / (1 − rate)`. `drawn` is the shape of what is drawn:
 * along a 1, all numbers share one draw.
 */
export function dropout(x: tf.Tensor, rate: number, state: RandomState, drawn: number[] = x.shape): tf.Tensor {
  if (rate >= 1) return tf.zerosLike(x);
  return tf.mul(x, dropoutMask(drawn, rate, state));
}

/** `[…shape]` of 0, with the probability `rate`, and `1 / (1 − rate)`. */
export function dropoutMask(shape: number[], rate: number, state: RandomState): tf.Tensor {
  if (hasKernel("DropoutMask")) {
    return tf.engine().runKernel("DropoutMask", {}, { shape, rate, state } as unknown as tf.NamedAttrMap) as tf.Tensor;
  }
  const uniform = tf.randomUniform(shape, 0, 1, "float32", state.seed + 7919 * state.counter++);
  return tf.greaterEqual(uniform, rate).toFloat().div(1 - rate);
}
