import { assert, assertEquals } from "@std/assert";
import { layers, optimizers, sequential } from "baeum/models";
import { tf, useBackend } from "baeum/tensors";
import { peerTest } from "../peers.ts";

/** Trains the same network in Keras, from the same weights, on the same batches in the same order. */
const KERAS = `
import numpy as np, keras
from keras import layers
def train(given):
    x, y = np.array(given["x"], "float32"), np.array(given["y"])
    if given["yFloat"]: y = y.astype("float32")
    model = keras.Sequential([layers.Input((x.shape[1],))] + [
        layers.Dense(l["units"], activation=l["activation"], kernel_regularizer=l.get("regularizer"), kernel_constraint=l.get("constraint")) for l in given["layers"]])
    model.set_weights([np.array(w, "float32") for w in given["weights"]])
    optimizer = keras.optimizers.get({"class_name": given["optimizer"], "config": given["options"]})
    model.compile(optimizer=optimizer, loss=given["loss"], metrics=given["metrics"])
    history = model.fit(x, y, batch_size=given["batch"], epochs=given["epochs"], shuffle=False, verbose=0, validation_split=given["split"])
    answer = {"history": history.history, "predicted": model.predict(x, verbose=0).tolist(), "evaluated": model.evaluate(x, y, verbose=0)}
    if not isinstance(answer["evaluated"], list): answer["evaluated"] = [answer["evaluated"]]
    return answer
answer = [train(case) for case in given]
`;

interface Answer {
  history: Record<string, number[]>;
  predicted: number[][];
  evaluated: number[];
}

type Activation = "relu" | "sigmoid" | "tanh" | "softmax" | "linear";

interface Case {
  title: string;
  layers: { units: number; activation: Activation; regularizer?: "l1" | "l2"; constraint?: "max_norm" | "non_neg" }[];
  loss: "mse" | "mae" | "categorical_crossentropy" | "sparse_categorical_crossentropy" | "binary_crossentropy";
  optimizer: "SGD" | "Adam";
  options: Record<string, number | boolean>;
  metrics: ("accuracy" | "mse" | "mae")[];
  targets: "oneHot" | "classes" | "numbers" | "bits";
  split?: number;
}

const cases: Case[] = [
  {
    title: "the lecture's kind of network: sigmoid, MSE, Adam",
    layers: [{ units: 17, activation: "sigmoid" }, { units: 3, activation: "sigmoid" }],
    loss: "mse",
    optimizer: "Adam",
    options: { learning_rate: 0.01 },
    metrics: ["accuracy"],
    targets: "oneHot",
  },
  {
    title: "ReLU, softmax, cross-entropy of one-hot targets, SGD",
    layers: [{ units: 9, activation: "relu" }, { units: 6, activation: "tanh" }, { units: 3, activation: "softmax" }],
    loss: "categorical_crossentropy",
    optimizer: "SGD",
    options: { learning_rate: 0.1 },
    metrics: ["accuracy"],
    targets: "oneHot",
    split: 0.25,
  },
  {
    title: "cross-entropy of class numbers, SGD with momentum",
    layers: [{ units: 9, activation: "relu" }, { units: 3, activation: "softmax" }],
    loss: "sparse_categorical_crossentropy",
    optimizer: "SGD",
    options: { learning_rate: 0.05, momentum: 0.9 },
    metrics: ["accuracy"],
    targets: "classes",
  },
  {
    title: "binary cross-entropy after a sigmoid, Nesterov",
    layers: [{ units: 9, activation: "tanh" }, { units: 1, activation: "sigmoid" }],
    loss: "binary_crossentropy",
    optimizer: "SGD",
    options: { learning_rate: 0.05, momentum: 0.8, nesterov: true },
    metrics: ["accuracy"],
    targets: "bits",
    split: 0.2,
  },
  {
    title: "regression with L2 and L1, and AMSGrad",
    layers: [{ units: 9, activation: "relu", regularizer: "l2" }, {
      units: 1,
      activation: "linear",
      regularizer: "l1",
    }],
    loss: "mse",
    optimizer: "Adam",
    options: { learning_rate: 0.01, amsgrad: true },
    metrics: ["mae"],
    targets: "numbers",
  },
  {
    title: "regression by MAE under constraints",
    layers: [
      { units: 9, activation: "sigmoid", constraint: "max_norm" },
      { units: 1, activation: "linear", constraint: "non_neg" },
    ],
    loss: "mae",
    optimizer: "SGD",
    options: { learning_rate: 0.1 },
    metrics: ["mse"],
    targets: "numbers",
  },
];

/** 101 samples of 5 features: a prime, so that the last batch is a smaller one. */
function data(targets: Case["targets"]): { x: number[][]; y: number[] | number[][] } {
  let state = 12345;
  const draw = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
  const x = Array.from({ length: 101 }, () => Array.from({ length: 5 }, draw));
  const classes = x.map((row) => (row[0] + row[1] > 0.3 ? 0 : row[2] > 0 ? 1 : 2));
  switch (targets) {
    case "classes":
      return { x, y: classes };
    case "oneHot":
      return { x, y: classes.map((c) => [0, 1, 2].map((k) => (k === c ? 1 : 0))) };
    case "bits":
      return { x, y: classes.map((c) => [c === 0 ? 1 : 0]) };
    case "numbers":
      return { x, y: x.map((row) => [row[0] * row[1] + Math.sin(3 * row[2])]) };
  }
}

function near(actual: number, expected: number, tolerance: number, what: string): void {
  assert(
    Math.abs(actual - expected) <= tolerance * Math.max(1e-2, Math.abs(expected)),
    `${what}: ${actual}, Keras ${expected}`,
  );
}

for (const backend of ["wasm", "cpu"] as const) {
  peerTest(`training shows Keras' losses, epoch by epoch, on ${backend}`, async (ask, t) => {
    await useBackend(backend);
    const networks = cases.map((given) => ({ ...given, ...data(given.targets), model: build(given) }));
    const answers = await ask(
      KERAS,
      networks.map(({ title: _, model, split = 0, targets, ...given }) => ({
        ...given,
        split,
        yFloat: targets !== "classes",
        weights: model.getWeights().map((weight) => weight.arraySync()),
        batch: 8,
        epochs: 5,
      })),
    ) as Answer[];
    for (const [i, { title, model, x, y, split = 0 }] of networks.entries()) {
      await t.step(title, async () => {
        const keras = answers[i];
        const xs = tf.tensor2d(x), ys = tf.tensor(y as number[][]);
        const options = { batchSize: 8, epochs: 5, shuffle: false, verbose: 0, validationSplit: split } as const;
        const { history } = await model.fit(xs, ys, options);
        assertEquals(Object.keys(history).sort(), Object.keys(keras.history).sort());
        for (const [name, values] of Object.entries(keras.history)) {
          values.forEach((value, epoch) => near(history[name][epoch], value, 1e-4, `${name} of epoch ${epoch}`));
        }
        const predicted = (model.predict(xs).arraySync() as number[][]).flat();
        keras.predicted.flat().forEach((value, k) => near(predicted[k], value, 1e-3, `prediction ${k}`));
        (await model.evaluate(xs, ys)).forEach((value, k) => near(value, keras.evaluated[k], 1e-4, `evaluate ${k}`));
        if (backend === "wasm" && !title.includes("AMSGrad")) assertEquals(model.explainTraining(), "recorded");
      });
    }
    await useBackend("wasm");
  });
}

function build({ layers: specs, loss, optimizer, options, metrics }: Case) {
  const model = sequential({
    layers: specs.map(({ units, activation, regularizer, constraint }, i) =>
      layers.dense({
        units,
        activation,
        kernelRegularizer: regularizer,
        kernelConstraint: constraint,
        ...(i === 0 && { inputShape: [5] }),
      })
    ),
  });
  const { learning_rate: learningRate, ...rest } = options as { learning_rate: number };
  const make = optimizer === "Adam" ? optimizers.adam : optimizers.sgd;
  model.compile({ loss, optimizer: make({ learningRate, ...rest }), metrics });
  return model;
}
