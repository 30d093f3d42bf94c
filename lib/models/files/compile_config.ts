import { Loss, lossFromConfig, type LossName, lossOf } from "../losses/mod.ts";
import { lossMetric, metricFromConfig, type MetricName } from "../metrics/mod.ts";
import type { Optimizer } from "../optimizers/mod.ts";
import { serialized } from "../serialized.ts";
import type { Compiled, CompileOptions } from "../training/compile.ts";
import { agrees, isOpen } from "./from_config.ts";
import { optimizerFromObject } from "./optimizer_from_config.ts";

/** What a model was compiled with, as `.keras` files have it. */
export function compileConfig({ options, optimizer }: Compiled): Record<string, unknown> {
  const { loss, lossWeights, metrics, weightedMetrics } = options;
  return {
    optimizer: serialized("optimizers", optimizer),
    loss: written(loss, "losses"),
    loss_weights: lossWeights ?? null,
    metrics: written(metrics, "metrics"),
    weighted_metrics: written(weightedMetrics, "metrics"),
    run_eagerly: false,
    steps_per_execution: 1,
    jit_compile: false,
  };
}

function written(given: unknown, module: string): unknown {
  if (given === undefined || given === null) return null;
  if (typeof given === "string") {
    return module === "losses" ? kerasLossName(given) : given.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  }
  if (Array.isArray(given)) return given.map((each) => written(each, module));
  if (given instanceof Loss) return serialized(module, module === "metrics" ? lossMetric(given) : given);
  if (typeof given === "function") {
    throw new TypeError("A loss that is a function cannot be saved: name one, or use saveWeights");
  }
  if ("className" in (given as object)) return serialized(module, given as Parameters<typeof serialized>[1]);
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, written(value, module)]));
}

/** Short names that Keras knows, too. */
const SHORT = /^(mse|mae|mape|msle|bce|kld)$/i;

function kerasLossName(given: string): string {
  return SHORT.test(given) ? given.toLowerCase() : kerasLossFunction(given);
}

/** The name of Keras' function for a loss; `huber_loss` is what the values of `huber` are called. */
export function kerasLossFunction(given: string): string {
  const { name } = lossOf(given as LossName);
  return name === "huber_loss" ? "huber" : name;
}

/**
 * What `compile` is to be told, from a file's `compile_config`.
 *
 * @throws {RangeError} for losses, metrics, optimizers or arguments that are not known.
 */
export function compileOptions(config: Record<string, unknown>): CompileOptions {
  const object = config.optimizer;
  return {
    optimizer: object ? optimizerFrom(object as Named) : undefined,
    loss: mapped(config.loss, lossFrom) as CompileOptions["loss"],
    lossWeights: (config.loss_weights ?? undefined) as CompileOptions["lossWeights"],
    metrics: mapped(config.metrics, metricFrom) as CompileOptions["metrics"],
    weightedMetrics: mapped(config.weighted_metrics, metricFrom) as CompileOptions["weightedMetrics"],
  };
}

interface Named {
  class_name: string;
  registered_name?: string | null;
  config: Record<string, unknown>;
}

/** Every name or object in lists and dictionaries made into what it stands for. */
function mapped(given: unknown, make: (one: string | Named) => unknown): unknown {
  if (given === null || given === undefined) return undefined;
  if (typeof given === "string") return make(given);
  if (Array.isArray(given)) return given.map((each) => each === null ? null : mapped(each, make));
  if (typeof (given as Named).class_name === "string") {
    const named = given as Named;
    checkKerasOwn(named);
    // A function of Keras' is its name.
    return make(named.class_name === "function" ? String(named.config) : named);
  }
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, value && mapped(value, make)]));
}

/** What somebody registered is another thing than Keras' of the same name. */
function checkKerasOwn({ registered_name }: Named): void {
  if (!registered_name?.includes(">")) return;
  throw new RangeError(
    `The model was compiled with "${registered_name}" of somebody's own, which is not known here. ` +
      "Load it with { compile: false }",
  );
}

/** Arguments without an effect where the file does not ask for what they belong to, or that only name things. */
const NOT_KEPT = new Set([
  "name",
  "learning_rate",
  "ema_momentum",
  "ema_overwrite_frequency",
  "jit_compile",
  "is_legacy_optimizer",
]);

function optimizerFrom(object: Named): Optimizer {
  checkKerasOwn(object);
  const optimizer = optimizerFromObject(object);
  return checked(optimizer, Object.fromEntries(Object.entries(object.config).filter(([key]) => !NOT_KEPT.has(key))));
}

/** Keras 2 left the reduction open where it was the mean, and named the function of a class beside it. */
function argumentsOf({ fn: _, ...config }: Record<string, unknown>): Record<string, unknown> {
  return config.reduction === "auto" ? { ...config, reduction: "sum_over_batch_size" } : config;
}

function lossFrom(one: string | Named): unknown {
  if (typeof one === "string") return one as LossName;
  const config = argumentsOf(one.config);
  return checked(lossFromConfig(one.class_name, config), config);
}

function metricFrom(one: string | Named): unknown {
  if (typeof one === "string") return one as MetricName;
  const config = argumentsOf(one.config);
  // Keras 2's metric of a function has the function's name only.
  const name = one.class_name === "MeanMetricWrapper" ? String(one.config.fn) : one.class_name;
  return checked(metricFromConfig(name, config), config);
}

/** What was asked for and what came of it must agree: an argument that is not understood must not be lost silently. */
function checked<T extends { className: string; getConfig(): Record<string, unknown> }>(
  made: T,
  config: Record<string, unknown>,
): T {
  const ours = made.getConfig();
  for (const [key, value] of Object.entries(config)) {
    // Along the last axis is how all of them go that have no such argument here.
    if (key === "dtype" || key === "axis" && value === -1 && !Object.hasOwn(ours, key)) continue;
    if (value === null ? isOpen(ours[key]) : Object.hasOwn(ours, key) ? agrees(value, ours[key]) : value === false) {
      continue;
    }
    throw new RangeError(
      `${made.className} has ${key} = ${JSON.stringify(value)?.slice(0, 200)} in the file, which is not known. ` +
        "Load it with { compile: false }",
    );
  }
  return made;
}
