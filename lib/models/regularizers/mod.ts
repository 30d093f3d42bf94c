/**
 * Penalties that keep weights small, with Keras' names.
 *
 * @module
 */
export { l1, L1L2, l1l2, l2, type Regularizer, regularizerOf } from "./l1l2.ts";
