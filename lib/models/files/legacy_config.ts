import { checkDepth, isObject } from "./config_object.ts";
import type { KerasObject } from "./model_config.ts";

type Config = Record<string, unknown>;

/** A layer or model as `.h5` files have it: without modules, a class of one's own under its registered name. */
export function legacyObject({ class_name, config, registered_name, name, inbound_nodes }: KerasObject): KerasObject {
  const own = registered_name?.includes(">");
  return {
    class_name: own ? registered_name! : class_name,
    config: Array.isArray(config.layers)
      ? { ...config, layers: config.layers.map((layer) => legacyObject(layer as KerasObject)) }
      : config,
    ...(name !== undefined && { name, inbound_nodes }),
  };
}

/**
 * A layer or model of an `.h5` file as `.keras` files have it. Takes the files of Keras 3 and of Keras 2, whose arguments
 * have other names, and which writes a call as `[["dense", 0, 0, {}]]`.
 *
 * @throws {TypeError} for what describes no layer.
 */
export function modernObject(given: unknown, depth = 0): KerasObject {
  checkDepth(depth);
  if (!isObject(given) || typeof given.class_name !== "string") {
    throw new TypeError(`The config describes a layer by class_name and config. Received: ${typeof given}`);
  }
  const { class_name: full, config: bare } = given;
  // The oldest files have a stack's layers without its name.
  const config = modernArguments(full, Array.isArray(bare) ? { layers: bare } : isObject(bare) ? bare : {}, depth);
  const object = { ...given, class_name: full.slice(full.indexOf(">") + 1), config } as KerasObject;
  if (full.includes(">")) object.registered_name = full;
  return object;
}

/** Arguments of Keras 2 that chose an implementation, or stood for what other arguments say. */
const DROPPED = new Set(["implementation", "input_length", "batch_input_shape"]);
/** Arguments that some layers of Keras 2 had, with the value that Keras 3 knows only. */
const ALWAYS: Record<string, unknown> = { time_major: false, ragged: false, sparse: false, groups: 1, optional: false };

function modernArguments(className: string, given: Config, depth: number): Config {
  const config: Config = {};
  for (const [key, value] of Object.entries(given)) {
    if (isObject(value) && value.class_name === "VarianceScaling") config[key] = modernScaling(value);
    else if (!DROPPED.has(key) && !(Object.hasOwn(ALWAYS, key) && value === ALWAYS[key])) config[key] = value;
  }
  if (given.batch_input_shape) {
    config[className === "InputLayer" ? "batch_shape" : "batch_input_shape"] = given.batch_input_shape;
  }
  if (className === "BatchNormalization" && Array.isArray(config.axis)) config.axis = config.axis[0];
  // Keras 2 wrote these down for the one kernel that a separable convolution does not have.
  if (/^(Separable|Depthwise)Conv[12]D$/.test(className)) {
    for (const key of ["kernel_initializer", "kernel_regularizer", "kernel_constraint"]) delete config[key];
  }
  if (className === "LeakyReLU" && "alpha" in config) {
    config.negative_slope = config.alpha;
    delete config.alpha;
  }
  for (const key of ["layer", "backward_layer"]) {
    if (isObject(config[key])) config[key] = modernObject(config[key], depth + 1);
  }
  if (!Array.isArray(config.layers)) return config;
  const layers = config.layers.map((layer) => modernObject(layer, depth + 1));
  return { ...config, ...modernCalls(config, layers) };
}

/** An initializer whose normal distribution is a truncated one, as it was before there was another. */
function modernScaling(given: Config): Config {
  const config = given.config as Config;
  return config?.distribution === "normal"
    ? { ...given, config: { ...config, distribution: "truncated_normal" } }
    : given;
}

/** A graph's calls in the form of Keras 3. */
function modernCalls(config: Config, layers: KerasObject[]): Config {
  const models = new Map(layers.map(({ name, class_name }) => [name, class_name]));
  const old = layers.some(({ inbound_nodes }) => Array.isArray(inbound_nodes) && inbound_nodes.some(Array.isArray));
  if (!old) return { layers };
  // Keras 2 counts a nested model's calls from 1, a stack's too.
  const place = ([name, call, output]: [string, number, number]) =>
    [name, /^(Sequential|Functional|Model)$/.test(models.get(name) ?? "") ? call - 1 : call, output] as const;
  const tensor = (history: [string, number, number]) => ({
    class_name: "__keras_tensor__",
    config: { keras_history: place(history) },
  });
  const call = (node: unknown) => {
    if (!Array.isArray(node) || !node.every((input) => Array.isArray(input))) return node;
    const inputs = node.map((input) => tensor(input as [string, number, number]));
    const state = (node[0]?.[3] as Config | undefined)?.initial_state;
    const kwargs = Array.isArray(state) ? { initial_state: state.map(tensor) } : {};
    return { args: inputs.length === 1 ? inputs : [inputs], kwargs };
  };
  const end = (history: unknown) => {
    if (!Array.isArray(history)) return history;
    const [name, at, output] = history as [string, number, number];
    return models.get(name) === "Sequential" ? [name, at - 1, output] : history;
  };
  const ends = (given: unknown) =>
    Array.isArray(given) ? (typeof given[0] === "string" ? end(given) : given.map(end)) : given;
  return {
    layers: layers.map((layer) => ({ ...layer, inbound_nodes: layer.inbound_nodes?.map(call) })),
    input_layers: ends(config.input_layers),
    output_layers: ends(config.output_layers),
  };
}
