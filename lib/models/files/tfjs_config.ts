import { isOperation } from "../layers/operation.ts";
import { isObject } from "./config_object.ts";
import type { KerasObject } from "./model_config.ts";

type Config = Record<string, unknown>;

/** Arguments that tfjs-layers does not have, and whose meaning is what it always does. */
const LEFT_OUT = new Set([
  "quantization_config",
  "build_input_shape",
  "ragged",
  "optional",
  "input_axes",
  "output_axes",
]);

/** A layer or model in the words of tfjs-layers, which are Keras 2's. */
export function tfjsObject(object: KerasObject): Config {
  const { class_name, config: given, name, inbound_nodes } = object;
  if (isOperation(object)) {
    throw new TypeError(`"${name}" is an operation (${class_name}), which tfjs-layers does not have: use a layer`);
  }
  const config: Config = {};
  for (const [key, value] of Object.entries(given)) {
    if (LEFT_OUT.has(key) || key === "backward_layer" || key === "layers") continue;
    config[key] = isObject(value) && "class_name" in value ? partOf(value as unknown as KerasObject) : value;
  }
  if (class_name === "InputLayer") {
    config.batch_input_shape = config.batch_shape;
    delete config.batch_shape;
  }
  if (class_name === "LeakyReLU") {
    config.alpha = config.negative_slope;
    delete config.negative_slope;
  }
  if (Array.isArray(config.axis) && config.axis.length === 1) config.axis = config.axis[0];
  const layers = given.layers as KerasObject[] | undefined;
  if (layers) Object.assign(config, graphOf(given, layers));
  return {
    class_name: class_name === "Functional" ? "Model" : class_name,
    config,
    ...(name !== undefined && { name }),
    ...(inbound_nodes && { inbound_nodes }),
  };
}

function partOf(object: KerasObject): unknown {
  const { module, class_name, config } = object;
  if (class_name === "DTypePolicy") return config.name;
  if (module?.startsWith("keras.layers")) return tfjsObject(object);
  const kept = Object.entries(config).filter(([key]) => !LEFT_OUT.has(key));
  return { class_name, config: Object.fromEntries(kept) };
}

type History = [name: string, call: number, output: number];

/** The layers and calls of a model; those of models within it are counted from 1. */
function graphOf({ input_layers, output_layers }: Config, layers: KerasObject[]): Config {
  const classes = new Map(layers.map((layer) => [layer.name, layer.class_name]));
  const place = ([name, call, output]: History, isEnd: boolean): History => {
    const one = classes.get(name) === "Sequential" || !isEnd && classes.get(name) === "Functional" ? 1 : 0;
    return [name, call + one, output];
  };
  const inputsOf = (node: unknown): unknown[] => {
    if (Array.isArray(node)) return node.flatMap(inputsOf);
    if (!isObject(node)) return [];
    if (node.class_name !== "__keras_tensor__") {
      const { mask, initial_state } = (node.kwargs ?? {}) as Config;
      if (mask) {
        throw new TypeError(
          "A layer is given a mask of its own, which tfjs-layers cannot: let it travel with its tensor",
        );
      }
      return [...inputsOf(node.args), ...inputsOf(initial_state)];
    }
    return [[...place((node.config as { keras_history: History }).keras_history, false), {}]];
  };
  const ends = (given: unknown) =>
    given === undefined ? undefined : (typeof (given as unknown[])[0] === "string" ? [given] : given as unknown[]).map(
      (history) => place(history as History, true),
    );
  return {
    layers: layers.map((layer) => tfjsObject({ ...layer, inbound_nodes: layer.inbound_nodes?.map(inputsOf) })),
    ...(input_layers !== undefined && { input_layers: ends(input_layers), output_layers: ends(output_layers) }),
  };
}
