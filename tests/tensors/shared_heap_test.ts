import { assert, assertEquals } from "@std/assert";
import { tf } from "baeum/tensors";

Deno.test("tensors lie on shared memory, and what is read of them does not", () => {
  const { wasm } = tf.findBackend("wasm") as unknown as { wasm: { HEAPU8: Uint8Array } };
  assert(wasm.HEAPU8.buffer instanceof SharedArrayBuffer);
  const values = tf.tidy(() => tf.tensor1d([1, 2]).add(1).dataSync());
  assert(values.buffer instanceof ArrayBuffer);
  assertEquals([...values], [2, 3]);
});
