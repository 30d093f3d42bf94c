import type { tf } from "baeum/tensors";

/** What a softmax or a sigmoid was computed from. */
export interface Logits {
  activation: "softmax" | "sigmoid";
  /** The values before the activation, computed when a loss asks for them. */
  logits: () => tf.Tensor;
}

const known = new WeakMap<tf.Tensor, Logits>();

/**
 * Remembers what a probability was computed from.
 *
 * Cross-entropy is exact from the logits where it would lose its digits, and in the end its gradient, from the
 * probabilities: Keras on TensorFlow does the same (`_keras_logits`).
 */
export function rememberLogits(probabilities: tf.Tensor, logits: Logits): void {
  known.set(probabilities, logits);
}

/** The logits behind a tensor of probabilities, where they are known and of that activation. */
export function logitsOf(probabilities: tf.Tensor, activation: Logits["activation"]): tf.Tensor | undefined {
  const found = known.get(probabilities);
  return found?.activation === activation ? found.logits() : undefined;
}
