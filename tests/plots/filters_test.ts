import { assert, assertEquals, assertThrows } from "@std/assert";
import { plotFilters } from "baeum/plots";
import { tf } from "baeum/tensors";
import { assertSnapshot } from "./snapshot.ts";

Deno.test("Filters of one channel are blue where they are positive and vermilion where they are negative", async () => {
  const across = tf.tensor2d([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]);
  const kernel = tf.stack([across, across.transpose(), tf.zeros([3, 3])], -1).expandDims(2);
  const figure = plotFilters(kernel, { title: "가장자리", names: ["세로", "가로", "없음"] });
  assertEquals(figure.alt, "가장자리. 3 filters of 3 × 3 weights over 1 channel, between -2 and 2.");
  await assertSnapshot(figure, "filters");
});

Deno.test("Filters of three channels are pictures in red, green and blue", async () => {
  const kernel = tf.tensor4d(Array.from({ length: 3 * 3 * 3 * 4 }, (_, i) => Math.sin(i)), [3, 3, 3, 4]);
  await assertSnapshot(plotFilters(kernel, { columns: 2 }), "filters_colour");
});

Deno.test("Each filter is stretched by itself: ten times the weights are the same picture", () => {
  const images = (kernel: tf.Tensor) => plotFilters(kernel).svg.match(/base64,[^"]+/g);
  const kernel = tf.tensor4d([-1, 0, 0.5, 1], [2, 2, 1, 1]);
  assertEquals(images(kernel), images(kernel.mul(10)));
});

Deno.test("Kernels that are no picture, empty or not finite are refused", () => {
  assertThrows(() => plotFilters(tf.zeros([3, 3, 32, 64])), RangeError, "Received: [3, 3, 32, 64]");
  assertThrows(() => plotFilters(tf.zeros([3, 3])), RangeError, "Received: [3, 3]");
  assertThrows(() => plotFilters(tf.zeros([3, 3, 1, 0])), RangeError, "Received: [3, 3, 1, 0]");
  assertThrows(() => plotFilters(tf.tensor4d([NaN], [1, 1, 1, 1])), RangeError, "no finite number");
  assertThrows(() => plotFilters(tf.zeros([1, 1, 1, 2]), { names: ["a"] }), RangeError, "Received: 1");
  assert(plotFilters(tf.zeros([1, 1, 1, 1])).alt.startsWith("1 filter of 1 × 1"));
});
