import { assert, assertEquals } from "@std/assert";
import { type Layer, layers } from "baeum/models";
import { tf, useBackend } from "baeum/tensors";
import { peerTest } from "../peers.ts";

/** Makes each layer from its config, gives it our weights, and tells output, gradients and config. */
const KERAS = `
import numpy as np, keras, tensorflow as tf
def of(case):
    layer = getattr(keras.layers, case["class"]).from_config(case["config"])
    x = tf.constant(np.array(case["x"], "float32"))
    layer.build(x.shape)
    layer.set_weights([np.array(w, "float32") for w in case["weights"]])
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = layer(x, training=False)
        total = tf.reduce_sum(y * tf.constant(np.array(case["direction"], "float32")[: int(np.prod(y.shape))].reshape(y.shape)))
    gradients = tape.gradient(total, [x, *[w.value for w in layer.trainable_weights]])
    return {"y": y.numpy().tolist(), "gradients": [g.numpy().tolist() for g in gradients], "config": layer.get_config()}
answer = [of(case) for case in given]
`;

interface Answer {
  y: unknown;
  gradients: unknown[];
  config: Record<string, unknown>;
}

/** A layer and the shape of an input, batch included. */
type Case = [title: string, make: () => Layer, shape: number[]];

const cases: Case[] = [
  ["dense", () => layers.dense({ units: 5 }), [3, 4]],
  ["dense on sequences", () => layers.dense({ units: 5, activation: "tanh" }), [2, 3, 4]],
  ["dense without bias", () => layers.dense({ units: 2, useBias: false, activation: "relu" }), [3, 7]],
  ["dense with softmax", () => layers.dense({ units: 6, activation: "softmax" }), [3, 4]],
  ["flatten", () => layers.flatten(), [2, 3, 4]],
  ...([
    "relu",
    "elu",
    "selu",
    "gelu",
    "silu",
    "mish",
    "softplus",
    "softsign",
    "hardSigmoid",
    "hardSilu",
    "exponential",
  ] as const)
    .map((activation): Case => [`activation ${activation}`, () => layers.activation({ activation }), [3, 50]]),
  ...(["leakyRelu", "relu6", "hardTanh", "logSoftmax", "logSigmoid", "softmax", "tanh", "sigmoid", "linear"] as const)
    .map((activation): Case => [`activation ${activation}`, () => layers.activation({ activation }), [3, 50]]),
  ["conv1d", () => layers.conv1d({ filters: 4, kernelSize: 3 }), [2, 9, 3]],
  [
    "conv1d, causal and dilated",
    () => layers.conv1d({ filters: 2, kernelSize: 3, padding: "causal", dilationRate: 2 }),
    [2, 9, 3],
  ],
  [
    "conv1d, same, strides 2",
    () => layers.conv1d({ filters: 4, kernelSize: 4, padding: "same", strides: 2, activation: "relu" }),
    [2, 9, 3],
  ],
  ["conv1d, causal, strides 2", () => layers.conv1d({ filters: 4, kernelSize: 3, padding: "causal", strides: 2 }), [
    2,
    9,
    3,
  ]],
  ["conv2d", () => layers.conv2d({ filters: 4, kernelSize: 3, activation: "relu" }), [2, 7, 6, 3]],
  ["conv2d, same", () => layers.conv2d({ filters: 3, kernelSize: [2, 4], padding: "same", activation: "tanh" }), [
    2,
    7,
    6,
    2,
  ]],
  ["conv2d, strides", () => layers.conv2d({ filters: 3, kernelSize: 3, strides: [2, 3], useBias: false }), [
    2,
    8,
    9,
    2,
  ]],
  ["conv2d, same and strides", () => layers.conv2d({ filters: 3, kernelSize: 3, strides: 2, padding: "same" }), [
    2,
    8,
    7,
    2,
  ]],
  ["conv2d, dilated", () => layers.conv2d({ filters: 2, kernelSize: 3, dilationRate: 2, activation: "sigmoid" }), [
    1,
    8,
    9,
    2,
  ]],
  ["conv2d, grouped", () => layers.conv2d({ filters: 6, kernelSize: 3, groups: 2 }), [2, 6, 6, 4]],
  ["conv2d of one pixel", () => layers.conv2d({ filters: 5, kernelSize: 1, activation: "elu" }), [2, 4, 5, 3]],
  ["conv3d", () => layers.conv3d({ filters: 2, kernelSize: 2, activation: "relu" }), [1, 4, 5, 4, 2]],
  ["conv3d, same, strides 2", () => layers.conv3d({ filters: 2, kernelSize: 3, padding: "same", strides: 2 }), [
    1,
    4,
    5,
    4,
    2,
  ]],
  ["conv3d, without bias", () => layers.conv3d({ filters: 3, kernelSize: [1, 2, 3], useBias: false }), [2, 3, 4, 5, 1]],
  ...(["max", "average"] as const).flatMap((kind): Case[] => [
    [`${kind} pooling 1d`, () => layers[`${kind}Pooling1d`](), [2, 9, 3]],
    [
      `${kind} pooling 1d, same, strides`,
      () => layers[`${kind}Pooling1d`]({ poolSize: 3, strides: 2, padding: "same" }),
      [2, 9, 3],
    ],
    [`${kind} pooling 1d, overlapping`, () => layers[`${kind}Pooling1d`]({ poolSize: 3, strides: 1 }), [2, 9, 3]],
    [`${kind} pooling 2d`, () => layers[`${kind}Pooling2d`](), [2, 6, 7, 3]],
    [`${kind} pooling 2d, same`, () => layers[`${kind}Pooling2d`]({ poolSize: 3, padding: "same" }), [2, 7, 8, 2]],
    [`${kind} pooling 2d, overlapping`, () => layers[`${kind}Pooling2d`]({ poolSize: [2, 3], strides: 1 }), [
      2,
      5,
      6,
      2,
    ]],
    [`${kind} pooling 3d`, () => layers[`${kind}Pooling3d`](), [1, 4, 5, 6, 2]],
    [`${kind} pooling 3d, same`, () => layers[`${kind}Pooling3d`]({ poolSize: 3, strides: 2, padding: "same" }), [
      1,
      5,
      4,
      5,
      1,
    ]],
    [`${kind} pooling 3d, overlapping`, () => layers[`${kind}Pooling3d`]({ poolSize: 2, strides: 1 }), [1, 3, 4, 3, 2]],
  ]),
];

/** Numbers without ties, so that the largest of a window is one. */
function numbers(count: number, seed: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => Math.sin(seed * 12.9898 + i * 78.233) * 1.7);
}

function compare(actual: tf.Tensor, expected: unknown, tolerance: number, what: string): void {
  const values = (Array.isArray(expected) ? expected.flat(Infinity) : [expected]) as number[];
  assertEquals(actual.size, values.length, what);
  actual.dataSync().forEach((value, i) => {
    assert(
      Math.abs(value - values[i]) <= tolerance * Math.max(1, Math.abs(values[i])),
      `${what} [${i}]: ${value}, Keras ${values[i]}`,
    );
  });
}

/** What tfjs' plain JavaScript backend cannot do, or does wrong: gradients of dilated convolutions and of padded means. */
const wasmOnly = /dilated|^average pooling .*same/;

for (const backend of ["wasm", "cpu"] as const) {
  peerTest(`layers compute Keras' outputs and gradients and have Keras' configs, on ${backend}`, async (ask, t) => {
    await useBackend(backend);
    const direction = [...numbers(600, 3)];
    const made = cases.filter(([title]) => backend === "wasm" || !wasmOnly.test(title)).map(
      ([title, make, shape], i) => {
        const layer = make();
        const x = tf.tensor(numbers(shape.reduce((a, b) => a * b), i + 1), shape);
        layer.ensureBuilt([null, ...shape.slice(1)]);
        layer.setWeights(layer.weights.map((weight, k) => tf.tensor(numbers(weight.size, 50 + k), weight.shape)));
        return { title, layer, x };
      },
    );
    const answers = await ask(
      KERAS,
      made.map(({ layer, x }) => ({
        class: layer.className,
        config: layer.getConfig(),
        x: x.arraySync(),
        weights: layer.getWeights().map((weight) => weight.arraySync()),
        direction,
      })),
    ) as Answer[];
    for (const [i, { title, layer, x }] of made.entries()) {
      await t.step(title, () => {
        const expected = answers[i];
        const variables = layer.trainableWeights.map(({ variable }) => variable);
        let y!: tf.Tensor;
        const { grads } = tf.engine().gradients(
          () => {
            y = tf.keep(layer.run(x, { training: false, losses: [] }) as tf.Tensor);
            return tf.sum(tf.mul(y, tf.tensor(direction.slice(0, y.size), y.shape)));
          },
          [x, ...variables],
          undefined,
          true,
        );
        assertEquals(layer.computeOutputShape([null, ...x.shape.slice(1)]), [null, ...y.shape.slice(1)]);
        compare(y, expected.y, 1e-5, "output");
        grads.forEach((gradient, k) => compare(gradient, expected.gradients[k], 1e-4, `gradient ${k}`));
        assertEquals(JSON.parse(JSON.stringify(layer.getConfig())), expected.config);
      });
    }
    await useBackend("wasm");
  });
}
