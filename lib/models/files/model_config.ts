import type { Layer } from "../layer.ts";
import { Operation } from "../layers/operation.ts";
import type { Model } from "../model.ts";
import type { Shape } from "../shape.ts";
import type { Node, SymbolicTensor } from "../symbolic_tensor.ts";
import { registeredNameOf } from "./registration.ts";

/** An object in Keras' files. */
export interface KerasObject {
  module?: string | null;
  class_name: string;
  config: Record<string, unknown>;
  registered_name?: string | null;
  build_config?: unknown;
  name?: string;
  inbound_nodes?: unknown[];
}

interface Stack extends Model {
  readonly layers: Layer[];
  readonly inputLayer?: Layer;
}

interface Graph extends Model {
  readonly inputs: SymbolicTensor[];
  readonly outputs: SymbolicTensor[];
  readonly order: Node[];
  readonly operations: readonly Layer[];
}

/** A layer or model as Keras 3 writes it, with everything that is inside. */
export function objectOf(layer: Layer): KerasObject {
  const { className } = layer;
  if (layer instanceof Operation) {
    return { module: layer.module, class_name: className, config: layer.getConfig(), registered_name: className };
  }
  const registered = registeredNameOf(layer);
  const build_config = layer.built && layer.buildShape ? { input_shape: builtFor(layer) } : undefined;
  if (className === "Sequential") {
    return {
      module: "keras",
      class_name: className,
      config: stackConfig(layer as Stack),
      registered_name: null,
      build_config,
    };
  }
  if (className === "Functional") {
    const config = graphConfig(layer as Graph);
    return {
      module: "keras.src.models.functional",
      class_name: className,
      config,
      registered_name: className,
      build_config,
    };
  }
  return {
    module: registered ? "builtins" : "keras.layers",
    class_name: className,
    config: {
      ...layer.getConfig(),
      ...(layer.activationLayer && { activation: objectOf(layer.activationLayer) }),
    },
    registered_name: registered ?? null,
    ...(className !== "InputLayer" && { build_config }),
  };
}

const RECURRENT = new Set(["SimpleRNN", "LSTM", "GRU", "Bidirectional"]);

/** The shape that Keras builds a layer for: of a recurrent one the sequence's alone, not its first state's. */
function builtFor({ className, buildShape }: Layer): Shape | Shape[] {
  return RECURRENT.has(className) && Array.isArray(buildShape![0]) ? buildShape![0] : buildShape!;
}

/** What `Sequential.getConfig` gives. */
export function stackConfig(model: Stack): Record<string, unknown> {
  const shape = model.inputShape as Shape | undefined;
  const input = shape && {
    module: "keras.layers",
    class_name: "InputLayer",
    config: model.inputLayer?.getConfig() ??
      { batch_shape: shape, dtype: "float32", sparse: false, ragged: false, name: "input_layer" },
    registered_name: null,
  };
  return {
    name: model.name,
    trainable: true,
    layers: [...(input ? [input] : []), ...model.layers.map(objectOf)],
    ...(shape && { build_input_shape: shape }),
  };
}

/** What `Functional.getConfig` gives. */
export function graphConfig(model: Graph): Record<string, unknown> {
  const inside = new Set([...model.order, ...model.inputs.map((input) => input.node)]);
  // Keras counts the calls within this model only.
  const historyOf = ({ node, outputIndex }: SymbolicTensor): [string, number, number] => {
    const calls = node.layer.nodes.filter((other) => inside.has(other));
    return [node.layer.name, calls.indexOf(node), outputIndex];
  };
  const tensor = (x: SymbolicTensor) => ({
    class_name: "__keras_tensor__",
    config: { shape: x.shape, dtype: x.dtype, keras_history: historyOf(x) },
  });
  const call = ({ layer, inputs, masks }: Node) => {
    const [first, ...others] = inputs.map(tensor);
    if (layer instanceof Operation) {
      return { args: layer.argumentsWith((index) => [first, ...others][index]), kwargs: {} };
    }
    const shown = masks?.map((mask) => mask && tensor(mask));
    const mask = shown && { mask: shown.length === 1 ? shown[0] : shown };
    if (others.length === 0) return { args: [first], kwargs: { ...mask } };
    return RECURRENT.has(layer.className)
      ? { args: [first], kwargs: { initial_state: others, ...mask } }
      : { args: [[first, ...others]], kwargs: { ...mask } };
  };
  // Among a model's own inputs and outputs, and only there, Keras counts one more call of a functional model: its own.
  const sideOf = (x: SymbolicTensor) => {
    const [name, call, output] = historyOf(x);
    return [name, x.node.layer.className === "Functional" ? call + 1 : call, output];
  };
  const sides = (tensors: SymbolicTensor[]) => tensors.length === 1 ? sideOf(tensors[0]) : tensors.map(sideOf);
  return {
    name: model.name,
    trainable: true,
    layers: model.operations.map((layer) => ({
      ...objectOf(layer),
      name: layer.name,
      inbound_nodes: layer.nodes.filter((node) => inside.has(node) && node.inputs.length > 0).map(call),
    })),
    input_layers: sides(model.inputs),
    output_layers: sides(model.outputs),
  };
}
