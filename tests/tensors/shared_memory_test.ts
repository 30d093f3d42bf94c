import { assert, assertEquals, assertThrows } from "@std/assert";
import { shareMemory } from "../../lib/tensors/shared_memory.ts";

/** A module that exports `memory` of 2 pages, 5 at most. */
const module = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0],
  ...[5, 4, 1, 1, 2, 5],
  ...[7, 10, 1, 6, 109, 101, 109, 111, 114, 121, 2, 0],
);

Deno.test("shareMemory makes a module's own memory shared and keeps how far it grows", async () => {
  assert(WebAssembly.validate(module));
  const { instance } = await WebAssembly.instantiate(shareMemory(module));
  const memory = instance.exports.memory as WebAssembly.Memory;
  assert(memory.buffer instanceof SharedArrayBuffer);
  assertEquals(memory.buffer.byteLength, 2 * 65536);
  memory.grow(3);
  assertThrows(() => memory.grow(1));
});

Deno.test("shareMemory leaves a module that it is given as it was", () => {
  const before = module.slice();
  shareMemory(module);
  assertEquals(module, before);
});

Deno.test("shareMemory refuses what is no module with a memory", () => {
  assertThrows(() => shareMemory(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)), TypeError, "not a WASM module");
  assertThrows(() => shareMemory(module.subarray(0, 8)), TypeError, "one with 0");
  assertThrows(() => shareMemory(module.subarray(0, 12)), TypeError, "too early");
});
