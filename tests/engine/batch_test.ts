import { assertEquals } from "@std/assert";
import "baeum/engine";
import { tf } from "baeum/tensors";
import { gatherInto } from "../../lib/engine/batch.ts";
import { allocate, bytesOf, heapBytes, wasmBackend } from "../../lib/engine/wasm_backend.ts";

/** The batch as it lies on the heap, and the bytes behind it, which nobody may write. */
function gathered(source: tf.Tensor, rows: Int32Array): number[] {
  const shape = [rows.length, ...source.shape.slice(1)];
  const bytes = bytesOf(shape, source.dtype);
  const offset = allocate(bytes + 64);
  heapBytes().fill(170, offset, offset + bytes + 64);
  gatherInto(wasmBackend()!, [source], rows, [{ offset, shape, dtype: source.dtype, size: bytes / 4 }]);
  const behind = heapBytes().slice(offset + bytes, offset + bytes + 64);
  assertEquals(new Set(behind), new Set([170]));
  const copy = heapBytes().slice(offset, offset + bytes).buffer;
  wasmBackend()!.wasm._free(offset);
  return source.dtype === "bool" ? [...new Uint8Array(copy)] : [...new Float32Array(copy)];
}

for (const width of [1, 16, 17, 30, 784]) {
  Deno.test(`a batch of rows of ${width} numbers is the rows that were asked for, in their order`, () => {
    const values = Float32Array.from({ length: 50 * width }, (_, i) => i);
    const source = tf.tensor2d(values, [50, width]);
    for (const count of [0, 1, 3, 4, 7, 64, 130]) {
      // Rows come twice, too, as in sampling with replacement.
      const rows = Int32Array.from({ length: count }, (_, i) => (i * 37 + 49) % 50);
      const wanted = [...rows].flatMap((row) => [...values.subarray(row * width, (row + 1) * width)]);
      assertEquals(gathered(source, rows), wanted);
    }
  });
}

Deno.test("a batch of truth values, which take a byte each, is the rows that were asked for", () => {
  const source = tf.tensor2d([[true, false, true], [false, false, true], [true, true, true]], [3, 3], "bool");
  assertEquals(gathered(source, Int32Array.of(2, 0)), [1, 1, 1, 1, 0, 1]);
});
