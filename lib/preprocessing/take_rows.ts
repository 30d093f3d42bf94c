import { tf } from "baeum/tensors";

/** A table of columns, such as Arquero's. */
export interface RowTable {
  numRows(): number;
  /** The given rows in the given order, as a new table. */
  reify(rows?: number[]): RowTable;
}

/** Data with a row for each sample: an array, a typed array, a tensor (along its first axis), a table. */
export type Samples =
  | readonly unknown[]
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | Float32Array
  | Float64Array
  | tf.Tensor
  | RowTable;

/** How many samples there are. */
export function countRows(samples: Samples): number {
  if (samples instanceof tf.Tensor) {
    if (samples.rank > 0) return samples.shape[0];
    throw new RangeError("A tensor of samples needs a first axis. Received: a single number");
  }
  return "numRows" in samples ? samples.numRows() : samples.length;
}

/** The given rows in the given order, as new data of the same kind. */
export function takeRows<S extends Samples>(samples: S, rows: number[]): S;
export function takeRows(samples: Samples, rows: number[]): Samples {
  if (samples instanceof tf.Tensor) return tf.tidy(() => tf.gather(samples, tf.tensor1d(rows, "int32")));
  if ("numRows" in samples) return samples.reify(rows);
  if (Array.isArray(samples)) return rows.map((row) => samples[row]);
  const typed = samples as Float64Array;
  const taken = typed.slice(0, rows.length);
  rows.forEach((row, i) => taken[i] = typed[row]);
  return taken;
}

/** That all data has as many rows as the first; how many that is. */
export function commonLength(samples: readonly Samples[]): number {
  const lengths = samples.map(countRows);
  if (lengths.length === 0) throw new TypeError("At least one array of samples is needed. Received: none");
  if (lengths.some((length) => length !== lengths[0])) {
    throw new RangeError(`All arrays need the same number of samples. Received: ${lengths.join(", ")}`);
  }
  return lengths[0];
}
