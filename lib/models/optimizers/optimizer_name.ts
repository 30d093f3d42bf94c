import { lookUp } from "../registry.ts";
import { adadelta } from "./adadelta.ts";
import { adagrad } from "./adagrad.ts";
import { adam } from "./adam.ts";
import { adamax } from "./adamax.ts";
import { adamW } from "./adamw.ts";
import { ftrl } from "./ftrl.ts";
import { lion } from "./lion.ts";
import { nadam } from "./nadam.ts";
import type { Optimizer } from "./optimizer.ts";
import { rmsprop } from "./rmsprop.ts";
import { sgd } from "./sgd.ts";

const byKerasName = { sgd, rmsprop, adam, adamw: adamW, adadelta, adagrad, adamax, nadam, ftrl, lion };

/** The names an optimizer can be asked for by, with Keras' defaults. */
export type OptimizerName = keyof typeof byKerasName;

const byName = new Map<string, () => Optimizer>(Object.entries(byKerasName));

/** The optimizer of a name, or the one given. */
export function optimizerOf(given: Optimizer | OptimizerName): Optimizer {
  return typeof given === "string" ? lookUp("optimizer", byName, given)() : given;
}
