/**
 * What training minimises, by Keras' names.
 *
 * @module
 */
export { Loss, type LossFunction, type LossOptions, type LossParts } from "./loss.ts";
export { type LossFactory, lossFromConfig, type LossName, lossNames, lossOf } from "./loss_name.ts";
export { type Reduction } from "./reduction.ts";
export {
  binaryCrossentropy,
  categoricalCrossentropy,
  type CrossentropyOptions,
  sparseCategoricalCrossentropy,
  type SparseCrossentropyOptions,
} from "./crossentropy.ts";
export {
  binaryFocalCrossentropy,
  type BinaryFocalOptions,
  categoricalFocalCrossentropy,
  type FocalOptions,
} from "./focal.ts";
export { klDivergence, poisson } from "./divergence.ts";
export {
  cosineSimilarity,
  type CosineSimilarityOptions,
  huber,
  type HuberOptions,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
} from "./regression.ts";
export { categoricalHinge, hinge, squaredHinge } from "./hinge.ts";
