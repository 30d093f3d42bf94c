import * as tf from "@tensorflow/tfjs";
import { ByteRows } from "./byte_rows.ts";
import { native } from "./native.ts";
import { rowCount, type Rows } from "./rows.ts";
import type { Slot } from "./program.ts";
import { team } from "./threads/engine_team.ts";
import { allocate, bytesOf, offsetOf, type WasmBackend } from "./wasm_backend.ts";

/** Data to take batches from, `[samples, …]`. */
export type Source = tf.Tensor | ByteRows;

/** The batch as tensors of their own: `[rows, …]` of each source. */
export function gatherTensors(sources: Source[], rows: Rows): tf.Tensor[] {
  if (!(rows instanceof Int32Array)) {
    const [from, count] = [rows.from, rowCount(rows)];
    return sources.map((source) => source instanceof ByteRows ? source.tensor(rows) : tf.slice(source, from, count));
  }
  const indices = tf.tensor1d(rows, "int32");
  const batch = sources.map((source) => source instanceof ByteRows ? source.tensor(rows) : tf.gather(source, indices));
  indices.dispose();
  return batch;
}

/** Copies the batch from the sources' memory straight into a program's inputs: no tensor, no allocation. */
export function gatherInto(backend: WasmBackend, sources: Source[], rows: Rows, inputs: Slot[]): void {
  for (let s = 0; s < sources.length; s++) {
    const source = sources[s];
    if (source instanceof ByteRows) {
      source.copyInto(backend.wasm.HEAPF32, inputs[s].offset / 4, rows);
      continue;
    }
    const { shape, dtype, dataId } = source;
    const bytes = bytesOf(shape.slice(1), dtype);
    const base = offsetOf(backend, dataId);
    const to = inputs[s].offset;
    if (!(rows instanceof Int32Array)) {
      backend.wasm.HEAPU8.copyWithin(to, base + rows.from * bytes, base + rows.to * bytes);
    } else if (bytes % 4 !== 0) gatherBytes(backend, base, rows, bytes, to);
    else if (bytes <= 64) gatherShortRows(backend, base, rows, bytes, to);
    else gatherLongRows(backend, base, rows, bytes, to);
  }
}

/** For rows of a few numbers a loop is faster than a call for each. */
function gatherShortRows(backend: WasmBackend, base: number, rows: Int32Array, bytes: number, to: number): void {
  const words = backend.wasm.HEAPF32;
  const width = bytes / 4;
  let out = to / 4;
  for (let i = 0; i < rows.length; i++) {
    const from = base / 4 + rows[i] * width;
    for (let k = 0; k < width; k++) words[out++] = words[from + k];
  }
}

/** For truth values, which take a byte each. */
function gatherBytes(backend: WasmBackend, base: number, rows: Int32Array, bytes: number, to: number): void {
  const heap = backend.wasm.HEAPU8;
  for (let i = 0; i < rows.length; i++) {
    const from = base + rows[i] * bytes;
    heap.copyWithin(to + i * bytes, from, from + bytes);
  }
}

/** Fewer bytes than this are copied sooner by one thread. */
const ALONE = 1 << 15;

/** Memory for row numbers on the heap, as many as were ever needed. */
const numbers = { offset: 0, room: 0 };

function gatherLongRows(backend: WasmBackend, base: number, rows: Int32Array, bytes: number, to: number): void {
  if (rows.length > numbers.room) {
    if (numbers.room > 0) backend.wasm._free(numbers.offset);
    numbers.room = 0;
    numbers.offset = allocate(4 * rows.length);
    numbers.room = rows.length;
  }
  // The view is read after allocating, which may have grown the heap.
  new Int32Array(backend.wasm.HEAPU8.buffer, numbers.offset, rows.length).set(rows);
  const threads = rows.length * bytes < ALONE ? undefined : team();
  if (!threads) return native.copyRows(rows.length, bytes, base, numbers.offset, to);
  threads.run({
    kernel: "copyRows",
    values: [rows.length, bytes, base, numbers.offset, to],
    steps: [0, 0, 0, 4, bytes],
    lengthAt: 0,
    chunk: Math.ceil(rows.length / threads.threads / 4) * 4,
  });
}
