import type { Source } from "baeum/engine";
import type { tf } from "baeum/tensors";
import type { Layer, Tensors } from "../layer.ts";
import type { Model } from "../model.ts";
import type { Shape } from "../shape.ts";
import { tryOut } from "../tried_shape.ts";
import { checkInputShape } from "./model_data.ts";

/**
 * Builds the model for these inputs if it is not built yet, and gives its outputs' shapes for them.
 *
 * @throws {RangeError} when the model was built for other inputs.
 */
export function outputShapesFor(model: Model, inputs: Source[]): number[][] {
  const expected = model.inputShapes;
  inputs.forEach((input, i) => checkInputShape(model.inputNames?.[i] ?? model.name, expected?.[i], input.shape));
  const shapes = inputs.map((input): Shape => [null, ...input.shape.slice(1)]);
  const given = shapes.length === 1 ? shapes[0] : shapes;
  model.ensureBuilt(given);
  if (!isBuilt(model)) tryOut(model, given);
  const shape = model.computeOutputShape(given);
  const outputs = (Array.isArray(shape[0]) ? shape : [shape]) as Shape[];
  return outputs.map(([, ...rest]) => [inputs[0].shape[0], ...rest.map((n) => n!)]);
}

/** Whether the layers within are built, too: one that tells its shape without computing may have some that are not. */
function isBuilt(layer: Layer): boolean {
  return layer.built && layer.sublayers.every(isBuilt);
}

/** A model of one input is called with a tensor, one of several with a list. */
export function asArgument(inputs: tf.Tensor[]): Tensors {
  return inputs.length === 1 ? inputs[0] : inputs;
}
