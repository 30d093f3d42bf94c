/**
 * What is done to data before a model sees it, as Keras and scikit-learn do it.
 *
 * @module
 */
export { toCategorical } from "./to_categorical.ts";
