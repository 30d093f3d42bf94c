import { lookUp } from "../registry.ts";
import { adam } from "./adam.ts";
import type { Optimizer } from "./optimizer.ts";
import { sgd } from "./sgd.ts";

/** The names an optimizer can be asked for by, with Keras' defaults. */
export type OptimizerName = "sgd" | "adam";

const byName = new Map<string, () => Optimizer>([["sgd", sgd], ["adam", adam]]);

/** The optimizer of a name, or the one given. */
export function optimizerOf(given: Optimizer | OptimizerName): Optimizer {
  return typeof given === "string" ? lookUp("optimizer", byName, given)() : given;
}
