import { assertEquals, assertThrows } from "@std/assert";
import { input, layers, model } from "baeum/models";
import { tf } from "baeum/tensors";
import { type LayerCase, layersLikeKeras } from "./like_keras.ts";

const names = ["add", "multiply", "average", "maximum", "minimum"] as const;

const elementwise: LayerCase[] = [
  ...names.flatMap((name): LayerCase[] => [
    { title: `${name} of two`, make: () => layers[name](), shape: [[3, 4], [3, 4]] },
    { title: `${name} of three`, make: () => layers[name](), shape: [[2, 3, 4], [2, 3, 4], [2, 3, 4]] },
    { title: `${name} of one`, make: () => layers[name](), shape: [[3, 4]] },
    { title: `${name}, stretched`, make: () => layers[name](), shape: [[2, 3, 4], [2, 1, 4], [2, 3, 1]] },
    { title: `${name} of other ranks`, make: () => layers[name](), shape: [[2, 4], [2, 3, 4]] },
  ]),
  { title: "subtract", make: () => layers.subtract(), shape: [[3, 4], [3, 4]] },
  { title: "subtract, stretched", make: () => layers.subtract(), shape: [[2, 1, 4], [2, 3, 4]] },
  { title: "subtract of other ranks", make: () => layers.subtract(), shape: [[2, 3, 4], [2, 4]] },
];

const joining: LayerCase[] = [
  { title: "concatenate", make: () => layers.concatenate(), shape: [[3, 4], [3, 2]] },
  {
    title: "concatenate along 1",
    make: () => layers.concatenate({ axis: 1 }),
    shape: [[2, 3, 4], [2, 1, 4], [2, 2, 4]],
  },
  { title: "concatenate along −2", make: () => layers.concatenate({ axis: -2 }), shape: [[1, 2, 3, 4], [1, 2, 2, 4]] },
  { title: "concatenate one", make: () => layers.concatenate(), shape: [[2, 3]] },
  { title: "dot of vectors", make: () => layers.dot({ axes: 1 }), shape: [[3, 4], [3, 4]] },
  { title: "dot, normalised", make: () => layers.dot({ axes: -1, normalize: true }), shape: [[3, 4], [3, 4]] },
  { title: "dot of sequences", make: () => layers.dot({ axes: [2, 1] }), shape: [[2, 3, 4], [2, 4, 5]] },
  {
    title: "dot of sequences along the last axes, normalised",
    make: () => layers.dot({ axes: [2, 2], normalize: true }),
    shape: [[2, 3, 4], [2, 5, 4]],
  },
  { title: "dot along the first axes", make: () => layers.dot({ axes: 1 }), shape: [[2, 4, 3], [2, 4, 5]] },
  { title: "dot of a sequence and a vector", make: () => layers.dot({ axes: [2, 1] }), shape: [[2, 3, 4], [2, 4]] },
  { title: "dot of a vector and a sequence", make: () => layers.dot({ axes: [1, 2] }), shape: [[2, 4], [2, 3, 4]] },
  { title: "dot of images", make: () => layers.dot({ axes: [3, 1] }), shape: [[2, 2, 3, 4], [2, 4, 2, 3]] },
];

layersLikeKeras("merges number by number", elementwise);
layersLikeKeras("merges that join and multiply", joining);

Deno.test("merges refuse inputs whose shapes do not fit, and name the shapes", () => {
  const [a, b] = [input({ shape: [3] }), input({ shape: [4] })];
  assertThrows(() => layers.add().apply([a, b]), RangeError, "(None, 3) and (None, 4)");
  assertThrows(() => layers.concatenate({ axis: 1 }).apply([a, input({ shape: [3, 3] })]), RangeError, "axis 1");
  assertThrows(() => layers.subtract().apply([a, a, a]), RangeError, "two inputs. Received: 3");
  assertThrows(() => layers.dot({ axes: 1 }).apply([a, b]), RangeError, "same length");
  assertThrows(() => layers.dot({ axes: 0 }), RangeError, "the batch");
});

Deno.test("a model with merges of two inputs predicts what its parts compute", () => {
  const [a, b] = [input({ shape: [3] }), input({ shape: [3] })];
  const sum = layers.add().apply([a, b]);
  const product = layers.multiply().apply([a, b]);
  const both = model({ inputs: [a, b], outputs: layers.concatenate().apply([sum, product]) });
  const y = both.apply([tf.tensor2d([[1, 2, 3]]), tf.tensor2d([[4, 5, 6]])]);
  assertEquals(y.arraySync(), [[5, 7, 9, 4, 10, 18]]);
});
