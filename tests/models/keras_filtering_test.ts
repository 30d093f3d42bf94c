import { assertEquals, assertThrows } from "@std/assert";
import { layers } from "baeum/models";
import { tf } from "baeum/tensors";
import { peerTest } from "../peers.ts";
import { assertNear, type LayerCase, layersLikeKeras, numbers } from "./like_keras.ts";

const { conv1dTranspose, conv2dTranspose, conv3dTranspose } = layers;
const { depthwiseConv1d, depthwiseConv2d, separableConv1d, separableConv2d } = layers;

const transposed: LayerCase[] = [
  { title: "one dimension", make: () => conv1dTranspose({ filters: 3, kernelSize: 3 }), shape: [2, 5, 2] },
  {
    title: "one dimension, same, strides 2",
    make: () => conv1dTranspose({ filters: 3, kernelSize: 4, strides: 2, padding: "same", activation: "relu" }),
    shape: [2, 5, 2],
  },
  {
    title: "one dimension with output padding",
    make: () => conv1dTranspose({ filters: 2, kernelSize: 3, strides: 3, outputPadding: 1, useBias: false }),
    shape: [2, 4, 2],
  },
  {
    title: "one dimension, strides longer than the window",
    make: () => conv1dTranspose({ filters: 2, kernelSize: 2, strides: 3 }),
    shape: [2, 4, 2],
  },
  { title: "two dimensions", make: () => conv2dTranspose({ filters: 3, kernelSize: 3 }), shape: [2, 4, 5, 2] },
  {
    title: "two dimensions, same, strides 2",
    make: () => conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2, padding: "same", activation: "tanh" }),
    shape: [2, 4, 3, 3],
  },
  {
    title: "two dimensions, same, with output padding",
    make: () => conv2dTranspose({ filters: 2, kernelSize: 3, strides: 2, padding: "same", outputPadding: 0 }),
    shape: [2, 4, 3, 2],
  },
  {
    title: "two dimensions, strides that differ",
    make: () =>
      conv2dTranspose({
        filters: 2,
        kernelSize: [2, 3],
        strides: [2, 3],
        outputPadding: [1, 2],
        kernelRegularizer: "l2",
        biasConstraint: "non_neg",
      }),
    shape: [1, 3, 4, 2],
  },
  { title: "three dimensions", make: () => conv3dTranspose({ filters: 2, kernelSize: 2 }), shape: [1, 3, 2, 3, 2] },
  {
    title: "three dimensions, same, strides 2",
    make: () => conv3dTranspose({ filters: 2, kernelSize: 3, strides: 2, padding: "same", activation: "relu" }),
    shape: [1, 2, 3, 2, 2],
  },
  {
    title: "three dimensions with output padding",
    make: () => conv3dTranspose({ filters: 1, kernelSize: 2, strides: [1, 2, 3], outputPadding: [0, 1, 0] }),
    shape: [2, 2, 2, 2, 2],
  },
];

const depthwise: LayerCase[] = [
  { title: "depthwise 1d", make: () => depthwiseConv1d({ kernelSize: 3 }), shape: [2, 7, 3] },
  {
    title: "depthwise 1d, same, strides 2",
    make: () => depthwiseConv1d({ kernelSize: 3, strides: 2, padding: "same", depthMultiplier: 2, activation: "relu" }),
    shape: [2, 7, 2],
  },
  {
    title: "depthwise 1d, dilated",
    make: () => depthwiseConv1d({ kernelSize: 2, dilationRate: 3, useBias: false }),
    shape: [2, 7, 2],
  },
  { title: "depthwise 2d", make: () => depthwiseConv2d({ kernelSize: 3 }), shape: [2, 5, 6, 3] },
  {
    title: "depthwise 2d, same, strides 2",
    make: () => depthwiseConv2d({ kernelSize: [2, 3], strides: 2, padding: "same", depthMultiplier: 3 }),
    shape: [2, 6, 5, 2],
  },
  {
    title: "depthwise 2d, dilated",
    make: () => depthwiseConv2d({ kernelSize: 2, dilationRate: 2, padding: "same", activation: "sigmoid" }),
    shape: [1, 5, 6, 2],
  },
  {
    title: "depthwise 2d, dilated and strides 2",
    make: () => depthwiseConv2d({ kernelSize: 2, dilationRate: 2, strides: 2, depthwiseRegularizer: "l1" }),
    shape: [1, 6, 7, 2],
  },
  { title: "separable 1d", make: () => separableConv1d({ filters: 4, kernelSize: 3 }), shape: [2, 7, 3] },
  {
    title: "separable 1d, same, strides 2",
    make: () => separableConv1d({ filters: 2, kernelSize: 4, strides: 2, padding: "same", activation: "tanh" }),
    shape: [2, 7, 3],
  },
  {
    title: "separable 1d, dilated",
    make: () => separableConv1d({ filters: 3, kernelSize: 2, dilationRate: 2, depthMultiplier: 2, useBias: false }),
    shape: [2, 7, 2],
  },
  {
    title: "separable 2d",
    make: () => separableConv2d({ filters: 4, kernelSize: 3, activation: "relu" }),
    shape: [2, 5, 6, 3],
  },
  {
    title: "separable 2d, same, strides 2",
    make: () => separableConv2d({ filters: 2, kernelSize: 3, strides: 2, padding: "same", depthMultiplier: 2 }),
    shape: [2, 6, 5, 2],
  },
  {
    title: "separable 2d, dilated, penalized",
    make: () =>
      separableConv2d({
        filters: 2,
        kernelSize: 2,
        dilationRate: 2,
        activation: "softplus",
        pointwiseRegularizer: "l2",
        depthwiseConstraint: "max_norm",
      }),
    shape: [1, 5, 5, 2],
  },
];

/** TensorFlow has no dilated transposed convolutions on the CPU; Keras' own on JAX do. */
const ON_JAX = `
import os
os.environ["KERAS_BACKEND"] = "jax"
import numpy as np, jax, keras
def of(case):
    layer = getattr(keras.layers, case["class"]).from_config(case["config"])
    x = np.array(case["x"], "float32")
    layer.build(x.shape)
    weights = [np.array(w, "float32") for w in case["weights"]]
    def total(weights, x):
        y = layer.stateless_call(weights, [], x)[0]
        return (y * np.array(case["direction"], "float32")[: y.size].reshape(y.shape)).sum(), y
    (gradients, dx), y = jax.grad(total, argnums=(0, 1), has_aux=True)(weights, x)
    return {"y": y.tolist(), "gradients": [g.tolist() for g in [dx, *gradients]]}
answer = [of(case) for case in given]
`;

const dilated = [
  { make: () => conv1dTranspose({ filters: 2, kernelSize: 3, dilationRate: 3 }), shape: [2, 5, 2] },
  {
    make: () => conv2dTranspose({ filters: 2, kernelSize: [2, 3], dilationRate: 2, activation: "elu" }),
    shape: [1, 4, 3, 2],
  },
  {
    make: () => conv2dTranspose({ filters: 2, kernelSize: 3, dilationRate: [1, 2], padding: "same" }),
    shape: [1, 4, 5, 2],
  },
  { make: () => conv3dTranspose({ filters: 1, kernelSize: 2, dilationRate: 2 }), shape: [1, 2, 3, 2, 2] },
];

peerTest("dilated transposed convolutions compute the outputs and gradients of Keras on JAX", async (ask, t) => {
  const direction = numbers(2000, 3);
  const made = dilated.map(({ make, shape }, i) => {
    const layer = make();
    layer.ensureBuilt([null, ...shape.slice(1)]);
    layer.setWeights(layer.weights.map((weight, k) => tf.tensor(numbers(weight.size, 50 + k), weight.shape)));
    return { layer, x: tf.tensor(numbers(shape.reduce((a, b) => a * b), i + 1), shape) };
  });
  const answers = await ask(
    ON_JAX,
    made.map(({ layer, x }) => ({
      class: layer.className,
      config: layer.getConfig(),
      x: x.arraySync(),
      weights: layer.getWeights().map((weight) => weight.arraySync()),
      direction: [...direction],
    })),
  ) as { y: unknown; gradients: unknown[] }[];
  for (const [i, { layer, x }] of made.entries()) {
    await t.step(layer.name, () => {
      let y!: tf.Tensor;
      const { grads } = tf.engine().gradients(
        () => {
          y = tf.keep(layer.run(x, { training: false, losses: [] }) as tf.Tensor);
          return tf.sum(tf.mul(y, tf.tensor(direction.slice(0, y.size), y.shape)));
        },
        [x, ...layer.trainableWeights.map(({ variable }) => variable)],
      );
      assertEquals(layer.computeOutputShape([null, ...x.shape.slice(1)]), [null, ...y.shape.slice(1)]);
      assertNear(y, answers[i].y, 1e-5, "output");
      grads.forEach((gradient, k) => assertNear(gradient, answers[i].gradients[k], 1e-4, `gradient ${k}`));
    });
  }
});

layersLikeKeras("transposed convolutions", transposed);
layersLikeKeras("depthwise and separable convolutions", depthwise);

Deno.test("transposed and depthwise convolutions refuse what they cannot do, by name", () => {
  const options = { filters: 2, kernelSize: 3 };
  assertThrows(() => conv2dTranspose({ ...options, strides: 2, outputPadding: 2 }), RangeError, "outputPadding");
  assertThrows(() => conv2dTranspose({ ...options, strides: 2, dilationRate: 2 }), RangeError, "both");
  assertThrows(() => conv2dTranspose({ ...options, filters: 0 }), RangeError, "filters");
  const even = conv1dTranspose({ filters: 1, kernelSize: 2, strides: 2, padding: "same", outputPadding: 0 });
  assertThrows(() => even.apply(tf.ones([1, 3, 1])), RangeError, "outputPadding 0");
  assertThrows(() => conv3dTranspose(options).apply(tf.ones([1, 3, 3, 2])), RangeError, "depth");
  assertThrows(() => depthwiseConv2d({ kernelSize: 3, depthMultiplier: 0 }), RangeError, "depthMultiplier");
  assertThrows(() => separableConv2d(options).apply(tf.ones([1, 2, 5, 1])), RangeError, "does not fit");
});
