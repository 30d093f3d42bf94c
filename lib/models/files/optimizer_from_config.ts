import * as optimizers from "../optimizers/mod.ts";
import { argumentsOf, type Class, isKerasObject } from "./from_config.ts";

/** Arguments that no optimizer here has; whether they ask for something is seen afterwards. */
const LEFT_OUT = new Set([
  "name",
  "use_ema",
  "ema_momentum",
  "ema_overwrite_frequency",
  "loss_scale_factor",
  "gradient_accumulation_steps",
  "jit_compile",
  "is_legacy_optimizer",
]);

/**
 * The optimizer that a config describes.
 *
 * @throws {RangeError} for an unknown class.
 */
export function optimizerFromObject(given: unknown): optimizers.Optimizer {
  if (!isKerasObject(given)) throw new TypeError("The config of an optimizer has class_name and config");
  const { class_name, config } = given;
  const Found = Object.hasOwn(optimizers, class_name) ? (optimizers as Record<string, unknown>)[class_name] : undefined;
  if (typeof Found !== "function" || !(Found.prototype instanceof optimizers.Optimizer)) {
    throw new RangeError(`The file's optimizer "${class_name}" is not known. Load it with { compile: false }`);
  }
  const known = Object.entries(config).filter(([key]) => key !== "learning_rate" && !LEFT_OUT.has(key));
  const args = argumentsOf(Object.fromEntries(known));
  return new (Found as Class)({ ...args, learningRate: rateFrom(config.learning_rate) }) as optimizers.Optimizer;
}

function rateFrom(given: unknown): unknown {
  if (!isKerasObject(given)) return given;
  const name = given.class_name.charAt(0).toLowerCase() + given.class_name.slice(1);
  const schedules = optimizers.schedules as Record<string, unknown>;
  const make = Object.hasOwn(schedules, name) ? schedules[name] : undefined;
  if (typeof make !== "function") {
    throw new RangeError(`The file's schedule "${given.class_name}" is not known. Load it with { compile: false }`);
  }
  return make(argumentsOf(given.config));
}
