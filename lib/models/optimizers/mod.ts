/**
 * How weights move, by Keras' names, with Keras' defaults and update rules.
 *
 * @module
 */
export { Optimizer, type OptimizerOptions, type StepScalars } from "./optimizer.ts";
export type { Clipping } from "./gradient_clip.ts";
export { Adadelta, adadelta, type AdadeltaOptions } from "./adadelta.ts";
export { Adagrad, adagrad, type AdagradOptions } from "./adagrad.ts";
export { Adam, adam, type AdamOptions } from "./adam.ts";
export { Adamax, adamax, type AdamaxOptions } from "./adamax.ts";
export { AdamW, adamW } from "./adamw.ts";
export { Ftrl, ftrl, type FtrlOptions } from "./ftrl.ts";
export { Lion, lion, type LionOptions } from "./lion.ts";
export { Nadam, nadam, type NadamOptions } from "./nadam.ts";
export { RMSprop, rmsprop, type RMSpropOptions } from "./rmsprop.ts";
export { SGD, sgd, type SGDOptions } from "./sgd.ts";
export { type OptimizerName, optimizerOf } from "./optimizer_name.ts";
export * as schedules from "./schedules.ts";
