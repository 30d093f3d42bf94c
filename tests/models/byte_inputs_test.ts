import { assert, assertEquals, assertThrows } from "@std/assert";
import { bytes, layers, sequential } from "baeum/models";
import { tf, useBackend } from "baeum/tensors";
import "../seeded.ts";

const pixels = Uint8Array.from({ length: 37 * 12 }, (_, i) => (i * i * 7 + i) % 256);
const classes = Array.from({ length: 37 }, (_, i) => i % 3);

async function train(x: tf.Tensor | ReturnType<typeof bytes>) {
  const model = sequential({
    layers: [
      layers.dense({ units: 5, activation: "tanh", inputShape: [12], kernelInitializer: "ones" }),
      layers.dense({ units: 3, activation: "softmax" }),
    ],
  });
  model.setWeights(
    model.weights.map((weight, i) => tf.linspace(-0.5, 0.4 + i / 10, weight.size).reshape(weight.shape)),
  );
  model.compile({ loss: "sparse_categorical_crossentropy", optimizer: "adam", metrics: ["accuracy"] });
  const { history } = await model.fit(x, classes, {
    batchSize: 8,
    epochs: 4,
    shuffle: false,
    validationSplit: 0.2,
    verbose: 0,
  });
  const evaluated = await model.evaluate(x, classes);
  return { history, evaluated, predicted: [...model.predict(x).dataSync()], how: model.explainTraining() };
}

for (const backend of ["wasm", "cpu"] as const) {
  Deno.test(`bytes that become numbers in the batch train as the numbers do, on ${backend}`, async () => {
    await useBackend(backend);
    const numbers = tf.tensor2d(Float32Array.from(pixels, (byte) => byte / 255 - 0.5), [37, 12]);
    const scaled = bytes(pixels, { shape: [12], scale: 1 / 255, offset: -0.5 });
    const [expected, got] = [await train(numbers), await train(scaled)];
    assertEquals(Object.keys(got.history), Object.keys(expected.history));
    for (const name in expected.history) {
      expected.history[name].forEach((value, epoch) => assert(Math.abs(got.history[name][epoch] - value) < 1e-6));
    }
    expected.evaluated.forEach((value, i) => assert(Math.abs(got.evaluated[i] - value) < 1e-6));
    expected.predicted.forEach((value, i) => assert(Math.abs(got.predicted[i] - value) < 1e-6));
    assertEquals(got.how, expected.how);
    await useBackend("wasm");
  });
}

Deno.test("shuffled bytes keep their targets: a model learns the byte that it is shown", async () => {
  const x = bytes(Uint8Array.from({ length: 64 }, (_, i) => i * 4), { shape: [1], scale: 1 / 255 });
  const y = tf.tensor2d(Array.from({ length: 64 }, (_, i) => [i * 4 / 255]));
  const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });
  model.compile({ loss: "mse", optimizer: "sgd" });
  model.optimizer.learningRate = 0.3;
  const { history } = await model.fit(x, y, { batchSize: 8, epochs: 60, verbose: 0 });
  assert(history.loss.at(-1)! < 1e-6, `${history.loss.at(-1)}`);
});

Deno.test("bytes that are no whole number of samples are refused, with both sizes", () => {
  assertThrows(
    () => bytes(pixels, { shape: [13] }),
    RangeError,
    "444 bytes are no whole number of rows of the shape [13]",
  );
  assertThrows(() => bytes(pixels, { shape: [0] }), RangeError);
});
