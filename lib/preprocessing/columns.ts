import { tf } from "baeum/tensors";

/** Rows of numbers: `[rows, columns]`. */
export type Matrix = readonly (readonly number[])[] | tf.Tensor2D;

/** What a matrix becomes when its numbers change. */
export type Changed<M extends Matrix> = M extends tf.Tensor2D ? tf.Tensor2D : number[][];

/** The rows of a matrix, all of one width. */
export interface Table {
  rows: number;
  columns: number;
  /** The numbers, row by row. */
  values: Float64Array;
}

/**
 * Reads a matrix.
 *
 * @throws {RangeError} if the rows differ in width, or a number is missing (NaN) or infinite.
 */
export function readMatrix(x: Matrix): Table {
  const table = x instanceof tf.Tensor ? readTensor(x) : readRows(x);
  const wrong = table.values.findIndex((value) => !Number.isFinite(value));
  if (wrong < 0) return table;
  const row = Math.floor(wrong / table.columns);
  throw new RangeError(
    `Every number must be finite. Received: ${table.values[wrong]} in row ${row}, column ${wrong % table.columns}`,
  );
}

function readTensor(x: tf.Tensor): Table {
  if (x.rank !== 2) throw new RangeError(`x is [rows, columns]. Received: [${x.shape.join(", ")}]`);
  return { rows: x.shape[0], columns: x.shape[1]!, values: Float64Array.from(x.dataSync()) };
}

function readRows(x: readonly (readonly number[])[]): Table {
  const columns = x[0]?.length ?? 0;
  const other = x.find((row) => row.length !== columns);
  if (other) throw new RangeError(`All rows must have ${columns} columns. Received: ${other.length}`);
  return { rows: x.length, columns, values: Float64Array.from(x.flat()) };
}

/** Changes every number by what belongs to its column; the result is of the matrix' own kind. */
export function mapColumns<M extends Matrix>(x: M, change: (value: number, column: number) => number): Changed<M>;
export function mapColumns(x: Matrix, change: (value: number, column: number) => number): Matrix {
  const { rows, columns, values } = readMatrix(x);
  const changed = values.map((value, i) => change(value, i % columns));
  if (x instanceof tf.Tensor) return tf.tensor2d(Float32Array.from(changed), [rows, columns]);
  return Array.from({ length: rows }, (_, row) => [...changed.subarray(row * columns, (row + 1) * columns)]);
}

/** That a scaler was fitted, and to rows of this width. */
export function checkWidth(name: string, fitted: number | undefined, x: Matrix): void {
  if (fitted === undefined) throw new Error(`${name} must be fitted before it transforms: call fit(x) first`);
  const width = x instanceof tf.Tensor ? x.shape[1] : x[0]?.length ?? fitted;
  if (width !== fitted) throw new RangeError(`${name} was fitted to ${fitted} columns. Received: ${width}`);
}
