import { FormatError, readZip, writeZip } from "baeum/formats";
import { lossFromConfig, type LossName } from "../losses/mod.ts";
import type { MetricName } from "../metrics/mod.ts";
import { Model } from "../model.ts";
import type { CompileOptions } from "../training/compile.ts";
import { type FromConfigOptions, layerFromObject, optimizerFromObject } from "./from_config.ts";
import { readWeights } from "./model_weights.ts";

/** Arguments of {@linkcode loadModel}. */
export interface LoadModelOptions extends FromConfigOptions {
  /** Whether to compile it as it was when it was saved, with the optimizer's state (default true). */
  compile?: boolean;
}

/** A config is text that a person could read; a larger one is meant to do harm. */
const LARGEST_CONFIG = 2 ** 26;

/**
 * Loads a model that Keras 3 or `model.save` wrote, a `.keras` file: its layers, its weights, and what it was compiled with.
 *
 * @throws {FormatError} if the file is truncated, or something else than a `.keras` file.
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
  const entries = readZip(await Deno.readFile(path));
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

function compileOptions(config: Record<string, unknown>): CompileOptions {
  const object = config.optimizer;
  return {
    optimizer: object ? optimizerFromObject(object) : undefined,
    loss: mapped(config.loss, lossFrom) as CompileOptions["loss"],
    lossWeights: (config.loss_weights ?? undefined) as CompileOptions["lossWeights"],
    metrics: mapped(config.metrics, metricFrom) as CompileOptions["metrics"],
    weightedMetrics: mapped(config.weighted_metrics, metricFrom) as CompileOptions["weightedMetrics"],
  };
}

interface Named {
  class_name: string;
  config: Record<string, unknown>;
}

/** Every name or object in lists and dictionaries made into what it stands for. */
function mapped(given: unknown, make: (one: string | Named) => unknown): unknown {
  if (given === null || given === undefined) return undefined;
  if (typeof given === "string") return make(given);
  if (Array.isArray(given)) return given.map((each) => each === null ? null : mapped(each, make));
  if (typeof (given as Named).class_name === "string") return make(given as Named);
  return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, value && mapped(value, make)]));
}

function lossFrom(one: string | Named): unknown {
  return typeof one === "string" ? one as LossName : lossFromConfig(one.class_name, one.config);
}

function metricFrom(one: string | Named): unknown {
  if (typeof one === "string") return one as MetricName;
  throw new RangeError(`The file's metric "${one.class_name}" is an object. Load it with { compile: false }`);
}

/** Files of Keras 3's `.keras` format. */
export function kerasArchive(config: unknown, weights: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const date = new Date().toISOString().slice(0, 19).replace("T", "@");
  return writeZip({
    "metadata.json": text({ keras_version: "3.15.1", date_saved: date }),
    "config.json": text(config),
    "model.weights.h5": weights,
  });
}
