import { tf } from "baeum/tensors";
import { runWithin } from "./call_context.ts";
import type { Layer, Tensors } from "./layer.ts";
import type { Shape } from "./shape.ts";
import { checkTrial } from "./weight_budget.ts";

/** What was tried already: shapes are asked for again and again. */
const known = new WeakMap<Layer, Map<string, Shape | Shape[]>>();

/**
 * The shape that a layer's `call` gives, found by calling it on zeros; layers inside it are built on the way. Where the
 * input's shape leaves a length open besides the batch's, two lengths are tried: where the results differ, it is open too.
 */
export function triedShape(layer: Layer, inputShape: Shape | Shape[]): Shape | Shape[] {
  const key = JSON.stringify(inputShape);
  let shapes = known.get(layer);
  if (!shapes) known.set(layer, shapes = new Map());
  let shape = shapes.get(key);
  if (!shape) shapes.set(key, shape = tryOut(layer, inputShape));
  return shape;
}

/** Calls a layer on zeros, so that all layers inside it are built. */
export function tryOut(layer: Layer, inputShape: Shape | Shape[]): Shape | Shape[] {
  const several = Array.isArray(inputShape[0]);
  const inputs = (several ? inputShape : [inputShape]) as Shape[];
  const open = inputs.some(([, ...sample]) => sample.includes(null));
  const trials = (open ? [2, 3] : [1]).map((length) => outputsFor(layer, inputs, several, length));
  const shapes = trials[0].shapes.map((shape, i) =>
    shape.map((length, axis) => axis === 0 || trials.some(({ shapes }) => shapes[i][axis] !== length) ? null : length)
  );
  return trials[0].several ? shapes : shapes[0];
}

function outputsFor(
  layer: Layer,
  inputs: Shape[],
  several: boolean,
  open: number,
): { shapes: number[][]; several: boolean } {
  let shapes: number[][] = [];
  let list = false;
  const samples = inputs.map(([, ...sample]) => [1, ...sample.map((length) => length ?? open)]);
  for (const sample of samples) checkTrial(layer.name, sample);
  tf.tidy(() => {
    const zeros = samples.map((sample) => tf.zeros(sample));
    const outputs: Tensors = runWithin(
      { training: false, losses: [] },
      (context) => layer.call(several ? zeros : zeros[0], context),
    );
    list = Array.isArray(outputs);
    shapes = [outputs].flat().map((output) => output.shape);
  });
  return { shapes, several: list };
}
