import { assertEquals, assertThrows } from "@std/assert";
import { tf } from "baeum/tensors";
import { compare, numbers } from "./reference.ts";

Deno.test("gather agrees with tfjs' CPU backend along every axis", async () => {
  for (const shape of [[5], [5, 3], [4, 5, 2], [5, 1, 4]]) {
    for (let axis = 0; axis < shape.length; axis++) {
      const n = shape[axis];
      for (const indices of [[0], [n - 1, 0, 0], []]) {
        await compare(
          `[${shape}] ${axis} ${indices}`,
          () => tf.gather(numbers(shape), tf.tensor1d(indices, "int32"), axis),
        );
      }
      const picked = () => tf.tensor2d([0, n - 1, n - 1, 0], [2, 2], "int32");
      await compare(`[${shape}] ${axis} by a matrix`, () => tf.gather(numbers(shape), picked(), axis));
    }
  }
  await compare("int32", () => tf.gather(tf.range(0, 12, 1, "int32").reshape([4, 3]), tf.tensor1d([3, 1], "int32")));
});

Deno.test("gather refuses an index outside the axis", () => {
  const x = numbers([4, 2]);
  for (const index of [-1, 4]) {
    assertThrows(() => tf.gather(x, tf.tensor1d([0, index], "int32")), RangeError, "outside 0 … 3");
  }
});

Deno.test("the gradient of gather adds up rows that were taken several times", async () => {
  for (const width of [1, 3, 4, 9]) {
    await compare(`width ${width}`, () => {
      const ids = tf.tensor1d([2, 0, 2, 2, 4], "int32");
      return tf.grad((x) => tf.square(tf.gather(x, ids)))(numbers([5, width]));
    });
  }
});

Deno.test("unsortedSegmentSum agrees with tfjs' CPU backend and leaves out ids outside the range", async () => {
  const ids = () => tf.tensor1d([1, 0, 1, 3, -1, 7], "int32");
  await compare("segments", () => tf.unsortedSegmentSum(numbers([6, 3, 2]), ids(), 4));
  assertEquals([...tf.unsortedSegmentSum(tf.ones([6]), ids(), 2).dataSync()], [1, 2]);
});
