import { assert, assertEquals } from "@std/assert";
import { layers, optimizers, sequential } from "baeum/models";
import { tf, useBackend } from "baeum/tensors";
import { peerTest } from "../peers.ts";

/** Words that come several times in a batch, through an embedding and a convolution. */
const KERAS = `
import numpy as np, keras
from keras import layers
def train(case):
    regularizer = "l2" if case["regularized"] else None
    model = keras.Sequential([layers.Input((6,)), layers.Embedding(9, 4, embeddings_regularizer=regularizer),
        layers.Conv1D(3, 2, activation="relu"), layers.GlobalMaxPooling1D(), layers.Dense(1)])
    model.set_weights([np.array(w, "float32") for w in given["weights"]])
    optimizer = keras.optimizers.get({"class_name": case["optimizer"], "config": {"learning_rate": 0.02, **case["options"]}})
    model.compile(optimizer=optimizer, loss="mse")
    return model.fit(np.array(given["x"]), np.array(given["y"], "float32"), batch_size=8, epochs=5, shuffle=False, verbose=0).history["loss"]
answer = [train(case) for case in given["cases"]]
`;

interface Case {
  optimizer: string;
  options: Record<string, number | boolean>;
  make: () => optimizers.Optimizer;
  regularized?: boolean;
}

const rate = { learningRate: 0.02 };
const cases: Case[] = [
  { optimizer: "Adam", options: {}, make: () => optimizers.adam(rate) },
  { optimizer: "Adam", options: { amsgrad: true }, make: () => optimizers.adam({ ...rate, amsgrad: true }) },
  { optimizer: "Adam", options: {}, make: () => optimizers.adam(rate), regularized: true },
  { optimizer: "AdamW", options: {}, make: () => optimizers.adamW(rate) },
  { optimizer: "Nadam", options: {}, make: () => optimizers.nadam(rate) },
  { optimizer: "RMSprop", options: {}, make: () => optimizers.rmsprop(rate) },
  { optimizer: "Adagrad", options: {}, make: () => optimizers.adagrad(rate) },
  { optimizer: "SGD", options: { momentum: 0.9 }, make: () => optimizers.sgd({ ...rate, momentum: 0.9 }) },
  { optimizer: "Lion", options: {}, make: () => optimizers.lion(rate) },
  { optimizer: "Ftrl", options: {}, make: () => optimizers.ftrl(rate) },
  { optimizer: "Adamax", options: {}, make: () => optimizers.adamax(rate) },
  { optimizer: "Adadelta", options: {}, make: () => optimizers.adadelta(rate) },
  { optimizer: "Adam", options: { clipnorm: 0.05 }, make: () => optimizers.adam({ ...rate, clipnorm: 0.05 }) },
  { optimizer: "Adam", options: { clipvalue: 0.01 }, make: () => optimizers.adam({ ...rate, clipvalue: 0.01 }) },
  {
    optimizer: "RMSprop",
    options: { global_clipnorm: 0.1 },
    make: () => optimizers.rmsprop({ ...rate, globalClipnorm: 0.1 }),
  },
  {
    optimizer: "SGD",
    options: { clipvalue: 0.01, momentum: 0.9 },
    make: () => optimizers.sgd({ ...rate, clipvalue: 0.01, momentum: 0.9 }),
  },
];

const x = Array.from({ length: 30 }, (_, i) => Array.from({ length: 6 }, (_, t) => (i * 3 + t * t * 2) % 5 + i % 4));
const y = x.map((row) => [Math.sin(row[0]) + row[3] / 5]);

function network(regularized = false) {
  return sequential({
    layers: [
      layers.embedding({
        inputDim: 9,
        outputDim: 4,
        inputShape: [6],
        ...(regularized && { embeddingsRegularizer: "l2" }),
      }),
      layers.conv1d({ filters: 3, kernelSize: 2, activation: "relu" }),
      layers.globalMaxPooling1d(),
      layers.dense({ units: 1 }),
    ],
  });
}

for (const backend of ["wasm", "cpu"] as const) {
  peerTest(
    `an embedding learns as in Keras on TensorFlow, also where an optimizer squares gradients, on ${backend}`,
    async (ask, t) => {
      await useBackend(backend);
      const initial = network().getWeights();
      const answers = await ask(KERAS, {
        x,
        y,
        weights: initial.map((weight) => weight.arraySync()),
        cases: cases.map(({ make: _, ...given }) => ({ regularized: false, ...given })),
      }) as number[][];
      for (const [i, { optimizer, options, make, regularized }] of cases.entries()) {
        await t.step(`${optimizer} ${Object.keys(options)} ${regularized ? "with l2" : ""}`, async () => {
          const model = network(regularized);
          model.setWeights(initial);
          model.compile({ loss: "mse", optimizer: make() });
          const { history } = await model.fit(tf.tensor2d(x), tf.tensor2d(y), {
            batchSize: 8,
            epochs: 5,
            shuffle: false,
            verbose: 0,
          });
          answers[i].forEach((value, epoch) => {
            const got = history.loss[epoch];
            assert(Math.abs(got - value) <= 1e-4 * Math.abs(value), `epoch ${epoch}: ${got}, Keras ${value}`);
          });
          if (backend === "wasm") assertEquals(model.explainTraining(), "recorded");
        });
      }
      await useBackend("wasm");
    },
  );
}
