/**
 * The search for good hyper-parameters, in scikit-learn's vocabulary.
 *
 * @module
 */
export { parameterGrid } from "./parameter_grid.ts";
