import type { tf } from "baeum/tensors";

/** One tensor, or several where a layer takes or gives several. */
export type Tensors = tf.Tensor | tf.Tensor[];

/** What a layer is told while it computes. */
export interface CallContext {
  /** Whether this is training: dropout drops, batch normalisation measures. */
  training: boolean;
  /** Which time steps count, `[batch, time]`, where a Masking or Embedding layer came before. */
  mask?: tf.Tensor;
  /** Penalties that the layers add to the loss while they compute. */
  losses: tf.Tensor[];
}

let ambient: CallContext | undefined;

/** Runs a layer's call; the layers that it applies compute in the same context. */
export function runWithin<T>(context: CallContext, call: (context: CallContext) => T): T {
  const outer = ambient;
  ambient = context;
  try {
    return call(context);
  } finally {
    ambient = outer;
  }
}

const masks = new WeakMap<tf.Tensor, tf.Tensor>();

/** What the layer that computes just now was told, for the layers that it applies; undefined outside of any `call`. */
export function ambientContext(): CallContext | undefined {
  return ambient;
}

/** The mask that travels with a tensor, as Keras' `_keras_mask`. */
export function maskOf(x: tf.Tensor): tf.Tensor | undefined {
  return masks.get(x);
}

/** Lets a mask travel with a tensor. */
export function setMask(x: tf.Tensor, mask: tf.Tensor): void {
  masks.set(x, mask);
}
