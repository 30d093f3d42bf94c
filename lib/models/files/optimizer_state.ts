import { assign } from "baeum/engine";
import type { Hdf5Array } from "baeum/formats";
import { tf } from "baeum/tensors";
import type { Model } from "../model.ts";
import { Nadam, type Optimizer } from "../optimizers/mod.ts";
import { checkArray, floats } from "./hdf5_array.ts";

/** What an optimizer remembers, in the order of Keras' `optimizer.variables`, each with a name like Keras' own. */
export function optimizerState(model: Model): { name: string; array: Hdf5Array }[] {
  const { optimizer, trainableWeights } = model;
  optimizer.prepare(trainableWeights);
  const state: { name: string; array: Hdf5Array }[] = [
    { name: "iteration", array: { shape: [], data: BigInt64Array.of(BigInt(optimizer.iterations)) } },
  ];
  const one = (name: string, value: number) => state.push({ name, array: { shape: [], data: Float32Array.of(value) } });
  if (hasFixedRate(optimizer)) one("learning_rate", optimizer.learningRate);
  optimizer.state.forEach((slot, i) => {
    state.push({ name: `slot_${i}`, array: { shape: slot.shape, data: Float32Array.from(slot.dataSync()) } });
  });
  if (optimizer instanceof Nadam) one("u_product", optimizer.momentumProduct);
  return state;
}

/**
 * Checks what a file says of the optimizer, in the order of {@linkcode optimizerState}, and gives what puts it in place.
 *
 * @throws {RangeError} when an array is missing, left over, of another shape, or no number that an optimizer can have.
 */
export function optimizerStateReader(model: Model, arrays: readonly Hdf5Array[]): () => void {
  const { optimizer } = model;
  const fixed = hasFixedRate(optimizer);
  const [iteration, rate] = arrays;
  const iterations = scalar("number of steps", iteration);
  if (!(Number.isSafeInteger(iterations) && iterations >= 0)) {
    throw new RangeError(`The optimizer's number of steps is a whole number. The file has: ${iterations}`);
  }
  const learningRate = fixed ? scalar("learning rate", rate) : undefined;
  if (learningRate !== undefined && !(learningRate >= 0 && learningRate < Infinity)) {
    throw new RangeError(`The optimizer's learning rate is a number of at least 0. The file has: ${learningRate}`);
  }
  const begin = () => {
    optimizer.iterations = iterations;
    if (learningRate !== undefined) optimizer.learningRate = learningRate;
  };
  const slots = arrays.slice(fixed ? 2 : 1);
  // A model saved before its first step holds no slots.
  if (slots.length === 0) return begin;
  optimizer.prepare(model.trainableWeights);
  const { state } = optimizer;
  const wanted = state.length + (optimizer instanceof Nadam ? 1 : 0);
  if (slots.length !== wanted) {
    throw new RangeError(
      `${optimizer.className} remembers ${wanted} arrays for the model's weights. The file has: ${slots.length}`,
    );
  }
  state.forEach((slot, i) => checkArray(`array ${i} of the optimizer`, slots[i], slot.shape));
  return () => {
    begin();
    state.forEach((slot, i) => tf.tidy(() => assign(slot, tf.tensor(floats(slots[i]), slot.shape))));
  };
}

/** Whether the learning rate is a number of the state, not a schedule's. */
export function hasFixedRate(optimizer: Optimizer): boolean {
  return typeof optimizer.getConfig().learning_rate === "number";
}

function scalar(what: string, array: Hdf5Array | undefined): number {
  if (array?.data.length === 1) return Number(array.data[0]);
  throw new RangeError(`The file does not tell the optimizer's ${what}`);
}
