import { assertEquals } from "@std/assert";
import { tf } from "baeum/tensors";
import { compare, compareWithDifferences, numbers } from "./reference.ts";

type Size2 = [number, number];
type Size3 = [number, number, number];

const flat: {
  shape: [number, number, number, number];
  window: Size2;
  strides: Size2;
  pad: "same" | "valid" | number;
}[] = [
  { shape: [2, 6, 8, 4], window: [2, 2], strides: [2, 2], pad: "valid" },
  { shape: [2, 7, 5, 3], window: [2, 2], strides: [2, 2], pad: "same" },
  { shape: [1, 7, 5, 9], window: [3, 3], strides: [1, 1], pad: "same" },
  { shape: [3, 7, 9, 5], window: [3, 2], strides: [2, 1], pad: "valid" },
  { shape: [2, 6, 6, 2], window: [3, 3], strides: [2, 2], pad: 1 },
  { shape: [1, 1, 1, 1], window: [1, 1], strides: [1, 1], pad: "valid" },
  { shape: [0, 4, 4, 2], window: [2, 2], strides: [2, 2], pad: "valid" },
];

Deno.test("pooling agrees with tfjs' CPU backend for windows, strides and paddings of every kind", async () => {
  for (const { shape, window, strides, pad } of flat) {
    const title = `${shape} ${window} ${strides} ${pad}`;
    await compare(`max ${title}`, () => tf.maxPool(numbers(shape) as tf.Tensor4D, window, strides, pad));
    await compare(`average ${title}`, () => tf.avgPool(numbers(shape) as tf.Tensor4D, window, strides, pad));
  }
  const solid = { shape: [2, 4, 5, 6, 3], window: [2, 2, 3] as Size3, strides: [2, 1, 2] as Size3 };
  for (const pad of ["same", "valid"] as const) {
    const x = () => numbers(solid.shape) as tf.Tensor5D;
    await compare(`max 3-D ${pad}`, () => tf.maxPool3d(x(), solid.window, solid.strides, pad));
    await compare(`average 3-D ${pad}`, () => tf.avgPool3d(x(), solid.window, solid.strides, pad));
  }
});

Deno.test("max pooling's gradient agrees with tfjs' CPU backend", async () => {
  for (const { shape, window, strides, pad } of flat) {
    if (shape[0] === 0) continue;
    const run = (x: tf.Tensor) => tf.square(tf.maxPool(x as tf.Tensor4D, window, strides, pad));
    await compare(`${shape} ${window} ${strides} ${pad}`, () => tf.grad(run)(numbers(shape)));
  }
  for (const pad of ["same", "valid"] as const) {
    const run = (x: tf.Tensor) => tf.square(tf.maxPool3d(x as tf.Tensor5D, 2, 2, pad));
    await compare(`3-D ${pad}`, () => tf.grad(run)(numbers([2, 3, 4, 5, 3])));
  }
});

Deno.test("average pooling's gradient is what differences show, also for windows that reach over the edge", () => {
  for (const { shape, window, strides, pad } of flat) {
    if (shape[0] === 0) continue;
    const x = numbers([1, ...shape.slice(1)]);
    const run = (x: tf.Tensor) => tf.avgPool(x as tf.Tensor4D, window, strides, pad);
    compareWithDifferences(`${shape} ${window} ${strides} ${pad}`, run, [x]);
  }
  for (const pad of ["same", "valid"] as const) {
    const run = (x: tf.Tensor) => tf.avgPool3d(x as tf.Tensor5D, 2, 2, pad);
    compareWithDifferences(`3-D ${pad}`, run, [numbers([1, 3, 4, 5, 2])]);
  }
});

Deno.test("of equal numbers in a window the first gets max pooling's gradient, as in TensorFlow", () => {
  const gradient = tf.grad((x) => tf.maxPool(x as tf.Tensor4D, 2, 2, "valid"))(tf.ones([1, 2, 2, 1]));
  assertEquals([...gradient.dataSync()], [1, 0, 0, 0]);
});

Deno.test("a NaN in a window is its largest", () => {
  const pooled = tf.maxPool(tf.tensor4d([1, NaN, 3, 4], [1, 2, 2, 1]), 2, 2, "valid");
  assertEquals([...pooled.dataSync()], [NaN]);
});
