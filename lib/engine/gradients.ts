import * as tf from "@tensorflow/tfjs";

/**
 * The gradients of a scalar with respect to variables; null for a variable that it does not depend on.
 *
 * As tfjs' own, but what it keeps for the way back is given back also when the function throws.
 */
export function gradients(scalar: () => tf.Tensor, variables: tf.Variable[]): (tf.Tensor | null)[] {
  try {
    return tf.engine().gradients(scalar, variables, undefined, true).grads;
  } catch (error) {
    const { state } = tf.engine();
    for (const { saved } of state.activeTape ?? []) tf.dispose(saved ?? []);
    state.activeTape = [];
    throw error;
  }
}
