import { type Hdf5Array, readHdf5, writeHdf5 } from "baeum/formats";
import type { Model } from "../model.ts";
import { formatShape } from "../shape.ts";
import { checkArray, floats } from "./hdf5_array.ts";
import { optimizerState, optimizerStateReader } from "./optimizer_state.ts";
import { weightPaths } from "./weight_paths.ts";

/** A model's weights as `model.weights.h5`; with the optimizer's state when the model is compiled. */
export function weightsFile(model: Model): Promise<Uint8Array<ArrayBuffer>> {
  const arrays = new Map<string, Hdf5Array>();
  for (const [path, { shape, variable }] of weightPaths(model)) {
    arrays.set(path, { shape, data: Float32Array.from(variable.dataSync()) });
  }
  if (model.isCompiled) {
    optimizerState(model).forEach(({ array }, i) => arrays.set(`optimizer/vars/${i}`, array));
  }
  return writeHdf5(arrays);
}

/** How many numbers a file's arrays have together. */
export function numbersIn(arrays: ReadonlyMap<string, Hdf5Array>): number {
  return [...arrays.values()].reduce((sum, { data }) => sum + data.length, 0);
}

/**
 * Puts the arrays of a `model.weights.h5` into a model, all or none.
 *
 * @throws {RangeError} when weights are missing or left over, or a shape differs.
 */
export function putWeights(model: Model, arrays: ReadonlyMap<string, Hdf5Array>): void {
  const weights = weightPaths(model);
  for (const [path, weight] of weights) {
    const found = arrays.get(path);
    if (!found) {
      throw new RangeError(
        `The file has no "${path}", the weight "${weight.name}" of shape ${formatShape(weight.shape)}`,
      );
    }
    checkArray(path, found, weight.shape);
  }
  const left = [...arrays.keys()].find((path) =>
    !weights.has(path) && !path.startsWith("optimizer/") && !path.includes("seed_generator/")
  );
  if (left) throw new RangeError(`The file has "${left}", for which the model has no weight`);
  const state = model.isCompiled ? optimizerArrays(arrays) : [];
  const putState = state.length > 0 ? optimizerStateReader(model, state) : undefined;
  for (const [path, weight] of weights) weight.assign(floats(arrays.get(path)!));
  putState?.();
}

/** As {@linkcode putWeights}, from the bytes of the file. */
export async function readWeights(model: Model, bytes: Uint8Array): Promise<void> {
  putWeights(model, await readHdf5(bytes));
}

/** The optimizer's arrays, by their number. */
function optimizerArrays(arrays: ReadonlyMap<string, Hdf5Array>): Hdf5Array[] {
  const list: Hdf5Array[] = [];
  for (let array; (array = arrays.get(`optimizer/vars/${list.length}`));) list.push(array);
  return list;
}
