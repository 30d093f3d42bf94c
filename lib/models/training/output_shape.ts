import type { tf } from "baeum/tensors";
import type { Model } from "../model.ts";
import type { Shape } from "../shape.ts";
import { checkInputShape } from "./model_data.ts";

/**
 * Builds the model for this input if it is not built yet, and gives the output's shape for it.
 *
 * @throws {RangeError} when the model was built for another input.
 */
export function outputShapeFor(model: Model, input: tf.Tensor): number[] {
  checkInputShape(model.name, model.inputShape, input.shape);
  const shape: Shape = [null, ...input.shape.slice(1)];
  model.ensureBuilt(shape);
  const [, ...rest] = model.computeOutputShape(shape) as Shape;
  return [input.shape[0], ...rest.map((n) => n!)];
}
