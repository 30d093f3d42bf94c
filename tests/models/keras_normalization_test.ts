import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type Layer, layers, regularizers } from "baeum/models";
import { tf } from "baeum/tensors";
import { peerTest } from "../peers.ts";
import { type LayerCase, layersLikeKeras, numbers } from "./like_keras.ts";

const positive = /variance|stddev/;
type Make = () => Layer;

/** The same layer at prediction and in training. */
const both = (title: string, make: Make, shape: number[]): LayerCase[] =>
  [false, true].map((training) => ({
    title: `${title}${training ? ", training" : ""}`,
    make,
    shape,
    training,
    positive,
  }));

const mask = [[1, 1, 0], [1, 0, 0], [1, 1, 1], [0, 0, 0]];

const batch: LayerCase[] = [
  ...both("batch normalization", () => layers.batchNormalization(), [6, 5]),
  ...both("batch normalization of images", () => layers.batchNormalization({ momentum: 0.9, epsilon: 0.01 }), [
    2,
    3,
    4,
    3,
  ]),
  ...both("batch normalization along axis 1", () => layers.batchNormalization({ axis: 1 }), [3, 4, 5]),
  ...both("batch normalization of images, channels first", () => layers.batchNormalization({ axis: -3 }), [2, 3, 4, 5]),
  ...both("batch normalization without beta", () => layers.batchNormalization({ center: false }), [6, 5]),
  ...both("batch normalization without gamma", () => layers.batchNormalization({ scale: false }), [6, 5]),
  ...both("batch normalization without both", () => layers.batchNormalization({ scale: false, center: false }), [6, 5]),
  ...both(
    "batch normalization with regularizers and constraints",
    () =>
      layers.batchNormalization({
        gammaRegularizer: "l2",
        betaRegularizer: regularizers.l1({ l1: 0.1 }),
        gammaConstraint: "non_neg",
        betaConstraint: "unit_norm",
        betaInitializer: "ones",
        movingMeanInitializer: "ones",
      }),
    [6, 5],
  ),
  ...both("batch normalization, frozen", () => layers.batchNormalization({ trainable: false }), [6, 5]),
  ...both("batch renormalization", () => layers.batchNormalization({ renorm: true, momentum: 0.8 }), [6, 5]),
  ...both(
    "batch renormalization, clipped",
    () =>
      layers.batchNormalization({
        renorm: true,
        renormClipping: { rmin: 0.7, rmax: 1.5, dmax: 0.3 },
        renormMomentum: 0.5,
        axis: 1,
      }),
    [4, 3, 5],
  ),
  ...both(
    "batch renormalization without both",
    () => layers.batchNormalization({ renorm: true, scale: false, center: false }),
    [
      6,
      5,
    ],
  ),
  ...both("batch normalization with a mask", () => layers.batchNormalization(), [4, 3, 5]).map((given) => ({
    ...given,
    mask,
  })),
];

const others: LayerCase[] = [
  { title: "layer normalization", make: () => layers.layerNormalization(), shape: [3, 7] },
  {
    title: "layer normalization of sequences",
    make: () => layers.layerNormalization({ epsilon: 1e-6 }),
    shape: [2, 3, 4],
  },
  { title: "layer normalization along axis 1", make: () => layers.layerNormalization({ axis: 1 }), shape: [2, 3, 4] },
  {
    title: "layer normalization along two axes",
    make: () => layers.layerNormalization({ axis: [1, 2] }),
    shape: [2, 3, 4],
  },
  {
    title: "layer normalization along two axes from the end",
    make: () => layers.layerNormalization({ axis: [-1, -3] }),
    shape: [2, 3, 2, 4],
  },
  {
    title: "layer normalization without beta",
    make: () => layers.layerNormalization({ center: false }),
    shape: [3, 7],
  },
  {
    title: "layer normalization without gamma",
    make: () => layers.layerNormalization({ scale: false }),
    shape: [3, 7],
  },
  {
    title: "layer normalization by the deviation alone",
    make: () => layers.layerNormalization({ rmsScaling: true, scale: false }),
    shape: [2, 3, 4],
  },
  {
    title: "layer normalization with regularizers and constraints",
    make: () =>
      layers.layerNormalization({ gammaRegularizer: "l1", betaRegularizer: "l2", gammaConstraint: "max_norm" }),
    shape: [3, 7],
  },
  { title: "unit normalization", make: () => layers.unitNormalization(), shape: [3, 7] },
  { title: "unit normalization along axis 1", make: () => layers.unitNormalization({ axis: 1 }), shape: [2, 3, 4] },
  {
    title: "unit normalization along two axes",
    make: () => layers.unitNormalization({ axis: [1, -1] }),
    shape: [2, 3, 2, 4],
  },
  { title: "rescaling", make: () => layers.rescaling({ scale: 0.25 }), shape: [2, 3] },
  { title: "rescaling with an offset", make: () => layers.rescaling({ scale: 2, offset: -1.5 }), shape: [2, 3, 4] },
  {
    title: "rescaling by channels",
    make: () => layers.rescaling({ scale: [1, 2, 0.5], offset: [0.1, 0, -1] }),
    shape: [2, 2, 2, 3],
  },
  { title: "normalization", make: () => layers.normalization(), shape: [4, 5], positive },
  { title: "normalization, back", make: () => layers.normalization({ invert: true }), shape: [4, 5], positive },
  {
    title: "normalization along two axes",
    make: () => layers.normalization({ axis: [-1, 1] }),
    shape: [2, 3, 4],
    positive,
  },
  { title: "normalization along axis 1", make: () => layers.normalization({ axis: 1 }), shape: [2, 3, 4], positive },
  {
    title: "normalization of all numbers together",
    make: () => layers.normalization({ axis: null }),
    shape: [2, 3],
    positive,
  },
  {
    title: "normalization by given numbers",
    make: () => layers.normalization({ mean: [1, 2, 3], variance: [4, 1, 0.25] }),
    shape: [2, 3],
  },
  {
    title: "normalization by one given number",
    make: () => layers.normalization({ mean: 0.5, variance: 2, axis: null }),
    shape: [2, 3],
  },
  {
    title: "normalization by given numbers along one of two axes, back",
    make: () => layers.normalization({ mean: [1, 2, 3, 4], variance: [4, 1, 0.25, 2], axis: [1, 2], invert: true }),
    shape: [2, 3, 4],
  },
];

layersLikeKeras("batch normalizations", batch);
layersLikeKeras("other normalizations", others);

peerTest("Normalization adapts to data as Keras' does: whole, in batches, along other axes", async (ask) => {
  const x = tf.tensor(numbers(60, 4), [5, 3, 4]);
  const axes = [-1, 1, [1, 2], null];
  const expected = await ask(
    `
import numpy as np, keras
def of(axis):
    layer = keras.layers.Normalization(axis=axis if axis is None or isinstance(axis, int) else tuple(axis))
    layer.adapt(np.array(given["x"], "float64"))
    return [np.array(layer.adapt_mean).tolist(), np.array(layer.adapt_variance).tolist()]
answer = [of(axis) for axis in given["axes"]]
`,
    { x: x.arraySync(), axes },
  ) as number[][][];
  for (const [i, axis] of axes.entries()) {
    const layer = layers.normalization({ axis });
    for (const data of [x, tf.split(x, [2, 1, 2]), x.arraySync() as number[][][]]) {
      layer.adapt(data);
      const [mean, variance] = layer.getWeights().map((weight) => [...weight.dataSync()]);
      mean.forEach((value, k) => assertAlmostEquals(value, [expected[i][0]].flat(2)[k], 1e-6));
      variance.forEach((value, k) => assertAlmostEquals(value, [expected[i][1]].flat(2)[k], 1e-6));
    }
  }
});

Deno.test("Normalization keeps the digits of numbers that are far from 0 and close together", () => {
  const layer = layers.normalization();
  layer.adapt([[16777216], [16777218], [16777220], [16777222]]);
  assertEquals(layer.getWeights().map((weight) => weight.dataSync()[0]), [16777219, 5, 0].map(Math.fround));
});

Deno.test("Normalization leaves a constant column's numbers finite, and UnitNormalization a vector of zeros", () => {
  const layer = layers.normalization();
  layer.adapt([[1, 3], [1, 5]]);
  assertEquals(layer.apply(tf.tensor2d([[1, 3]])).arraySync(), [[0, -1]]);
  assertEquals(layers.unitNormalization().apply(tf.zeros([1, 3])).arraySync(), [[0, 0, 0]]);
});

Deno.test("normalizations refuse wrong axes, shapes and halves of what belongs together", () => {
  assertThrows(() => layers.batchNormalization({ axis: 3 }).apply(tf.zeros([2, 3])), RangeError, "axis 3");
  assertThrows(() => layers.layerNormalization({ axis: [1, -1] }).apply(tf.zeros([2, 3])), RangeError, "axis [1,-1]");
  assertThrows(() => layers.batchNormalization().ensureBuilt([null, null]), RangeError, "(None, None)");
  assertThrows(() => layers.batchNormalization({ epsilon: -1 }), RangeError, "epsilon");
  assertThrows(
    () => layers.batchNormalization({ renorm: true, renormClipping: { rmin: 2, rmax: 1 } }).apply(tf.zeros([2, 3])),
    RangeError,
    "rmax",
  );
  assertThrows(() => layers.normalization({ mean: [1] }), TypeError, "together");
  assertThrows(() => layers.normalization({ mean: [1, 2], variance: [1] }), RangeError, "(2,) and (1,)");
  assertThrows(() => layers.normalization({ mean: [1], variance: [1] }).adapt([[1]]), Error, "nothing to adapt");
  const built = layers.normalization();
  built.adapt([[1, 2]]);
  assertThrows(() => built.adapt([[1, 2, 3]]), RangeError, "(1, 3)");
  assertThrows(() => layers.rescaling({ scale: "2" as unknown as number }), TypeError, "scale");
});
