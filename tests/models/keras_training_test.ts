import { assert, assertEquals } from "@std/assert";
import { layers, type losses, optimizers, sequential } from "baeum/models";
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
    options = dict(given["options"])
    rate = options.get("learning_rate")
    if isinstance(rate, dict):
        options["learning_rate"] = getattr(keras.optimizers.schedules, rate["class_name"])(**rate["config"])
    optimizer = getattr(keras.optimizers, given["optimizer"])(**options)
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

const { adadelta, adagrad, adam, adamax, adamW, ftrl, lion, nadam, rmsprop, schedules, sgd } = optimizers;
const make = {
  SGD: sgd,
  RMSprop: rmsprop,
  Adam: adam,
  AdamW: adamW,
  Adadelta: adadelta,
  Adagrad: adagrad,
  Adamax: adamax,
  Nadam: nadam,
  Ftrl: ftrl,
  Lion: lion,
};
const schedule = {
  ExponentialDecay: schedules.exponentialDecay,
  InverseTimeDecay: schedules.inverseTimeDecay,
  PiecewiseConstantDecay: schedules.piecewiseConstantDecay,
  PolynomialDecay: schedules.polynomialDecay,
  CosineDecay: schedules.cosineDecay,
};

type Activation = "relu" | "sigmoid" | "tanh" | "softmax" | "linear";

interface Case {
  title: string;
  layers: { units: number; activation: Activation; regularizer?: "l1" | "l2"; constraint?: "max_norm" | "non_neg" }[];
  loss: losses.LossName;
  optimizer: keyof typeof make;
  /** The arguments as in Keras' config. */
  options: Record<string, unknown>;
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

/** The same network for each variant of an optimizer. */
const variants: [Case["optimizer"], Case["options"]][] = [
  ["RMSprop", {}],
  ["RMSprop", { learning_rate: 0.01, rho: 0.8, momentum: 0.5, centered: true }],
  ["RMSprop", { learning_rate: 0.01, centered: true }],
  ["AdamW", { learning_rate: 0.01, weight_decay: 0.1 }],
  ["AdamW", {}],
  ["Adadelta", { learning_rate: 0.5 }],
  ["Adagrad", { learning_rate: 0.05, initial_accumulator_value: 0.2 }],
  ["Adamax", { learning_rate: 0.01 }],
  ["Nadam", { learning_rate: 0.01, beta_1: 0.8 }],
  ["Ftrl", { learning_rate: 0.1 }],
  ["Ftrl", {
    learning_rate: 0.1,
    learning_rate_power: -0.7,
    l1_regularization_strength: 0.01,
    l2_regularization_strength: 0.02,
    l2_shrinkage_regularization_strength: 0.03,
    beta: 0.1,
  }],
  ["Lion", { learning_rate: 0.003 }],
  ["SGD", { learning_rate: 0.1, clipnorm: 0.1 }],
  ["SGD", { learning_rate: 0.1, clipvalue: 0.02 }],
  ["Adam", { learning_rate: 0.01, global_clipnorm: 0.1 }],
  ["SGD", { learning_rate: 0.1, weight_decay: 0.05, momentum: 0.5 }],
  ["SGD", { learning_rate: decay("ExponentialDecay", { decay_steps: 10, decay_rate: 0.7 }) }],
  ["SGD", { learning_rate: decay("ExponentialDecay", { decay_steps: 10, decay_rate: 0.7, staircase: true }) }],
  ["AdamW", { learning_rate: decay("InverseTimeDecay", { decay_steps: 10, decay_rate: 0.7 }), weight_decay: 0.1 }],
  ["SGD", {
    learning_rate: {
      class_name: "PiecewiseConstantDecay",
      config: { boundaries: [13, 20], values: [0.2, 0.1, 0.02] },
    },
  }],
  ["SGD", { learning_rate: decay("PolynomialDecay", { decay_steps: 30, power: 2 }) }],
  ["SGD", { learning_rate: decay("PolynomialDecay", { decay_steps: 15, cycle: true }) }],
  ["SGD", { learning_rate: decay("CosineDecay", { decay_steps: 40, alpha: 0.1 }) }],
  ["SGD", { learning_rate: decay("CosineDecay", { decay_steps: 20, warmup_target: 0.4, warmup_steps: 10 }) }],
];
for (const [optimizer, options] of variants) {
  cases.push({
    title: `${optimizer} ${JSON.stringify(options)}`,
    layers: [{ units: 7, activation: "tanh" }, { units: 3, activation: "softmax" }],
    loss: "categorical_crossentropy",
    optimizer,
    options,
    metrics: [],
    targets: "oneHot",
  });
}

function decay(className: keyof typeof schedule, config: Record<string, unknown>) {
  return { class_name: className, config: { initial_learning_rate: 0.2, ...config } };
}

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
    Math.abs(actual - expected) <= tolerance * Math.max(1e-3, Math.abs(expected)),
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
        if (backend === "wasm") assertEquals(model.explainTraining(), "recorded");
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
  model.compile({ loss, optimizer: make[optimizer](argumentsOf(options)), metrics });
  return model;
}

/** Keras' config as our arguments: other names, and schedules made. */
function argumentsOf(config: Record<string, unknown>): Record<string, never> {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => {
      const ours = name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
      if (ours !== "learningRate" || typeof value === "number") return [ours, value];
      const { class_name: kind, config: inner } = value as ReturnType<typeof decay>;
      return [ours, schedule[kind](argumentsOf(inner))];
    }),
  ) as Record<string, never>;
}
