import * as tf from "@tensorflow/tfjs";
import { rowCount, type Rows } from "./rows.ts";

/** How bytes become numbers. */
export interface ByteRowsOptions {
  /** The shape of one row, `[784]`. */
  shape: number[];
  /** What each byte is multiplied by (default 1). */
  scale?: number;
  /** What is added afterwards (default 0). */
  offset?: number;
}

/** Rows of bytes that become float32 numbers, `byte · scale + offset`, only on their way into a batch. */
export class ByteRows {
  readonly data: Uint8Array;
  /** `[rows, …]`. */
  readonly shape: number[];
  readonly dtype = "float32";
  readonly #size: number;
  /** Which number each of the 256 bytes becomes. */
  readonly #numbers: Float32Array;

  /** @throws {RangeError} when the bytes are no whole number of rows. */
  constructor(data: Uint8Array, { shape, scale = 1, offset = 0 }: ByteRowsOptions) {
    const size = shape.reduce((a, b) => a * b, 1);
    if (!(size > 0) || data.length % size !== 0) {
      throw new RangeError(`${data.length} bytes are no whole number of rows of the shape [${shape}]`);
    }
    this.data = data;
    this.shape = [data.length / size, ...shape];
    this.#size = size;
    this.#numbers = Float32Array.from({ length: 256 }, (_, byte) => byte * scale + offset);
  }

  /** The rows from one to before another, of the same bytes. */
  slice(from: number, to: number): ByteRows {
    const part = new ByteRows(this.data.subarray(from * this.#size, to * this.#size), { shape: this.shape.slice(1) });
    part.#numbers.set(this.#numbers);
    return part;
  }

  /** Some rows as a tensor, `[rows, …]`. */
  tensor(rows: Rows): tf.Tensor {
    const numbers = new Float32Array(rowCount(rows) * this.#size);
    this.copyInto(numbers, 0, rows);
    return tf.tensor(numbers, [rowCount(rows), ...this.shape.slice(1)]);
  }

  /** Writes some rows' numbers one after another. */
  copyInto(place: Float32Array, start: number, rows: Rows): void {
    const [data, numbers, size] = [this.data, this.#numbers, this.#size];
    let out = start;
    if (!(rows instanceof Int32Array)) {
      for (let k = rows.from * size; k < rows.to * size; k++) place[out++] = numbers[data[k]];
      return;
    }
    for (const row of rows) {
      for (let k = row * size; k < (row + 1) * size; k++) place[out++] = numbers[data[k]];
    }
  }
}
