/**
 * What training minimises, by Keras' names.
 *
 * @module
 */
export { type Loss, type LossFunction, type LossName, lossOf } from "./loss.ts";
export {
  binaryCrossentropy,
  categoricalCrossentropy,
  type CrossentropyOptions,
  sparseCategoricalCrossentropy,
} from "./crossentropy.ts";
export { meanAbsoluteError, meanSquaredError } from "./regression.ts";
