import { FormatError, isHdf5, readZip, writeZip } from "baeum/formats";
import { Model } from "../model.ts";
import { compileOptions } from "./compile_config.ts";
import { type FromConfigOptions, layerFromObject } from "./from_config.ts";
import { loadLegacy } from "./legacy_h5.ts";
import { KERAS_VERSION } from "./keras_version.ts";
import { readWeights } from "./model_weights.ts";

/** Arguments of {@linkcode loadModel}. */
export interface LoadModelOptions extends FromConfigOptions {
  /** Whether to compile it as it was when it was saved, with the optimizer's state (default true). */
  compile?: boolean;
}

/** A config is text that a person could read; a larger one is meant to do harm. */
const LARGEST_CONFIG = 2 ** 26;

/**
 * Loads a model that Keras or `model.save` wrote, a `.keras` or `.h5` file: its layers, its weights, and what it was compiled
 * with. Of Keras 2 the `.h5` files are read, too.
 *
 * @throws {FormatError} if the file is truncated, or something else.
 * @throws {RangeError} for a class that is not known, and for weights that do not fit.
 *
 * @example
 * ```ts
 * import { layers, loadModel, sequential } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const model = sequential({ layers: [layers.dense({ units: 2, inputShape: [3] })] });
 * const path = await Deno.makeTempFile({ suffix: ".keras" });
 * await model.save(path);
 * const again = await loadModel(path);
 * const x = tf.ones([1, 3]);
 * assertEquals(again.predict(x).arraySync(), model.predict(x).arraySync());
 * await Deno.remove(path);
 * ```
 */
export async function loadModel(path: string | URL, options: LoadModelOptions = {}): Promise<Model> {
  const bytes = await Deno.readFile(path);
  if (isHdf5(bytes)) return await loadLegacy(bytes, options);
  const entries = readZip(bytes);
  const read = (name: string, largest = Infinity) => {
    const entry = entries.get(name);
    if (!entry) throw new FormatError(".keras", 0, `there is no ${name} in it`);
    if (entry.size > largest) {
      throw new FormatError(".keras", 0, `${name} has ${entry.size} bytes, more than ${largest}`);
    }
    return entry.read();
  };
  const config = parse(new TextDecoder().decode(read("config.json", LARGEST_CONFIG)));
  const weights = read("model.weights.h5");
  const model = layerFromObject(config, options);
  if (!(model instanceof Model)) throw new TypeError(`The file holds a ${model.className}, not a model`);
  const compiled = config.compile_config;
  if ((options.compile ?? true) && compiled) model.compile(compileOptions(compiled as Record<string, unknown>));
  await readWeights(model, weights);
  return model;
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FormatError(".keras", 0, `config.json is no JSON: ${(error as Error).message}`);
  }
}

/** Files of Keras 3's `.keras` format. */
export function kerasArchive(config: unknown, weights: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const date = new Date().toISOString().slice(0, 19).replace("T", "@");
  return writeZip({
    "metadata.json": text({ keras_version: KERAS_VERSION, date_saved: date }),
    "config.json": text(config),
    "model.weights.h5": weights,
  });
}
