/**
 * Networks in plain TypeScript, to be read: no tensors, no backend, every number in sight.
 *
 * @module
 */
export { Perceptron, type PerceptronOptions } from "./perceptron.ts";
