import * as constraints from "../constraints/mod.ts";
import { model } from "../functional.ts";
import * as initializers from "../initializers/mod.ts";
import { Layer } from "../layer.ts";
import { InputLayer } from "../layers/input_layer.ts";
import type { LambdaOptions } from "../layers/lambda.ts";
import { isOperation, Operation } from "../layers/operation.ts";
import * as regularizers from "../regularizers/mod.ts";
import { camelCased } from "../registry.ts";
import { Sequential } from "../sequential.ts";
import type { SymbolicTensor } from "../symbolic_tensor.ts";
import { checkDepth, isObject } from "./config_object.ts";
import { callOf, type History, operationCallOf } from "./graph_call.ts";
import { lambdaFromConfig } from "./lambda_from_config.ts";
import type { KerasObject } from "./model_config.ts";
import { checkPrecision, classOf, isKerasOwn } from "./known_class.ts";
import type { LayerClass } from "./registration.ts";

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

/** What makes an object of its arguments. */
export type Class = new (options: unknown) => unknown;

/** Whether a value of a config describes an object. */
export function isKerasObject(value: unknown): value is KerasObject {
  return isObject(value) && typeof value.class_name === "string" && isObject(value.config);
}

/**
 * Makes the layer or model that a config describes.
 *
 * @throws {RangeError} for a class that is not known, and for configs that contradict themselves.
 */
export function layerFromObject(given: unknown, options: ConfigSources = {}, depth = 0): Layer {
  checkDepth(depth);
  if (!isKerasObject(given)) {
    throw new TypeError(
      `The config describes a layer by class_name and config. Received: ${JSON.stringify(given)?.slice(0, 80)}`,
    );
  }
  const { class_name, config } = given;
  if (class_name === "Sequential") return stackFrom(config, options, depth);
  if (class_name === "Functional" || class_name === "Model") return graphFrom(config, options, depth);
  if (class_name === "Lambda") return lambdaFromConfig(config, options);
  checkPrecision(given);
  const Found = classOf(given, options.customObjects);
  const activation = activationLayerFrom(given, options, depth);
  const plain = activation ? { ...config, activation: "linear" } : config;
  const made = new Found(argumentsOf(plain, options, depth));
  if (!(made instanceof Layer)) throw new TypeError(`${class_name} is no layer`);
  compare(made, plain);
  made.activationLayer = activation;
  return made;
}

/** Layers without weights that others may have as their activation. */
const ACTIVATION_LAYERS = new Set(["Activation", "ELU", "LeakyReLU", "ReLU", "Softmax", "ThresholdedReLU"]);
/** Layers that take their activation in the middle. */
const RECURRENT = /^(SimpleRNN|LSTM|GRU)/;

function activationLayerFrom(
  { class_name, config }: KerasObject,
  options: ConfigSources,
  depth: number,
): Layer | undefined {
  const { activation } = config;
  if (!isKerasObject(activation) || !isKerasOwn(activation) || RECURRENT.test(class_name)) return undefined;
  return ACTIVATION_LAYERS.has(activation.class_name) ? layerFromObject(activation, options, depth + 1) : undefined;
}

/** Arguments whose null says something, and is not their default. */
const MEANT_NULL = new Set(["merge_mode", "axis"]);

/** A config as a constructor takes it: names in camelCase, objects made, what is null left to the default. */
export function argumentsOf(config: Record<string, unknown>, options: ConfigSources = {}, depth = 0) {
  const made: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(config)) {
    if (value === null && !MEANT_NULL.has(key)) continue;
    if (key === "dtype" && isObject(value)) continue;
    made[camelCased(key)] = /(^|_)activation$/.test(key) && isObject(value)
      ? activationName(value as unknown as KerasObject)
      : valueOf(value, options, depth);
  }
  return made;
}

function activationName({ class_name, config }: KerasObject): unknown {
  const name = class_name === "function" ? config : undefined;
  if (name === undefined) throw new RangeError(layerAsActivation(class_name));
  // Keras writes its own functions as plain names.
  throw new RangeError(
    `The file has the function "${name}" of somebody's own as an activation, which is not known here. Use one of Keras' ` +
      "activations, or a Lambda layer behind the layer",
  );
}

function layerAsActivation(className: string): string {
  return `The file has the layer ${className} as the activation of another one in a place where that is not known here. ` +
    `Save the model with a ${className} layer of its own behind that one`;
}

function valueOf(value: unknown, options: ConfigSources, depth: number): unknown {
  if (!isKerasObject(value)) return value;
  if (isKerasOwn(value)) {
    const made = partFrom(value, options, depth);
    if (made !== undefined) return made;
  }
  const [, kind] = /^keras\.(?:src\.)?(initializer|regularizer|constraint)s/.exec(value.module ?? "") ?? [];
  if (kind) throw new RangeError(`The file has the ${kind} "${value.class_name}", which is not known here`);
  const layer = layerFromObject(value, options, depth + 1);
  if (layer.activationLayer) throw new RangeError(layerAsActivation(layer.activationLayer.className));
  return layer;
}

/** An initializer, regularizer or constraint. */
function partFrom(value: KerasObject, options: ConfigSources, depth: number): unknown {
  for (const home of [initializers, regularizers, constraints] as Record<string, unknown>[]) {
    if (value.class_name === "L1" || value.class_name === "L2") {
      const { l1 = 0, l2 = 0 } = value.config as { l1?: number; l2?: number };
      return regularizers.l1l2({ l1, l2 });
    }
    const found = Object.hasOwn(home, value.class_name) ? home[value.class_name] : undefined;
    if (typeof found === "function") return new (found as Class)(argumentsOf(value.config, options, depth));
  }
  return undefined;
}

const NOT_COMPARED = new Set(["dtype", "name", "layer", "backward_layer", "trainable", "seed", "batch_input_shape"]);

/** What was asked for and what came of it must agree: an argument that is not understood must not be lost silently. */
function compare(layer: Layer, config: Record<string, unknown>): void {
  const ours = layer.getConfig();
  for (const [key, value] of Object.entries(config)) {
    if (NOT_COMPARED.has(key)) continue;
    const isKnown = Object.hasOwn(ours, key);
    if (value === null ? isOpen(ours[key]) : isKnown ? agrees(value, ours[key]) : value === false) continue;
    throw new RangeError(
      `"${layer.name}" (${layer.className}) has ${key} = ${shown(value)} in the file, ` +
        (isKnown ? `but ${shown(ours[key])} here` : "which this layer does not know"),
    );
  }
}

/** Whether an argument here leaves as open what the file leaves open as null. */
export function isOpen(ours: unknown): boolean {
  return ours === null || ours === undefined || Array.isArray(ours) && ours.length === 0;
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

/** An operation with what its only call is given. */
function operationFromObject({ module, class_name: className, config, inbound_nodes }: KerasObject): Operation {
  const name = String(config.name);
  return new Operation({
    name,
    className,
    module: module ?? "keras.src.ops.numpy",
    config,
    args: operationCallOf(inbound_nodes?.[0], name).args,
  });
}

/** A model's inputs or outputs in Keras' order: those of a dictionary by their names. */
function endsIn(given: unknown, depth = 0): History[] {
  checkDepth(depth);
  if (Array.isArray(given)) {
    if (typeof given[0] === "string") return [given as unknown as History];
    return given.flatMap((each) => endsIn(each, depth + 1));
  }
  if (!isObject(given)) {
    throw new TypeError(`A model's inputs and outputs are lists. Received: ${JSON.stringify(given)}`);
  }
  return Object.keys(given).sort().flatMap((name) => endsIn(given[name], depth + 1));
}

function graphFrom(config: Record<string, unknown>, options: ConfigSources, depth: number): Layer {
  const made = new Map<string, Layer>();
  const pending: { layer: Layer; nodes: unknown[] }[] = [];
  for (const each of listOf(config)) {
    const layer = isKerasObject(each) && isOperation(each)
      ? operationFromObject(each)
      : layerFromObject(each, options, depth + 1);
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
        const { histories, asList, maskHistories } = callOf(nodes[0], layer);
        const find = (history: History) => outputs.get(history.join("/"));
        const inputs = histories.map(find);
        const masks = maskHistories?.map((history) => history && find(history));
        if (inputs.length === 0 || inputs.some((input) => !input) || masks?.some((mask) => mask === undefined)) break;
        const mask = masks as (SymbolicTensor | null)[] | undefined;
        const result = layer.apply((asList ? inputs : inputs[0]) as SymbolicTensor, { mask });
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
    return endsIn(config[key]).map((history) => {
      const found = outputs.get(placeOf(history));
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
