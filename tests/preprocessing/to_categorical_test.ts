import { assertEquals, assertThrows } from "@std/assert";
import { toCategorical } from "baeum/preprocessing";
import { tf } from "baeum/tensors";

Deno.test("toCategorical gives the same rows for arrays, typed arrays and tensors, one-column tensors too", () => {
  const rows = [[0, 0, 1], [1, 0, 0]];
  for (const y of [[2, 0], new Uint8Array([2, 0]), tf.tensor1d([2, 0], "int32"), tf.tensor2d([[2], [0]])]) {
    const result = toCategorical(y);
    assertEquals([result.dtype, result.arraySync()], ["float32", rows]);
  }
});

Deno.test("toCategorical makes as many columns as it is told, classes that do not occur included", () => {
  assertEquals(toCategorical([1], 4).arraySync(), [[0, 1, 0, 0]]);
  assertEquals(toCategorical([], 3).shape, [0, 3]);
});

Deno.test("toCategorical refuses classes that are negative, fractional, not numbers, or beyond numClasses", () => {
  assertThrows(() => toCategorical([0, -1]), RangeError, "Received: -1 at position 1");
  assertThrows(() => toCategorical([0.5]), RangeError, "Received: 0.5 at position 0");
  assertThrows(() => toCategorical(tf.tensor1d([NaN])), RangeError, "Received: NaN");
  assertThrows(() => toCategorical([3], 3), RangeError, "below numClasses = 3. Received: 3");
});

Deno.test("toCategorical refuses a width it cannot make, and rows it would have to flatten", () => {
  assertThrows(() => toCategorical([0], 0), RangeError, "numClasses is a whole number from 1. Received: 0");
  assertThrows(() => toCategorical([]), RangeError, "no classes to count");
  assertThrows(() => toCategorical(tf.zeros([2, 3])), RangeError, "Received: [2, 3]");
});
