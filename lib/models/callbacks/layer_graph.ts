import { Functional } from "../functional.ts";
import type { Layer } from "../layer.ts";
import { Sequential } from "../sequential.ts";
import type { Node, SymbolicTensor } from "../symbolic_tensor.ts";

/** A layer as TensorBoard's "conceptual graph" reads it: a part of what Keras' `to_json` says. */
interface LayerNode {
  class_name: string;
  config: { name: string; dtype?: string; layers?: LayerNode[]; input_layers?: string[]; output_layers?: unknown[][] };
  inbound_nodes?: { args: unknown[] }[];
}

/**
 * A model's layers and what feeds them, as JSON for {@linkcode SummaryWriter.model}; nothing for a model whose layers are
 * joined by code.
 *
 * TensorBoard takes the inputs of a model within a model by their plain names, where Keras 3 writes `[name, 0, 0]` and loses
 * that edge.
 */
export function layerGraph(model: Layer): string | undefined {
  return isGraph(model) ? JSON.stringify(layerNode(model)) : undefined;
}

function isGraph(layer: Layer): layer is Functional | Sequential {
  return layer instanceof Functional || layer instanceof Sequential;
}

/** @param calls The layer's calls within the model that it is part of; none within a stack. */
function layerNode(layer: Layer, calls?: Node[]): LayerNode {
  const { className: class_name, name } = layer;
  const inbound = calls && { inbound_nodes: calls.map(inboundNode) };
  if (layer instanceof Sequential) return { class_name, config: { name, layers: stack(layer) }, ...inbound };
  if (!(layer instanceof Functional)) return { class_name, config: { name, dtype: "float32" }, ...inbound };
  const callsOf = (inner: Layer) => layer.order.filter((node) => node.layer === inner && node.inputs.length > 0);
  const config = {
    name,
    layers: layer.operations.map((inner) => layerNode(inner, callsOf(inner))),
    input_layers: layer.inputs.map((input) => input.node.layer.name),
    output_layers: layer.outputs.map(history),
  };
  return { class_name, config, ...inbound };
}

/** Keras' config of a stack begins with its input layer; here that is a shape only. */
function stack(model: Sequential): LayerNode[] {
  const inner = model.layers.map((layer) => layerNode(layer));
  if (!model.inputShape) return inner;
  return [{ class_name: "InputLayer", config: { name: "input_layer", dtype: "float32" } }, ...inner];
}

function inboundNode({ inputs }: Node): { args: unknown[] } {
  const tensors = inputs.map((input) => ({
    class_name: "__keras_tensor__",
    config: { shape: input.shape, dtype: input.dtype, keras_history: history(input) },
  }));
  return { args: tensors.length === 1 ? tensors : [tensors] };
}

function history({ node, outputIndex }: SymbolicTensor): unknown[] {
  return [node.layer.name, node.index, outputIndex];
}
