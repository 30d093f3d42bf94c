import type { Model } from "../model.ts";
import { writeAtomically } from "./atomic_write.ts";
import { compileConfig } from "./compile_config.ts";
import { kerasArchive } from "./keras_file.ts";
import { legacyFile } from "./legacy_h5.ts";
import { objectOf } from "./model_config.ts";
import { readWeights, weightsFile } from "./model_weights.ts";

/**
 * Saves a model as Keras 3's `.keras` file, or in Keras' older format `.h5`, with what it was compiled with and its
 * optimizer's state; Keras can load both.
 *
 * The file appears at once and whole: it is written beside its place first.
 *
 * @throws {RangeError} for a path that ends in neither, or in `.weights.h5`.
 */
export async function saveModel(model: Model, path: string | URL): Promise<void> {
  const isLegacy = /(?<!\.weights)\.h5$/.test(String(path));
  if (!isLegacy && !String(path).endsWith(".keras")) {
    throw new RangeError(`A model is saved as a .keras or .h5 file, weights alone by saveWeights. Received: ${path}`);
  }
  needsWeights(model);
  if (model.className !== "Sequential" && model.className !== "Functional") {
    throw new TypeError(`"${model.name}" is a class of its own, whose call no file can hold: use saveWeights`);
  }
  if (isLegacy) return await writeAtomically(path, await legacyFile(model));
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
