import { tf } from "baeum/tensors";
import { formatShape, type Shape, shapesAgree } from "../shape.ts";

/** Nested arrays of numbers, or a typed array (one number for each sample). */
export type NestedNumbers = number[] | number[][] | number[][][] | number[][][][] | number[][][][][] | Float32Array;

/** One array of data, samples first: a tensor, nested arrays or a typed array. */
export type DataArray = tf.Tensor | NestedNumbers | Int32Array | Uint8Array;

/** What `fit`, `evaluate` and `predict` take: an array, or a list of them for a model of several inputs or outputs. */
export type ModelData = DataArray | tf.Tensor[];

/** Data as tensors; those made here are to be disposed of, those given are the caller's. */
export interface Columns {
  tensors: tf.Tensor[];
  dispose(): void;
}

/**
 * Brings data to tensors and checks their number.
 *
 * @throws {RangeError} when there are more or fewer arrays than `count`, or no sample, or samples of different number.
 */
export function columnsOf(data: ModelData, count: number, what: string): Columns {
  const list = isTensorList(data) ? data : [data];
  if (list.length !== count) {
    throw new RangeError(`The model takes ${count} ${what}. Received: ${list.length}`);
  }
  const made: tf.Tensor[] = [];
  const tensors = list.map((item) => {
    if (item instanceof tf.Tensor) return item;
    const tensor = ArrayBuffer.isView(item) ? tf.tensor1d(Float32Array.from(item)) : tf.tensor(item as number[][]);
    made.push(tensor);
    return tensor;
  });
  for (const tensor of tensors) {
    if (tensor.rank === 0) throw new RangeError(`${what} are arrays with the samples first. Received: a single number`);
  }
  return { tensors, dispose: () => tf.dispose(made) };
}

function isTensorList(data: ModelData): data is tf.Tensor[] {
  return Array.isArray(data) && data.length > 0 && (data as unknown[]).every((item) => item instanceof tf.Tensor);
}

/** @throws {RangeError} when arrays that belong together have different numbers of samples. */
export function sampleCount(...groups: tf.Tensor[][]): number {
  const counts = groups.flat().map((tensor) => tensor.shape[0]);
  if (new Set(counts).size > 1) {
    throw new RangeError(
      `Inputs and targets must have the same number of samples. Received: ${counts.join(" and ")}`,
    );
  }
  if (counts[0] === 0) throw new RangeError("There is no sample: the data is empty");
  return counts[0];
}

/** @throws {RangeError} when data does not have the shape that a model was built for. */
export function checkInputShape(name: string, expected: Shape | undefined, actual: number[]): void {
  if (!expected || shapesAgree([null, ...expected.slice(1)], actual)) return;
  throw new RangeError(
    `"${name}" expects an input of shape ${formatShape([null, ...expected.slice(1)])}. ` +
      `Received: ${formatShape(actual)}`,
  );
}
