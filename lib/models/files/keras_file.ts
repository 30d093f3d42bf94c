import { FormatError, isHdf5, readHdf5, readZip, writeZip, type ZipEntry } from "baeum/formats";
import { Model } from "../model.ts";
import { withWeightBudget } from "../weight_budget.ts";
import { compileOptions } from "./compile_config.ts";
import { LARGEST_CONFIG, parseConfig, writeConfig } from "./config_text.ts";
import { type FromConfigOptions, layerFromObject } from "./from_config.ts";
import { loadLegacy } from "./legacy_h5.ts";
import { KERAS_VERSION } from "./keras_version.ts";
import { numbersIn, putWeights } from "./model_weights.ts";

/** Arguments of {@linkcode loadModel}. */
export interface LoadModelOptions extends FromConfigOptions {
  /** Whether to compile it as it was when it was saved, with the optimizer's state (default true). */
  compile?: boolean;
}

/**
 * Loads a model that Keras or `model.save` wrote, a `.keras` or `.h5` file: its layers, its weights, and what it was compiled
 * with. Of Keras 2 the `.h5` files are read, too.
 *
 * @throws {FormatError} if the file is truncated, or something else.
 * @throws {RangeError} for a class that is not known, and for weights that do not fit.
 * @throws {TypeError} for a Lambda layer, unless `safeMode` is false and its function was saved here.
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
  const entries = entriesOf(bytes);
  const config = parseConfig(".keras", "config.json", new TextDecoder().decode(read(entries, "config.json")));
  const arrays = await readHdf5(read(entries, "model.weights.h5"));
  const model = withWeightBudget(numbersIn(arrays), () => layerFromObject(config, options));
  if (!(model instanceof Model)) throw new TypeError(`The file holds a ${model.className}, not a model`);
  // Of a model that was not compiled Keras writes an empty one.
  const compiled = (config.compile_config ?? {}) as Record<string, unknown>;
  if ((options.compile ?? true) && Object.keys(compiled).length > 0) model.compile(compileOptions(compiled));
  putWeights(model, arrays);
  return model;
}

/** The archive's files; none that would lie outside of a folder that it were unpacked into. */
function entriesOf(bytes: Uint8Array): Map<string, ZipEntry> {
  const entries = readZip(bytes);
  for (const name of entries.keys()) {
    if (/^([/\\]|[A-Za-z]:)|(^|[/\\])\.\.([/\\]|$)/.test(name)) {
      throw new FormatError(".keras", 0, `the name ${JSON.stringify(name)} leads out of the archive`);
    }
  }
  return entries;
}

/** From this size on a file is held to what weights can be packed to. */
const LARGE = 2 ** 26;
const BEST_RATIO = 100;

function read(entries: Map<string, ZipEntry>, name: string): Uint8Array {
  const entry = entries.get(name);
  if (!entry) throw new FormatError(".keras", 0, `there is no ${name} in it`);
  const { size, packedSize } = entry;
  if (size > (name.endsWith(".json") ? LARGEST_CONFIG : Math.max(LARGE, packedSize * BEST_RATIO))) {
    throw new FormatError(".keras", 0, `${name} would be ${size} bytes, unpacked from ${packedSize}`);
  }
  return entry.read();
}

/** Files of Keras 3's `.keras` format. */
export function kerasArchive(config: unknown, weights: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = (value: unknown) => new TextEncoder().encode(writeConfig(value));
  const date = new Date().toISOString().slice(0, 19).replace("T", "@");
  return writeZip({
    "metadata.json": text({ keras_version: KERAS_VERSION, date_saved: date }),
    "config.json": text(config),
    "model.weights.h5": weights,
  });
}
