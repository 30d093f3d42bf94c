import { assert, assertEquals } from "@std/assert";
import { layers, sequential } from "baeum/models";
import { tf, useBackend } from "baeum/tensors";
import { peerTest } from "../peers.ts";

/** Trains a tagger of words, where 0 is no word, on sequences of different lengths. */
const KERAS = `
import numpy as np, keras
from keras import layers
answer = []
for case in given["cases"]:
    model = keras.Sequential([layers.Input((6,)), layers.Embedding(9, 4, mask_zero=True), layers.Dense(5, activation="tanh"), layers.Dense(3, activation="softmax")])
    model.set_weights([np.array(w, "float32") for w in case["weights"]])
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss=case["loss"], metrics=["accuracy"], weighted_metrics=["accuracy"])
    weight = None if case["sampleWeight"] is None else np.array(case["sampleWeight"], "float32")
    history = model.fit(np.array(given["x"]), np.array(case["y"]), sample_weight=weight, batch_size=8, epochs=3, shuffle=False, verbose=0)
    answer.append([[k, v] for k, v in history.history.items()])
`;

const lengths = Array.from({ length: 21 }, (_, i) => 1 + (i * 5) % 6);
const words = lengths.map((length, i) =>
  Array.from({ length: 6 }, (_, t) => (t < length ? 1 + (i * 3 + t * 5) % 8 : 0))
);
const tags = words.map((row) => row.map((word) => word % 3));
const oneHot = tags.map((row) => row.map((tag) => [0, 1, 2].map((k) => (k === tag ? 1 : 0))));

const cases = [
  { title: "without weights", loss: "sparse_categorical_crossentropy", y: tags, sampleWeight: null },
  {
    title: "with a weight for each sequence",
    loss: "categorical_crossentropy",
    y: oneHot,
    // Keras wants a column here: a list of weights meets a mask of words.
    sampleWeight: lengths.map((length) => [length / 3]),
  },
  {
    title: "with a weight for each word",
    loss: "sparse_categorical_crossentropy",
    y: tags,
    sampleWeight: words.map((row) => row.map((word) => 0.5 + word / 8)),
  },
] as const;

for (const backend of ["wasm", "cpu"] as const) {
  peerTest(`what a mask leaves out does not count in the loss, as in Keras, on ${backend}`, async (ask, t) => {
    await useBackend(backend);
    const models = cases.map(() =>
      sequential({
        layers: [
          layers.embedding({ inputDim: 9, outputDim: 4, maskZero: true, inputShape: [6] }),
          layers.dense({ units: 5, activation: "tanh" }),
          layers.dense({ units: 3, activation: "softmax" }),
        ],
      })
    );
    const answers = await ask(KERAS, {
      x: words,
      cases: cases.map(({ title: _, ...given }, i) => ({
        ...given,
        weights: models[i].getWeights().map((weight) => weight.arraySync()),
      })),
    }) as [name: string, values: number[]][][];
    for (const [i, { title, loss, y, sampleWeight }] of cases.entries()) {
      await t.step(title, async () => {
        const model = models[i];
        model.compile({ loss, optimizer: "adam", metrics: ["accuracy"], weightedMetrics: ["accuracy"] });
        model.optimizer.learningRate = 0.01;
        const { history } = await model.fit(tf.tensor2d(words), tf.tensor(y as unknown as number[][]), {
          batchSize: 8,
          epochs: 3,
          shuffle: false,
          verbose: 0,
          sampleWeight: sampleWeight === null ? undefined : tf.tensor(sampleWeight as number[][]),
        });
        assertEquals(Object.keys(history), answers[i].map(([name]) => name));
        for (const [name, values] of answers[i]) {
          values.forEach((value, epoch) => {
            const got = history[name][epoch];
            assert(Math.abs(got - value) <= 1e-4 * Math.max(0.1, value), `${name} of epoch ${epoch}: ${got}, ${value}`);
          });
        }
        if (backend === "wasm") assertEquals(model.explainTraining(), "recorded");
      });
    }
    await useBackend("wasm");
  });
}
