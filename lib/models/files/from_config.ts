import * as constraints from "../constraints/mod.ts";
import { model } from "../functional.ts";
import * as initializers from "../initializers/mod.ts";
import { Layer } from "../layer.ts";
import { InputLayer } from "../layers/input_layer.ts";
import type { LambdaOptions } from "../layers/lambda.ts";
import * as layers from "../layers/mod.ts";
import * as optimizers from "../optimizers/mod.ts";
import * as regularizers from "../regularizers/mod.ts";
import { Sequential } from "../sequential.ts";
import type { SymbolicTensor } from "../symbolic_tensor.ts";
import { lambdaFromConfig } from "./lambda_from_config.ts";
import type { KerasObject } from "./model_config.ts";
import { type LayerClass, registeredClass } from "./registration.ts";

/** What decides which classes a file may name. */
export interface FromConfigOptions {
  /** Classes of one's own by their class name. */
  customObjects?: Record<string, LayerClass>;
  /** Whether to refuse Lambda layers, whose code would be run (default true). */
  safeMode?: boolean;
}

/** What a config's layers are made of, where they do not come from a file. */
export interface ConfigSources extends FromConfigOptions {
  /** The functions of Lambda layers, by the layer's name. */
  functions?: ReadonlyMap<string, LambdaOptions["function"]>;
}

const DEEPEST = 64;
type Class = new (options: unknown) => unknown;

const camel = (name: string) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isKerasObject(value: unknown): value is KerasObject {
  return isObject(value) && typeof value.class_name === "string" && isObject(value.config);
}

/**
 * Makes the layer or model that a config describes.
 *
 * @throws {RangeError} for a class that is not known, and for configs that contradict themselves.
 */
export function layerFromObject(given: unknown, options: ConfigSources = {}, depth = 0): Layer {
  if (depth > DEEPEST) throw new RangeError(`The config is nested deeper than ${DEEPEST} objects`);
  if (!isKerasObject(given)) {
    throw new TypeError(
      `The config describes a layer by class_name and config. Received: ${JSON.stringify(given)?.slice(0, 80)}`,
    );
  }
  const { class_name, config } = given;
  if (class_name === "Sequential") return stackFrom(config, options, depth);
  if (class_name === "Functional" || class_name === "Model") return graphFrom(config, options, depth);
  if (class_name === "Lambda") return lambdaFromConfig(config, options);
  const Found = classOf(given, options);
  const made = new Found(argumentsOf(config, options, depth));
  if (!(made instanceof Layer)) throw new TypeError(`${class_name} is no layer`);
  compare(made, config);
  return made;
}

function classOf({ class_name, registered_name }: KerasObject, { customObjects = {} }: ConfigSources): LayerClass {
  if (Object.hasOwn(customObjects, class_name)) return customObjects[class_name];
  const registered = registered_name ? registeredClass(registered_name) : undefined;
  if (registered) return registered;
  const known = Object.hasOwn(layers, class_name) ? (layers as Record<string, unknown>)[class_name] : undefined;
  if (typeof known === "function" && known.prototype instanceof Layer) return known as LayerClass;
  throw new RangeError(
    `The file has a layer of the class "${class_name}", which is not known. Give it as ` +
      `loadModel(path, { customObjects: { ${class_name} } }), or register it: registerKerasSerializable(${class_name})`,
  );
}

/** A config as a constructor takes it: names in camelCase, objects made, what is null left to the default. */
function argumentsOf(config: Record<string, unknown>, options: ConfigSources, depth: number) {
  const made: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(config)) {
    if (value === null && key !== "merge_mode") continue;
    if (key === "dtype" && isObject(value)) continue;
    made[camel(key)] = key === "activation" && isKerasObject(value)
      ? activationName(value)
      : valueOf(value, options, depth);
  }
  return made;
}

function activationName({ module, class_name, config }: KerasObject): unknown {
  if (module?.startsWith("keras.layers")) {
    throw new RangeError(
      `The file has the layer ${class_name} as the activation of another one, which is not known here. ` +
        `Save the model with a ${class_name} layer of its own behind that one`,
    );
  }
  return class_name === "function" ? config : class_name;
}

function valueOf(value: unknown, options: ConfigSources, depth: number): unknown {
  if (!isKerasObject(value)) return value;
  for (const home of [initializers, regularizers, constraints] as Record<string, unknown>[]) {
    if (value.class_name === "L1" || value.class_name === "L2") {
      const { l1 = 0, l2 = 0 } = value.config as { l1?: number; l2?: number };
      return regularizers.l1l2({ l1, l2 });
    }
    const found = Object.hasOwn(home, value.class_name) ? home[value.class_name] : undefined;
    if (typeof found === "function") return new (found as Class)(argumentsOf(value.config, options, depth));
  }
  return layerFromObject(value, options, depth + 1);
}

const NOT_COMPARED = new Set(["dtype", "name", "layer", "backward_layer", "trainable", "seed", "batch_input_shape"]);

/** What was asked for and what came of it must agree: an argument that is not understood must not be lost silently. */
function compare(layer: Layer, config: Record<string, unknown>): void {
  const ours = layer.getConfig();
  for (const [key, value] of Object.entries(config)) {
    if (NOT_COMPARED.has(key) || value === null) continue;
    const isKnown = Object.hasOwn(ours, key);
    if (isKnown ? agrees(value, ours[key]) : value === false) continue;
    throw new RangeError(
      `"${layer.name}" (${layer.className}) has ${key} = ${shown(value)} in the file, ` +
        (isKnown ? `but ${shown(ours[key])} here` : "which this layer does not know"),
    );
  }
}

const shown = (value: unknown) => JSON.stringify(value)?.slice(0, 200);

/** Whether all that the file says is so; what it leaves open, as null or not at all, may be anything. */
export function agrees(file: unknown, ours: unknown): boolean {
  if (file === null || file === ours) return true;
  if (Array.isArray(file)) {
    return Array.isArray(ours) && file.length === ours.length && file.every((each, i) => agrees(each, ours[i]));
  }
  if (!isObject(file) || !isObject(ours)) return false;
  // Keras' L1 and L2 are L1L2 here.
  if (isKerasObject(file) && isKerasObject(ours)) {
    const alike = file.class_name === ours.class_name ||
      (ours.class_name === "L1L2" && /^L[12]$/.test(file.class_name));
    return alike && agrees(file.config, ours.config);
  }
  return Object.entries(file).every(([key, value]) => NOT_COMPARED.has(key) || agrees(value, ours[key]));
}

function listOf(config: Record<string, unknown>): unknown[] {
  if (Array.isArray(config.layers)) return config.layers;
  throw new TypeError(`The model's config needs a list of layers. Received: ${typeof config.layers}`);
}

function nameOf(config: Record<string, unknown>): string | undefined {
  return typeof config.name === "string" ? config.name : undefined;
}

function stackFrom(config: Record<string, unknown>, options: ConfigSources, depth: number): Sequential {
  const stack = new Sequential({
    name: nameOf(config),
    layers: listOf(config).map((each) => layerFromObject(each, options, depth + 1)),
  });
  const shape = config.build_input_shape;
  if (!stack.built && Array.isArray(shape)) stack.ensureBuilt(shape);
  return stack;
}

type History = [name: string, node: number, tensor: number];

function graphFrom(config: Record<string, unknown>, options: ConfigSources, depth: number): Layer {
  const made = new Map<string, Layer>();
  const pending: { layer: Layer; nodes: unknown[] }[] = [];
  for (const each of listOf(config)) {
    const layer = layerFromObject(each, options, depth + 1);
    if (made.has(layer.name)) throw new RangeError(`The config has two layers of the name "${layer.name}"`);
    made.set(layer.name, layer);
    const nodes = (each as KerasObject).inbound_nodes ?? [];
    if (!Array.isArray(nodes)) throw new TypeError(`inbound_nodes of "${layer.name}" is no list`);
    pending.push({ layer, nodes: [...nodes] });
  }
  const outputs = new Map<string, SymbolicTensor>();
  const done = new Map<Layer, number>();
  const record = (layer: Layer, results: SymbolicTensor[]) => {
    const call = done.get(layer) ?? 0;
    results.forEach((result, i) => outputs.set(`${layer.name}/${call}/${i}`, result));
    done.set(layer, call + 1);
  };
  for (const { layer } of pending) if (layer instanceof InputLayer) record(layer, [layer.output]);
  for (let progress = true; progress;) {
    progress = false;
    for (const { layer, nodes } of pending) {
      while (nodes.length > 0) {
        const histories: History[] = [];
        const asList = historiesIn(nodes[0], histories);
        const inputs = histories.map((history) => outputs.get(history.join("/")));
        if (inputs.length === 0 || inputs.some((input) => !input)) break;
        const result = layer.apply((asList ? inputs : inputs[0]) as SymbolicTensor);
        record(layer, [result].flat() as SymbolicTensor[]);
        nodes.shift();
        progress = true;
      }
    }
  }
  const stuck = pending.find(({ nodes }) => nodes.length > 0);
  if (stuck) throw new RangeError(`The inputs of "${stuck.layer.name}" are nowhere in the config, or go in a circle`);
  // Among a model's own inputs and outputs, and only there, Keras counts one more call of a functional model: its own.
  const placeOf = ([name, call, output]: History) =>
    `${name}/${made.get(name)?.className === "Functional" ? call - 1 : call}/${output}`;
  const ends = (key: string) => {
    const given = config[key];
    const list =
      (Array.isArray(given) && typeof given[0] === "string" ? [given] : Object.values(given ?? {})) as History[];
    return list.map((history) => {
      const found = Array.isArray(history) && outputs.get(placeOf(history));
      if (!found) throw new RangeError(`${key} names ${JSON.stringify(history)}, which is nowhere in the config`);
      return found;
    });
  };
  const results = ends("output_layers");
  return model({
    inputs: ends("input_layers"),
    outputs: results.length === 1 ? results[0] : results,
    name: nameOf(config),
  });
}

/** The tensors that a call is given, in order; whether as a list. */
function historiesIn(node: unknown, found: History[], depth = 0): boolean {
  if (depth > DEEPEST) throw new RangeError(`The config is nested deeper than ${DEEPEST} objects`);
  if (isKerasObject(node) && node.class_name === "__keras_tensor__") {
    found.push(node.config.keras_history as History);
    return false;
  }
  const parts = Array.isArray(node) ? node : isObject(node) ? [node.args, node.kwargs, ...Object.values(node)] : [];
  if (isObject(node) && "args" in node) {
    historiesIn(node.args, found, depth + 1);
    const kwargs = isObject(node.kwargs) ? node.kwargs : {};
    historiesIn(kwargs.initial_state, found, depth + 1);
    return Array.isArray(node.args) && Array.isArray(node.args[0]) || found.length > 1;
  }
  for (const part of Array.isArray(parts) ? parts : []) historiesIn(part, found, depth + 1);
  return found.length > 1;
}

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
  const args = argumentsOf({ ...config, learning_rate: null }, {}, 0);
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
  return make(argumentsOf(given.config, {}, 0));
}
