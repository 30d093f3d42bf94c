import { FormatError, type Hdf5Array, readHdf5, writeHdf5 } from "baeum/formats";
import { assign } from "baeum/engine";
import { tf } from "baeum/tensors";
import type { Model } from "../model.ts";
import { formatShape } from "../shape.ts";
import { weightPaths } from "./weight_paths.ts";

/** A model's weights as `model.weights.h5`; with the optimizer's state when the model is compiled. */
export function weightsFile(model: Model): Promise<Uint8Array<ArrayBuffer>> {
  const arrays = new Map<string, Hdf5Array>();
  for (const [path, { shape, variable }] of weightPaths(model)) {
    arrays.set(path, { shape, data: Float32Array.from(variable.dataSync()) });
  }
  if (model.isCompiled) {
    const { optimizer } = model;
    optimizer.prepare(model.trainableWeights);
    const begin: Hdf5Array[] = [{ shape: [], data: BigInt64Array.of(BigInt(optimizer.iterations)) }];
    if (typeof optimizer.getConfig().learning_rate === "number") {
      begin.push({ shape: [], data: Float32Array.of(optimizer.learningRate) });
    }
    const slots = optimizer.state.map((slot) => ({ shape: slot.shape, data: Float32Array.from(slot.dataSync()) }));
    [...begin, ...slots].forEach((array, i) => arrays.set(`optimizer/vars/${i}`, array));
  }
  return writeHdf5(arrays);
}

/**
 * Puts the weights of a `model.weights.h5` into a model, all or none.
 *
 * @throws {RangeError} when weights are missing or left over, or a shape differs.
 */
export async function readWeights(model: Model, bytes: Uint8Array): Promise<void> {
  const arrays = await readHdf5(bytes);
  const weights = weightPaths(model);
  for (const [path, weight] of weights) {
    const found = arrays.get(path);
    if (!found) {
      throw new RangeError(
        `The file has no "${path}", the weight "${weight.name}" of shape ${formatShape(weight.shape)}`,
      );
    }
    checkShape(path, found, weight.shape);
  }
  const left = [...arrays.keys()].find((path) =>
    !weights.has(path) && !path.startsWith("optimizer/") && !path.includes("seed_generator/")
  );
  if (left) throw new RangeError(`The file has "${left}", for which the model has no weight`);
  const apply = optimizerState(model, arrays);
  for (const [path, weight] of weights) weight.assign(floats(arrays.get(path)!));
  apply();
}

/** Checks the optimizer's part, and gives what puts it in place. */
function optimizerState(model: Model, arrays: ReadonlyMap<string, Hdf5Array>): () => void {
  if (!model.isCompiled || !arrays.has("optimizer/vars/0")) return () => {};
  const { optimizer } = model;
  const fixed = typeof optimizer.getConfig().learning_rate === "number";
  const first = fixed ? 2 : 1;
  // A model saved before its first step holds no slots.
  if (!arrays.has(`optimizer/vars/${first}`)) {
    return () => optimizer.iterations = Number(arrays.get("optimizer/vars/0")!.data[0]);
  }
  optimizer.prepare(model.trainableWeights);
  const { state } = optimizer;
  const found = state.map((slot, i) => {
    const path = `optimizer/vars/${first + i}`;
    const array = arrays.get(path);
    if (!array) throw new RangeError(`The file has no "${path}", a part of the optimizer's state`);
    checkShape(path, array, slot.shape);
    return array;
  });
  return () => {
    optimizer.iterations = Number(arrays.get("optimizer/vars/0")!.data[0]);
    if (fixed) optimizer.learningRate = Number(arrays.get("optimizer/vars/1")!.data[0]);
    state.forEach((slot, i) => tf.tidy(() => assign(slot, tf.tensor(floats(found[i]), slot.shape))));
  };
}

function checkShape(path: string, { shape, data }: Hdf5Array, wanted: number[]): void {
  if (shape.join() !== wanted.join()) {
    throw new RangeError(
      `"${path}" has the shape ${formatShape(wanted)} in the model. Received: ${formatShape(shape)}`,
    );
  }
  if (data.length !== wanted.reduce((a, b) => a * b, 1)) throw new FormatError("HDF5", 0, `"${path}" is incomplete`);
}

function floats({ data }: Hdf5Array): Float32Array {
  return data instanceof Float32Array ? data : Float32Array.from(data as Iterable<number | bigint>, Number);
}
