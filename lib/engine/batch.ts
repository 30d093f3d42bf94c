import * as tf from "@tensorflow/tfjs";
import { ByteRows } from "./byte_rows.ts";
import { rowCount, type Rows } from "./rows.ts";
import type { Slot } from "./program.ts";
import { bytesOf, offsetOf, type WasmBackend } from "./wasm_backend.ts";

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
  const { HEAPU8: heap } = backend.wasm;
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
    if (!(rows instanceof Int32Array)) heap.copyWithin(to, base + rows.from * bytes, base + rows.to * bytes);
    else if (bytes <= 64 && bytes % 4 === 0) gatherShortRows(backend, base, rows, bytes, to);
    else {
      for (let i = 0; i < rows.length; i++) {
        const from = base + rows[i] * bytes;
        heap.copyWithin(to + i * bytes, from, from + bytes);
      }
    }
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
