import { Loss } from "../losses/mod.ts";
import type { Model } from "../model.ts";
import { serialized } from "../serialized.ts";
import type { Compiled } from "../training/compile.ts";
import { writeAtomically } from "./atomic_write.ts";
import { kerasArchive } from "./keras_file.ts";
import { objectOf } from "./model_config.ts";
import { readWeights, weightsFile } from "./model_weights.ts";

/**
 * Saves a model as Keras 3's `.keras` file, with what it was compiled with and its optimizer's state; Keras can load it.
 *
 * The file appears at once and whole: it is written beside its place first.
 *
 * @throws {RangeError} for a path that does not end in `.keras`.
 */
export async function saveModel(model: Model, path: string | URL): Promise<void> {
  if (!String(path).endsWith(".keras")) {
    throw new RangeError(`A model is saved as a .keras file. Received: ${path}`);
  }
  needsWeights(model);
  if (model.className !== "Sequential" && model.className !== "Functional") {
    throw new TypeError(`"${model.name}" is a class of its own, whose call no file can hold: use saveWeights`);
  }
  const config = { ...objectOf(model), ...(model.isCompiled && { compile_config: compileConfig(model.compiled) }) };
  await writeAtomically(path, kerasArchive(config, await weightsFile(model)));
}

/** Saves the weights alone, as Keras 3's `.weights.h5`; those of a class of one's own, too. */
export async function saveWeights(model: Model, path: string | URL): Promise<void> {
  checkWeightsPath(path);
  needsWeights(model);
  await writeAtomically(path, await weightsFile(model));
}

/**
 * Puts the weights of a `.weights.h5` into a model of the same layers, all or none.
 *
 * @throws {RangeError} when they do not fit.
 */
export async function loadWeights(model: Model, path: string | URL): Promise<void> {
  checkWeightsPath(path);
  needsWeights(model);
  await readWeights(model, await Deno.readFile(path));
}

function checkWeightsPath(path: string | URL): void {
  if (String(path).endsWith(".weights.h5")) return;
  throw new RangeError(`Weights are in a file that ends in .weights.h5. Received: ${path}`);
}

function needsWeights(model: Model): void {
  if (model.built) return;
  throw new Error(`"${model.name}" has no weights yet: give its first layer an inputShape, or call it once`);
}

function compileConfig({ options, optimizer }: Compiled): Record<string, unknown> {
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
  if (typeof given === "string") return given.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase();
  if (Array.isArray(given)) return given.map((each) => written(each, module));
  if (given instanceof Loss) return serialized(module, given);
  if (typeof given === "function") {
    throw new TypeError("A loss that is a function cannot be saved: name one, or use saveWeights");
  }
  if ("className" in (given as object)) return serialized(module, given as Parameters<typeof serialized>[1]);
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, written(value, module)]));
}
