import type { tf } from "baeum/tensors";
import type { Tensors } from "./call_context.ts";
import type { Layer } from "./layer.ts";
import type { Shape } from "./shape.ts";

/** The only input of a layer that takes one; says so where it got several. */
export function single(inputs: Tensors, layer: Layer): tf.Tensor {
  if (!Array.isArray(inputs)) return inputs;
  if (inputs.length === 1) return inputs[0];
  throw new TypeError(`"${layer.name}" (${layer.className}) takes one tensor. Received: ${inputs.length}`);
}

/** The only shape of a layer that takes one input. */
export function singleShape(shape: Shape | Shape[], layer: Layer): Shape {
  if (!Array.isArray(shape[0])) return shape as Shape;
  if (shape.length === 1) return shape[0];
  throw new TypeError(`"${layer.name}" (${layer.className}) takes one tensor. Received: ${shape.length}`);
}
