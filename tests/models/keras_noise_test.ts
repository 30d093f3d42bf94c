import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { type Layer, layers, sequential } from "baeum/models";
import { tf, useBackend } from "baeum/tensors";
import { type LayerCase, layersLikeKeras } from "./like_keras.ts";

const cases: LayerCase[] = [
  { title: "dropout", make: () => layers.dropout({ rate: 0.5 }), shape: [2, 5] },
  {
    title: "dropout with a noise shape",
    make: () => layers.dropout({ rate: 0.5, noiseShape: [null, 1, 5], seed: 3 }),
    shape: [2, 4, 5],
  },
  { title: "dropout of none while training", make: () => layers.dropout({ rate: 0 }), shape: [2, 5], training: true },
  { title: "Gaussian noise", make: () => layers.gaussianNoise({ stddev: 0.5 }), shape: [2, 5] },
  {
    title: "Gaussian noise with a seed",
    make: () => layers.gaussianNoise({ stddev: 0.1, seed: 42 }),
    shape: [2, 3, 4],
  },
  {
    title: "Gaussian noise of none while training",
    make: () => layers.gaussianNoise({ stddev: 0 }),
    shape: [2, 5],
    training: true,
  },
  { title: "Gaussian dropout", make: () => layers.gaussianDropout({ rate: 0.5 }), shape: [2, 5] },
  {
    title: "Gaussian dropout with a seed",
    make: () => layers.gaussianDropout({ rate: 0.1, seed: 7 }),
    shape: [2, 3, 4],
  },
  {
    title: "Gaussian dropout of none while training",
    make: () => layers.gaussianDropout({ rate: 0 }),
    shape: [2, 5],
    training: true,
  },
  { title: "spatial dropout 1d", make: () => layers.spatialDropout1d({ rate: 0.5 }), shape: [2, 5, 3] },
  {
    title: "spatial dropout 1d with a seed",
    make: () => layers.spatialDropout1d({ rate: 0.2, seed: 1 }),
    shape: [2, 5, 3],
  },
  {
    title: "spatial dropout 1d of all while training",
    make: () => layers.spatialDropout1d({ rate: 0 }),
    shape: [2, 5, 3],
    training: true,
  },
  { title: "spatial dropout 2d", make: () => layers.spatialDropout2d({ rate: 0.5 }), shape: [2, 3, 2, 3] },
  {
    title: "spatial dropout 2d, channels first",
    make: () => layers.spatialDropout2d({ rate: 0.5, dataFormat: "channels_first", seed: 3 }),
    shape: [2, 3, 2, 3],
  },
  {
    title: "spatial dropout 2d of none while training",
    make: () => layers.spatialDropout2d({ rate: 0 }),
    shape: [2, 3, 2, 3],
    training: true,
  },
  { title: "spatial dropout 3d", make: () => layers.spatialDropout3d({ rate: 0.5 }), shape: [1, 2, 3, 2, 3] },
  {
    title: "spatial dropout 3d, channels first",
    make: () => layers.spatialDropout3d({ rate: 0.25, dataFormat: "channels_first" }),
    shape: [1, 2, 3, 2, 3],
  },
  {
    title: "spatial dropout 3d of none while training",
    make: () => layers.spatialDropout3d({ rate: 0, seed: 9 }),
    shape: [1, 2, 3, 2, 3],
    training: true,
  },
  ...[true, false].flatMap((training): LayerCase[] => [
    {
      title: `activity regularization l1, training ${training}`,
      make: () => layers.activityRegularization({ l1: 0.1 }),
      shape: [3, 4],
      training,
    },
    {
      title: `activity regularization l2, training ${training}`,
      make: () => layers.activityRegularization({ l2: 0.2 }),
      shape: [2, 3, 4],
      training,
    },
    {
      title: `activity regularization l1 and l2, training ${training}`,
      make: () => layers.activityRegularization({ l1: 0.1, l2: 0.2 }),
      shape: [2, 5],
      training,
    },
  ]),
];

layersLikeKeras("noise and activity regularization", cases);

const train = (layer: Layer, x: tf.Tensor) => layer.apply(x, { training: true });

for (const backend of ["wasm", "cpu"] as const) {
  Deno.test(`Gaussian noise and dropout have the moments of their definition, on ${backend}`, async () => {
    await useBackend(backend);
    const noise = tf.moments(train(layers.gaussianNoise({ stddev: 0.3, seed: 1 }), tf.fill([200, 500], 2)));
    assertAlmostEquals(noise.mean.dataSync()[0], 2, 0.005);
    assertAlmostEquals(noise.variance.dataSync()[0], 0.09, 0.002);
    const factors = tf.moments(train(layers.gaussianDropout({ rate: 0.2, seed: 1 }), tf.fill([200, 500], 2)));
    assertAlmostEquals(factors.mean.dataSync()[0], 2, 0.02);
    assertAlmostEquals(factors.variance.dataSync()[0], 4 * 0.25, 0.02);
    await useBackend("wasm");
  });

  Deno.test(`spatial dropout drops whole channels and scales the others, on ${backend}`, async () => {
    await useBackend(backend);
    const kept = (y: tf.Tensor, axes: number[]) => {
      const [least, most] = [y.min(axes).dataSync(), y.max(axes).dataSync()];
      least.forEach((value, i) => {
        assertEquals(value, most[i], "one channel holds different numbers");
        assert(value === 0 || Math.abs(value - 4 / 3) < 1e-6);
      });
      return least.filter((value) => value > 0).length / least.length;
    };
    const options = { rate: 0.25, seed: 5 };
    const one = kept(train(layers.spatialDropout1d(options), tf.ones([40, 3, 100])), [1]);
    const two = kept(train(layers.spatialDropout2d(options), tf.ones([40, 3, 2, 100])), [1, 2]);
    const first = layers.spatialDropout2d({ ...options, dataFormat: "channels_first" });
    const three = kept(train(first, tf.ones([40, 100, 2, 3])), [2, 3]);
    const four = kept(train(layers.spatialDropout3d(options), tf.ones([40, 2, 1, 2, 100])), [1, 2, 3]);
    const shared = layers.dropout({ ...options, noiseShape: [null, 1, 100] });
    const five = kept(train(shared, tf.ones([40, 3, 100])), [1]);
    for (const share of [one, two, three, four, five]) assertAlmostEquals(share, 0.75, 0.03);
    await useBackend("wasm");
  });
}

Deno.test("each call draws anew, and a seed repeats the sequence", () => {
  const draws = () => {
    const layer = layers.gaussianNoise({ stddev: 1, seed: 11 });
    return [train(layer, tf.zeros([5])).dataSync(), train(layer, tf.zeros([5])).dataSync()];
  };
  const [first, second] = draws();
  assert(first.some((value, i) => value !== second[i]));
  assertEquals(draws(), [first, second]);
});

Deno.test("training with noise is recorded, and a seed repeats it", async () => {
  const losses = async () => {
    const model = sequential({
      layers: [
        layers.inputLayer({ shape: [6, 4] }),
        layers.gaussianNoise({ stddev: 0.2, seed: 1 }),
        layers.spatialDropout1d({ rate: 0.3, seed: 2 }),
        layers.gaussianDropout({ rate: 0.1, seed: 3 }),
        layers.flatten(),
        layers.dense({ units: 1, kernelInitializer: "ones" }),
      ],
    });
    model.compile({ loss: "mse", optimizer: "sgd" });
    const x = tf.randomNormal([32, 6, 4], 0, 1, "float32", 1);
    const { history } = await model.fit(x, x.mean([1, 2]).expandDims(1), {
      epochs: 4,
      batchSize: 8,
      shuffle: false,
      verbose: 0,
    });
    assertEquals(model.explainTraining(), "recorded");
    return history.loss;
  };
  const first = await losses();
  assertEquals(await losses(), first);
});

Deno.test("noise and spatial dropout refuse shares and deviations out of range", () => {
  assertThrows(() => layers.gaussianNoise({ stddev: 1.5 }), RangeError, "from 0 to 1. Received: 1.5");
  assertThrows(() => layers.gaussianDropout({ rate: 1 }), RangeError, "below 1");
  assertThrows(() => layers.dropout({ rate: 0.5, noiseShape: [0] }), RangeError, "noiseShape");
  assertThrows(() => layers.spatialDropout2d({ rate: -0.1 }), RangeError, "from 0 to 1");
  assertThrows(() => layers.spatialDropout1d({ rate: 0.1 }).apply(tf.zeros([2, 3])), RangeError, "3 dimensions");
  assertThrows(() => layers.activityRegularization({ l1: -1 }), RangeError, "negative");
});
