import type { Layer } from "./layer.ts";
import { neededBy, type Node, type SymbolicTensor } from "./symbolic_tensor.ts";

/** A graph's calls of layers, each after those it needs, and its layers. */
export interface GraphOrder {
  nodes: Node[];
  layers: Layer[];
}

/**
 * Orders what leads from inputs to outputs as Keras does: by the distance from the outputs, and within it by the order in which
 * a search from the outputs finds the layers. A model's weights, and so its files, come in this order.
 *
 * @throws {RangeError} when the outputs cannot be reached from the inputs.
 */
export function graphOrder(inputs: SymbolicTensor[], outputs: SymbolicTensor[]): GraphOrder {
  const { finished, found } = search(inputs, outputs);
  const layerDepths = new Map<Layer, number>();
  const depths = new Map<Node, number>();
  for (const node of finished.toReversed()) {
    const depth = Math.max(depths.get(node) ?? 0, layerDepths.get(node.layer) ?? 0);
    depths.set(node, depth);
    layerDepths.set(node.layer, depth);
    if (inputs.includes(node.outputs[0])) continue;
    for (const { node: needed } of neededBy(node)) {
      depths.set(needed, Math.max(depth + 1, depths.get(needed) ?? 0));
    }
  }
  for (const { node } of inputs) {
    if (layerDepths.has(node.layer)) continue;
    layerDepths.set(node.layer, 0);
    depths.set(node, 0);
    found.set(node.layer, -1);
  }
  const nodes = [...depths.keys()].sort((a, b) => depths.get(b)! - depths.get(a)!);
  const layers = [...layerDepths.keys()].sort((a, b) =>
    layerDepths.get(b)! - layerDepths.get(a)! || found.get(a)! - found.get(b)!
  );
  return { nodes, layers };
}

/** From the outputs back to the inputs: the calls in the order in which they are done, the layers as they are found. */
function search(
  inputs: SymbolicTensor[],
  outputs: SymbolicTensor[],
): { finished: Node[]; found: Map<Layer, number> } {
  const finished = new Set<Node>();
  const found = new Map<Layer, number>();
  const visit = (tensor: SymbolicTensor) => {
    const { node } = tensor;
    if (finished.has(node)) return;
    if (!found.has(node.layer)) found.set(node.layer, found.size);
    if (!inputs.includes(tensor)) {
      if (node.inputs.length === 0) {
        throw new RangeError(
          `The outputs need "${tensor.name}", which is not among the inputs given: ${
            inputs.map((input) => input.name).join(", ")
          }`,
        );
      }
      neededBy(node).forEach(visit);
    }
    finished.add(node);
  };
  outputs.forEach(visit);
  return { finished: [...finished], found };
}
