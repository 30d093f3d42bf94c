import { assertThrows } from "@std/assert";
import { tf } from "baeum/tensors";
import { compare, numbers } from "./reference.ts";

Deno.test("slices agree with tfjs' CPU backend, of every dtype and rank", async () => {
  const cases: [shape: number[], begin: number[], size: number[]][] = [
    [[7], [2], [3]],
    [[5, 4], [1, 0], [3, 4]],
    [[5, 4], [1, 1], [3, -1]],
    [[3, 4, 5], [1, 1, 1], [2, 2, 3]],
    [[2, 3, 4, 5], [0, 1, 1, 2], [2, 2, 2, 3]],
    [[2, 3, 2, 3, 2], [1, 0, 1, 1, 0], [1, 2, 1, 2, 1]],
    [[3, 2, 3, 2, 3, 2], [1, 1, 1, 0, 1, 1], [2, 1, 2, 1, 2, 1]],
    [[4, 3], [1, 1], [0, 2]],
    [[100, 300], [10, 7], [50, 200]],
  ];
  for (const [shape, begin, size] of cases) {
    await compare(`[${shape}] ${begin} ${size}`, () => tf.slice(numbers(shape), begin, size));
    await compare(`bool [${shape}]`, () => tf.slice(numbers(shape).greater(0), begin, size));
    await compare(`int32 [${shape}]`, () => tf.slice(numbers(shape).mul(10).toInt(), begin, size));
  }
  assertThrows(() => tf.slice(numbers([4]), [3], [2]));
});

Deno.test("concatenation and splitting agree with tfjs' CPU backend along every axis", async () => {
  for (const shape of [[6], [4, 6], [2, 4, 6], [2, 2, 4, 2]]) {
    for (let axis = 0; axis < shape.length; axis++) {
      const other = shape.with(axis, 3);
      await compare(
        `concat [${shape}] ${axis}`,
        () => tf.concat([numbers(shape), numbers(other, 2), numbers(shape.with(axis, 0)), numbers(shape, 3)], axis),
      );
      await compare(`split [${shape}] ${axis}`, () => tf.split(numbers(shape), 2, axis));
      await compare(`split by sizes [${shape}] ${axis}`, () => tf.split(numbers(shape), [1, shape[axis] - 1], axis));
    }
  }
  await compare("one piece", () => tf.split(numbers([3, 2]), 1, 0));
  await compare("bool", () => tf.concat([numbers([2, 3]).greater(0), numbers([2, 3], 2).less(0)], 1));
  await compare("unstacked", () => tf.unstack(numbers([3, 4, 2]), 1));
});

Deno.test("padding agrees with tfjs' CPU backend", async () => {
  await compare("1-D", () => tf.pad(numbers([4]), [[2, 1]], 7));
  await compare("2-D", () => tf.pad(numbers([3, 4]), [[0, 1], [2, 0]]));
  await compare("4-D", () => tf.pad(numbers([2, 3, 4, 5]), [[0, 0], [1, 2], [2, 1], [0, 0]], -1));
  await compare("all axes", () => tf.pad(numbers([2, 3, 4, 5]), [[1, 0], [1, 2], [2, 1], [0, 1]]));
});

Deno.test("transposes agree with tfjs' CPU backend for every order of axes", async () => {
  const orders = (axes: number[]): number[][] =>
    axes.length < 2 ? [axes] : axes.flatMap((axis, i) => orders(axes.toSpliced(i, 1)).map((rest) => [axis, ...rest]));
  for (const shape of [[5], [3, 4], [2, 3, 4], [2, 3, 1, 4], [1, 1, 3], [2, 0, 3]]) {
    for (const perm of orders(shape.map((_, i) => i))) {
      await compare(`[${shape}] ${perm}`, () => tf.transpose(numbers(shape), perm));
    }
  }
  await compare("five axes", () => tf.transpose(numbers([2, 3, 2, 3, 2]), [4, 2, 0, 3, 1]));
});
