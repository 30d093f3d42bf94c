import { ByteRows, type ByteRowsOptions, type Source } from "baeum/engine";
import { tf } from "baeum/tensors";
import { formatShape, type Shape, shapesAgree } from "../shape.ts";

/** Nested arrays of numbers, or a typed array (one number for each sample). */
export type NestedNumbers = number[] | number[][] | number[][][] | number[][][][] | number[][][][][] | Float32Array;

/** One array of data, samples first: a tensor, nested arrays, a typed array, or what {@linkcode bytes} gives. */
export type DataArray = tf.Tensor | NestedNumbers | Int32Array | Uint8Array | ByteRows;

/**
 * Bytes as a model's input without numbers of four times their size in between: each becomes `byte · scale + offset` on its
 * way into a batch.
 *
 * @param data The samples one after another.
 * @throws {RangeError} when the bytes are no whole number of samples.
 *
 * @example
 * ```ts
 * import { bytes, layers, sequential } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * const images = bytes(new Uint8Array(3 * 784).fill(255), { shape: [784], scale: 1 / 255 });
 * const model = sequential({ layers: [layers.dense({ units: 1, kernelInitializer: "ones", inputShape: [784] })] });
 * assertEquals(model.predict(images).arraySync(), [[784], [784], [784]]);
 * ```
 */
export function bytes(data: Uint8Array, options: ByteRowsOptions): ByteRows {
  return new ByteRows(data, options);
}

/**
 * What `fit`, `evaluate` and `predict` take: an array; for a model of several inputs or outputs a list of them in the
 * model's order, or a dictionary by the names of the inputs or outputs.
 */
export type ModelData = DataArray | DataArray[] | { [name: string]: DataArray };

/** What arrays a model takes. */
export interface ArraysTaken {
  /** Their names, in order; undefined where the model does not know them before it has seen data. */
  names: readonly string[] | undefined;
  /** Their shapes, batch first, as far as they are known. */
  shapes?: readonly Shape[];
  /** What to call them in errors: `"inputs"`. */
  what: string;
}

/** Data to take batches from; tensors made here are to be disposed of, those given are the caller's. */
export interface Columns {
  tensors: Source[];
  dispose(): void;
}

/**
 * Brings data to tensors, as many as the model takes and in its order. A missing or extra last axis of length 1 is mended, as
 * in Keras.
 *
 * @throws {RangeError} when there are more or fewer arrays than the model takes, or other names.
 */
export function columnsOf(data: ModelData, { names, shapes, what }: ArraysTaken): Columns {
  const made: tf.Tensor[] = [];
  const tensors = arraysOf<DataArray>(data, names, what).map((item, i) => {
    if (item instanceof ByteRows) return item;
    let tensor = item instanceof tf.Tensor ? item : tensorOf(item);
    if (tensor !== item) made.push(tensor);
    if (tensor.rank === 0) throw new RangeError(`${what} are arrays with the samples first. Received: a single number`);
    const mended = mendedShape(tensor.shape, shapes?.[i]);
    if (mended) {
      tensor = tensor.reshape(mended);
      made.push(tensor);
    }
    return tensor;
  });
  return { tensors, dispose: () => tf.dispose(made) };
}

/** As {@linkcode columnsOf}, with bytes made into tensors, too. */
export function tensorColumnsOf(data: ModelData, taken: ArraysTaken): { tensors: tf.Tensor[]; dispose(): void } {
  const columns = columnsOf(data, taken);
  const made: tf.Tensor[] = [];
  const tensors = columns.tensors.map((source) => {
    if (!(source instanceof ByteRows)) return source;
    const tensor = source.tensor({ from: 0, to: source.shape[0] });
    made.push(tensor);
    return tensor;
  });
  return {
    tensors,
    dispose() {
      tf.dispose(made);
      columns.dispose();
    },
  };
}

/** The arrays of data in the model's order. */
export function arraysOf<T extends DataArray | null>(
  data: T | T[] | { [name: string]: T },
  names: readonly string[] | undefined,
  what: string,
): T[] {
  if (isDictionary(data)) return byName(data, names, what);
  if (!Array.isArray(data)) {
    if (names && names.length !== 1) throw wrongNumber(names, what, 1);
    return [data as T];
  }
  const tensorList = data.length > 0 && data.every((item) => item instanceof tf.Tensor || item instanceof ByteRows);
  if (names && names.length > 1 || tensorList) {
    if (names && data.length !== names.length) throw wrongNumber(names, what, data.length);
    return data as T[];
  }
  return [data as unknown as T];
}

function byName<T>(data: { [name: string]: T }, names: readonly string[] | undefined, what: string): T[] {
  const given = Object.keys(data);
  if (!names) {
    throw new TypeError(
      `This model does not know its ${what} by name; give them as a list. Received: ${given.join(", ")}`,
    );
  }
  if (given.length !== names.length || names.some((name) => !(name in data))) {
    throw new RangeError(`The model's ${what} are ${names.join(", ")}. Received: ${given.join(", ")}`);
  }
  return names.map((name) => data[name]);
}

function wrongNumber(names: readonly string[], what: string, received: number): RangeError {
  const [count, listed] = [names.length, names.length > 1 ? ` (${names.join(", ")})` : ""];
  return new RangeError(`The model takes ${count} ${what}${listed}. Received: ${received}`);
}

function isDictionary<T>(data: T | T[] | { [name: string]: T }): data is { [name: string]: T } {
  return typeof data === "object" && data !== null && Object.getPrototypeOf(data) === Object.prototype;
}

function tensorOf(item: Exclude<DataArray, tf.Tensor | ByteRows>): tf.Tensor {
  return ArrayBuffer.isView(item) ? tf.tensor1d(Float32Array.from(item)) : tf.tensor(item as number[][]);
}

/** `[n]` for a model that wants `[n, 1]`, and the other way round. */
function mendedShape(shape: number[], expected: Shape | undefined): number[] | undefined {
  if (!expected) return undefined;
  if (shape.length === expected.length - 1 && expected.at(-1) === 1) return [...shape, 1];
  if (shape.length === expected.length + 1 && shape.at(-1) === 1) return shape.slice(0, -1);
  return undefined;
}

/** @throws {RangeError} when arrays that belong together have different numbers of samples, or none. */
export function sampleCount(...groups: Source[][]): number {
  const counts = groups.flat().map((tensor) => tensor.shape[0]);
  if (new Set(counts).size > 1) {
    throw new RangeError(
      `Inputs, targets and sample weights must have the same number of samples. Received: ${counts.join(" and ")}`,
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
