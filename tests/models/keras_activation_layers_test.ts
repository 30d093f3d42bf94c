import { assertEquals, assertThrows } from "@std/assert";
import { layers } from "baeum/models";
import { tf } from "baeum/tensors";
import { type LayerCase, layersLikeKeras } from "./like_keras.ts";

const rectifiers: LayerCase[] = [
  { title: "ReLU", make: () => layers.reLU(), shape: [3, 20] },
  { title: "ReLU with a limit", make: () => layers.reLU({ maxValue: 1 }), shape: [3, 20] },
  { title: "ReLU with the limit 6", make: () => layers.reLU({ maxValue: 6 }), shape: [3, 20] },
  { title: "ReLU with a slope", make: () => layers.reLU({ negativeSlope: 0.1 }), shape: [3, 20] },
  { title: "ReLU with a threshold", make: () => layers.reLU({ threshold: 0.5 }), shape: [3, 20] },
  {
    title: "ReLU with slope and threshold",
    make: () => layers.reLU({ negativeSlope: 0.2, threshold: 0.5 }),
    shape: [3, 20],
  },
  { title: "ReLU with slope and limit", make: () => layers.reLU({ negativeSlope: 0.2, maxValue: 1 }), shape: [3, 20] },
  {
    title: "ReLU with all three",
    make: () => layers.reLU({ maxValue: 1.2, negativeSlope: 0.3, threshold: 0.4 }),
    shape: [2, 5, 4],
  },
  { title: "LeakyReLU", make: () => layers.leakyReLU(), shape: [3, 20] },
  { title: "LeakyReLU, steep", make: () => layers.leakyReLU({ negativeSlope: 1.5 }), shape: [2, 3, 4] },
  { title: "LeakyReLU, flat", make: () => layers.leakyReLU({ negativeSlope: 0 }), shape: [2, 3, 4] },
  { title: "ThresholdedReLU", make: () => layers.thresholdedReLU(), shape: [3, 20] },
  { title: "ThresholdedReLU at 0.25", make: () => layers.thresholdedReLU({ theta: 0.25 }), shape: [3, 20] },
  { title: "ThresholdedReLU at 0", make: () => layers.thresholdedReLU({ theta: 0 }), shape: [2, 3, 4] },
  { title: "PReLU", make: () => layers.prelu(), shape: [3, 20] },
  {
    title: "PReLU with shared axes",
    make: () => layers.prelu({ sharedAxes: [1, 2], alphaInitializer: "ones" }),
    shape: [2, 4, 5, 3],
  },
  { title: "PReLU with one shared axis", make: () => layers.prelu({ sharedAxes: 2 }), shape: [2, 4, 5, 3] },
  {
    title: "PReLU with regularizer and constraint",
    make: () => layers.prelu({ alphaRegularizer: "l2", alphaConstraint: "non_neg", sharedAxes: [1] }),
    shape: [2, 4, 5],
  },
];

const smooth: LayerCase[] = [
  { title: "ELU", make: () => layers.elu(), shape: [3, 20] },
  { title: "ELU, alpha 0.3", make: () => layers.elu({ alpha: 0.3 }), shape: [3, 20] },
  { title: "ELU, alpha 2", make: () => layers.elu({ alpha: 2 }), shape: [2, 3, 4] },
  { title: "softmax", make: () => layers.softmax(), shape: [3, 7] },
  { title: "softmax along the first axis of a sample", make: () => layers.softmax({ axis: 1 }), shape: [2, 4, 3] },
  { title: "softmax along axis −2", make: () => layers.softmax({ axis: -2 }), shape: [2, 2, 5, 3] },
  { title: "softmax along two axes", make: () => layers.softmax({ axis: [1, 2] }), shape: [2, 4, 3] },
  { title: "softmax along one axis in a list", make: () => layers.softmax({ axis: [-1] }), shape: [2, 4, 3] },
];

layersLikeKeras("rectifiers", rectifiers);
layersLikeKeras("ELU and softmax", smooth);

Deno.test("ReLU, LeakyReLU and ThresholdedReLU refuse negative arguments by their names", () => {
  assertThrows(() => layers.reLU({ maxValue: -1 }), RangeError, "maxValue");
  assertThrows(() => layers.reLU({ negativeSlope: -1 }), RangeError, "negativeSlope");
  assertThrows(() => layers.reLU({ threshold: NaN }), RangeError, "threshold");
  assertThrows(() => layers.leakyReLU({ negativeSlope: -0.1 }), RangeError, "negativeSlope");
  assertThrows(() => layers.thresholdedReLU({ theta: -1 }), RangeError, "theta");
});

Deno.test("PReLU refuses a shared axis that a sample does not have, and lengths that are not known", () => {
  assertThrows(() => layers.prelu({ sharedAxes: [0] }).apply(tf.zeros([2, 3])), RangeError, "from 1 to 1");
  assertThrows(() => layers.prelu().ensureBuilt([null, null, 3]), RangeError, "(None, None, 3)");
});

Deno.test("Softmax gives what a mask hides the probability 0, also where it hides everything", () => {
  const mask = tf.tensor2d([[1, 1, 0], [0, 0, 0]], [2, 3], "bool");
  const y = layers.softmax().apply(tf.zeros([2, 3]), { mask });
  assertEquals(y.arraySync(), [[0.5, 0.5, 0], [0, 0, 0]]);
  assertThrows(() => layers.softmax({ axis: 5 }).apply(tf.zeros([2, 3])), RangeError, "no axis 5");
});
