/**
 * How weights move, by Keras' names, with Keras' defaults and update rules.
 *
 * @module
 */
export { Optimizer, type OptimizerOptions, type StepScalars } from "./optimizer.ts";
export { Adam, adam, type AdamOptions } from "./adam.ts";
export { SGD, sgd, type SGDOptions } from "./sgd.ts";
export { type OptimizerName, optimizerOf } from "./optimizer_name.ts";
