import { FormatError, type Hdf5Content, readHdf5Content, writeHdf5 } from "baeum/formats";
import { Model } from "../model.ts";
import { withWeightBudget } from "../weight_budget.ts";
import { compileConfig, compileOptions, kerasLossFunction } from "./compile_config.ts";
import { parseConfig, writeConfig } from "./config_text.ts";
import { type FromConfigOptions, layerFromObject } from "./from_config.ts";
import { KERAS_VERSION } from "./keras_version.ts";
import { legacyObject, modernObject } from "./legacy_config.ts";
import { arraysIn, type Hdf5Parts, layersReader, writeArrays, writeLayers } from "./legacy_weights.ts";
import { type KerasObject, objectOf } from "./model_config.ts";
import { numbersIn } from "./model_weights.ts";
import { hasFixedRate, optimizerState, optimizerStateReader } from "./optimizer_state.ts";

/** A model as Keras' older format `.h5`, with what it was compiled with and its optimizer's state. */
export function legacyFile(model: Model): Promise<Uint8Array<ArrayBuffer>> {
  const about = { backend: "tensorflow", keras_version: KERAS_VERSION };
  const parts: Hdf5Parts = { arrays: new Map(), attributes: new Map() };
  writeLayers(parts, "model_weights", model, about);
  const texts: Record<string, string> = { ...about, model_config: writeConfig(legacyObject(objectOf(model))) };
  if (model.isCompiled) {
    texts.training_config = writeConfig(trainingConfig(model));
    const prefix = model.optimizer.className.toLowerCase();
    writeArrays(
      parts,
      "optimizer_weights",
      optimizerState(model).map(({ name, array }) => ({ name: `${prefix}/${name}`, array })),
    );
  }
  parts.attributes.set("", texts);
  return writeHdf5(parts.arrays, parts.attributes);
}

/**
 * Makes the model that an `.h5` file holds.
 *
 * @throws {FormatError} if it is broken; {RangeError} for classes that are not known, and for weights that do not fit.
 */
export async function loadLegacy(
  bytes: Uint8Array,
  options: FromConfigOptions & { compile?: boolean },
): Promise<Model> {
  const content = await readHdf5Content(bytes);
  const config = parsed(content, "model_config");
  if (!config) {
    throw new FormatError(".h5", 0, "there is no model_config in it: it holds weights alone, for loadWeights");
  }
  const model = withWeightBudget(numbersIn(content.arrays), () => layerFromObject(modernObject(config), options));
  if (!(model instanceof Model)) throw new TypeError(`The file holds a ${model.className}, not a model`);
  const put = layersReader(content, "model_weights", model);
  const training = (options.compile ?? true) && parsed(content, "training_config");
  if (training) model.compile(compileOptions({ ...training, optimizer: optimizerOf(training) }));
  const putState = training ? stateReader(model, content) : undefined;
  put();
  putState?.();
  return model;
}

function parsed({ attributes }: Hdf5Content, name: string): Record<string, unknown> | undefined {
  const text = attributes.get("")?.[name];
  return text === undefined ? undefined : parseConfig(".h5", name, String(text));
}

/** The optimizer as `.keras` files have it; Keras 2 let the rate fall by an argument of its own. */
function optimizerOf({ optimizer_config }: Record<string, unknown>): unknown {
  const given = optimizer_config as KerasObject | undefined;
  if (!given?.config) return undefined;
  const { lr, decay, ...config } = given.config;
  const rate = config.learning_rate ?? lr;
  const class_name = given.class_name.slice(given.class_name.indexOf(">") + 1);
  if (!decay) return { class_name, config: { ...config, learning_rate: rate } };
  const falling = { initial_learning_rate: rate, decay_steps: 1, decay_rate: decay };
  return { class_name, config: { ...config, learning_rate: { class_name: "InverseTimeDecay", config: falling } } };
}

/** What puts the optimizer's state in place. Keras 2 had optimizers of another state, which is left as Keras 3 leaves it. */
function stateReader(model: Model, content: Hdf5Content): (() => void) | undefined {
  const arrays = arraysIn(content, "optimizer_weights");
  if (arrays.length === 0) return undefined;
  const [first, second = ""] = [content.attributes.get("optimizer_weights")!.weight_names].flat();
  if (!/(^|\/)iteration(:0)?$/.test(first)) {
    console.warn("The file's optimizer is one of Keras 2, whose state is not read: training begins with a new one.");
    return undefined;
  }
  // Later versions of Keras 2 have the slots in Keras 3's order, but the rate in the config only.
  const { optimizer } = model;
  const isRateMissing = hasFixedRate(optimizer) && !second.includes("learning_rate");
  if (isRateMissing) arrays.splice(1, 0, { shape: [], data: Float32Array.of(optimizer.learningRate) });
  return optimizerStateReader(model, arrays);
}

function trainingConfig(model: Model): Record<string, unknown> {
  const { optimizer, run_eagerly, steps_per_execution, jit_compile, ...config } = compileConfig(model.compiled);
  const { class_name, config: optimizerConfig } = optimizer as KerasObject;
  return {
    ...mapped(config),
    run_eagerly,
    steps_per_execution,
    jit_compile,
    optimizer_config: { class_name, config: optimizerConfig },
  };
}

/** Objects without their modules, losses under their whole names: others Keras does not find in this format. */
function mapped(config: Record<string, unknown>): Record<string, unknown> {
  const each = (given: unknown): unknown => {
    if (Array.isArray(given)) return given.map(each);
    if (typeof given === "string") return given;
    if (typeof given !== "object" || given === null) return given;
    const { class_name, config } = given as KerasObject;
    if (class_name) return { class_name, config };
    return Object.fromEntries(Object.entries(given).map(([key, value]) => [key, each(value)]));
  };
  return { ...each(config) as Record<string, unknown>, loss: whole(each(config.loss)) };
}

function whole(loss: unknown): unknown {
  if (typeof loss === "string") return kerasLossFunction(loss);
  if (Array.isArray(loss)) return loss.map(whole);
  if (typeof loss !== "object" || loss === null || "class_name" in loss) return loss;
  return Object.fromEntries(Object.entries(loss).map(([key, value]) => [key, whole(value)]));
}
