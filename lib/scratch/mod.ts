/**
 * Networks in plain TypeScript, to be read: no tensors, no backend, every number in sight.
 *
 * @module
 */
export { type Activation, linear, sigmoid } from "./activation.ts";
export { type Gradients, MLP, type MLPOptions } from "./mlp.ts";
export { Perceptron, type PerceptronOptions } from "./perceptron.ts";
