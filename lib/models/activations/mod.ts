/**
 * Activation functions by Keras' names.
 *
 * @module
 */
export { type Activation, type ActivationName, activationNameOf, activationOf } from "./activation.ts";
export { logitsOf, rememberLogits } from "./logits.ts";
