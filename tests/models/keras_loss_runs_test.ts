/** Holds whole runs of `fit` against Keras': one for each loss by its name, and two with many metrics at once. */
import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { initializers, layers, losses, metrics, optimizers, type Sequential, sequential } from "baeum/models";
import { tf, useBackend } from "baeum/tensors";
import { peerTest } from "../peers.ts";

/** Trains the same network in Keras, from the same weights, on the same batches in the same order. */
const KERAS = `
import numpy as np, keras
from keras import layers
def train(given):
    x, y = np.array(given["x"], "float32"), np.array(given["y"])
    if given["loss"] != "sparse_categorical_crossentropy": y = y.astype("float32")
    model = keras.Sequential([layers.Input((x.shape[1],)), layers.Dense(7, activation="tanh"), layers.Dense(given["units"], activation=given["activation"])])
    model.set_weights([np.array(w, "float32") for w in given["weights"]])
    chosen = [m if isinstance(m, str) else getattr(keras.metrics, m[0])(**m[1]) for m in given["metrics"]]
    model.compile(optimizer=keras.optimizers.Adam(0.01), loss=given["loss"], metrics=chosen, run_eagerly=True)
    history = model.fit(x, y, batch_size=32, epochs=4, shuffle=False, verbose=0, validation_split=given["split"])
    return {name: [float(v) for v in values] for name, values in history.history.items()}
answer = [train(case) for case in given]
`;

type History = Record<string, number[]>;

type Targets = "numbers" | "positive" | "bits" | "oneHot" | "classes" | "shares";

interface Case {
  title?: string;
  loss: losses.LossName;
  activation: "linear" | "softplus" | "sigmoid" | "softmax" | "tanh";
  targets: Targets;
  /** Keras' metrics: a name, or a class and its arguments. */
  kerasMetrics?: (string | [className: string, config: Record<string, unknown>])[];
  metrics?: (metrics.Metric | metrics.MetricName)[];
  split?: number;
}

const lossCases: Case[] = [
  { loss: "mean_squared_error", activation: "linear", targets: "numbers" },
  { loss: "mean_absolute_error", activation: "linear", targets: "numbers" },
  { loss: "mean_absolute_percentage_error", activation: "softplus", targets: "positive" },
  { loss: "mean_squared_logarithmic_error", activation: "softplus", targets: "positive" },
  { loss: "huber", activation: "linear", targets: "numbers" },
  { loss: "log_cosh", activation: "linear", targets: "numbers" },
  { loss: "cosine_similarity", activation: "linear", targets: "numbers" },
  { loss: "binary_crossentropy", activation: "sigmoid", targets: "bits" },
  { loss: "categorical_crossentropy", activation: "softmax", targets: "oneHot" },
  { loss: "sparse_categorical_crossentropy", activation: "softmax", targets: "classes" },
  { loss: "binary_focal_crossentropy", activation: "sigmoid", targets: "bits" },
  { loss: "categorical_focal_crossentropy", activation: "softmax", targets: "oneHot" },
  { loss: "kl_divergence", activation: "softmax", targets: "shares" },
  { loss: "poisson", activation: "softplus", targets: "positive" },
  { loss: "hinge", activation: "tanh", targets: "bits" },
  { loss: "squared_hinge", activation: "tanh", targets: "bits" },
  { loss: "categorical_hinge", activation: "linear", targets: "oneHot" },
];

const metricCases: Case[] = [
  {
    title: "two classes in one bit",
    loss: "binary_crossentropy",
    activation: "sigmoid",
    targets: "bits",
    split: 0.25,
    kerasMetrics: [
      "accuracy",
      "mse",
      "mae",
      "AUC",
      "Precision",
      "Recall",
      "binary_crossentropy",
      "hinge",
      ["BinaryAccuracy", { threshold: 0.4, name: "at_04" }],
      ["AUC", { curve: "PR", name: "pr" }],
      ["Precision", { thresholds: 0.4, name: "precision_04" }],
      ["TruePositives", { name: "tp" }],
      ["FalsePositives", { name: "fp" }],
      ["TrueNegatives", { name: "tn" }],
      ["FalseNegatives", { name: "fn" }],
      ["F1Score", { threshold: 0.5, average: "micro", name: "f1" }],
      ["FBetaScore", { threshold: 0.5, average: "macro", beta: 2.0000001, name: "f2" }],
      ["R2Score", { name: "r2" }],
      ["RootMeanSquaredError", { name: "rmse" }],
      ["CosineSimilarity", { name: "cosine" }],
    ],
    metrics: [
      "accuracy",
      "mse",
      "mae",
      "AUC",
      "Precision",
      "Recall",
      "binary_crossentropy",
      "hinge",
      metrics.binaryAccuracy({ threshold: 0.4, name: "at_04" }),
      metrics.auc({ curve: "PR", name: "pr" }),
      metrics.precision({ thresholds: 0.4, name: "precision_04" }),
      metrics.truePositives({ name: "tp" }),
      metrics.falsePositives({ name: "fp" }),
      metrics.trueNegatives({ name: "tn" }),
      metrics.falseNegatives({ name: "fn" }),
      metrics.f1Score({ threshold: 0.5, average: "micro", name: "f1" }),
      metrics.fBetaScore({ threshold: 0.5, average: "macro", beta: 2, name: "f2" }),
      metrics.r2Score({ name: "r2" }),
      metrics.rootMeanSquaredError({ name: "rmse" }),
      metrics.cosineSimilarity({ name: "cosine" }),
    ],
  },
  {
    title: "three classes, one-hot",
    loss: "categorical_crossentropy",
    activation: "softmax",
    targets: "oneHot",
    split: 0.25,
    kerasMetrics: [
      "accuracy",
      "mse",
      "mae",
      "kl_divergence",
      "poisson",
      "categorical_hinge",
      "binary_accuracy",
      ["CategoricalAccuracy", { name: "categorical" }],
      ["TopKCategoricalAccuracy", { k: 2, name: "top_2" }],
      ["AUC", { name: "auc" }],
      ["AUC", { multi_label: true, num_labels: 3, name: "auc_by_class" }],
      ["Precision", { name: "precision" }],
      ["Precision", { class_id: 1, name: "precision_of_1" }],
      ["Recall", { top_k: 1, name: "recall" }],
      ["F1Score", { average: "micro", name: "f1_micro" }],
      ["F1Score", { average: "macro", name: "f1_macro" }],
      ["F1Score", { average: "weighted", name: "f1_weighted" }],
      ["FBetaScore", { average: "macro", beta: 0.5, name: "f_half" }],
      ["R2Score", { name: "r2" }],
      ["RootMeanSquaredError", { name: "rmse" }],
      ["CosineSimilarity", { name: "cosine" }],
    ],
    metrics: [
      "accuracy",
      "mse",
      "mae",
      "kl_divergence",
      "poisson",
      "categorical_hinge",
      "binary_accuracy",
      metrics.categoricalAccuracy("categorical"),
      metrics.topKCategoricalAccuracy({ k: 2, name: "top_2" }),
      metrics.auc({ name: "auc" }),
      metrics.auc({ multiLabel: true, name: "auc_by_class" }),
      metrics.precision({ name: "precision" }),
      metrics.precision({ classId: 1, name: "precision_of_1" }),
      metrics.recall({ topK: 1, name: "recall" }),
      metrics.f1Score({ average: "micro", name: "f1_micro" }),
      metrics.f1Score({ average: "macro", name: "f1_macro" }),
      metrics.f1Score({ average: "weighted", name: "f1_weighted" }),
      metrics.fBetaScore({ average: "macro", beta: 0.5, name: "f_half" }),
      metrics.r2Score({ name: "r2" }),
      metrics.rootMeanSquaredError({ name: "rmse" }),
      metrics.cosineSimilarity({ name: "cosine" }),
    ],
  },
];

/** 101 samples of 5 features: three batches of 32 and one of 5. */
function data(targets: Targets): { x: number[][]; y: number[] | number[][]; units: number } {
  let state = 2024;
  const draw = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
  const x = Array.from({ length: 101 }, () => Array.from({ length: 5 }, draw));
  const classes = x.map((row) => (row[0] + row[1] > 0.3 ? 0 : row[2] > 0 ? 1 : 2));
  switch (targets) {
    case "classes":
      return { x, y: classes, units: 3 };
    case "oneHot":
      return { x, y: classes.map((c) => [0, 1, 2].map((k) => (k === c ? 1 : 0))), units: 3 };
    case "bits":
      return { x, y: classes.map((c) => [c === 0 ? 1 : 0]), units: 1 };
    case "numbers":
      return { x, y: x.map((row) => [row[0] * row[1] + Math.sin(3 * row[2]), 2 * row[3] - row[4]]), units: 2 };
    case "positive":
      return { x, y: x.map((row) => [0.5 + Math.exp(row[0]), 1 + row[1] ** 2]), units: 2 };
    case "shares":
      return {
        x,
        y: x.map((row) => {
          const powers = row.slice(0, 3).map((v) => Math.exp(2 * v));
          const sum = powers.reduce((a, b) => a + b, 0);
          return powers.map((power) => power / sum);
        }),
        units: 3,
      };
  }
}

type Network = Case & ReturnType<typeof data> & { model: Sequential };

const glorot = (seed: number) => initializers.glorotUniform({ seed });

function networkOf(given: Case): Network {
  const made = data(given.targets);
  const model = sequential({
    layers: [
      layers.dense({ units: 7, activation: "tanh", inputShape: [5], kernelInitializer: glorot(1) }),
      layers.dense({ units: made.units, activation: given.activation, kernelInitializer: glorot(2) }),
    ],
  });
  model.compile({
    loss: given.loss,
    optimizer: optimizers.adam({ learningRate: 0.01 }),
    ...(given.metrics && { metrics: given.metrics }),
  });
  return { ...given, ...made, model };
}

const askedOf = ({ model, kerasMetrics = [], split = 0, loss, activation, x, y, units }: Network) => ({
  ...{ loss, activation, x, y, units, split },
  metrics: kerasMetrics,
  weights: model.getWeights().map((weight) => weight.arraySync()),
});

/**
 * Trains as Keras did and holds every number of the history against Keras'. R² is one less a ratio near one, so it has the
 * rounding of Keras' 32-bit sums of squares, however small it is itself.
 */
async function assertSameHistory({ model, x, y, split = 0 }: Network, keras: History): Promise<void> {
  const { history } = await model.fit(tf.tensor2d(x), tf.tensor(y as number[][]), {
    batchSize: 32,
    epochs: 4,
    shuffle: false,
    verbose: 0,
    validationSplit: split,
  });
  assertEquals(Object.keys(history).sort(), Object.keys(keras).sort());
  for (const [name, values] of Object.entries(keras)) {
    assertEquals(values.length, 4);
    values.forEach((value, epoch) => {
      const actual = history[name][epoch];
      assert(
        Math.abs(actual - value) <= 1e-4 * Math.abs(value) + (name.endsWith("r2") ? 1e-5 : 1e-7),
        `${name} of epoch ${epoch}: ${actual}, Keras ${value}`,
      );
    });
  }
}

peerTest("runs by each of the losses, and with many metrics at once, show Keras' history", async (ask, t) => {
  await useBackend("wasm");
  const cases = [...lossCases, ...metricCases];
  const asked = cases.map((given) => askedOf(networkOf(given)));
  const answers = await ask(KERAS, asked) as History[];
  for (const backend of ["wasm", "cpu"] as const) {
    await useBackend(backend);
    for (const [i, given] of cases.entries()) {
      await t.step(`${given.title ?? given.loss}, on ${backend}`, async () => {
        assertNotEquals(answers[i].loss[3], answers[i].loss[0], "a run without change would show nothing");
        const network = networkOf(given);
        assertEquals(network.model.getWeights().map((weight) => weight.arraySync()), asked[i].weights);
        await assertSameHistory(network, answers[i]);
      });
    }
  }
  await useBackend("wasm");
});

Deno.test("the runs above are one for each loss that Baeum has", () => {
  const classes = (names: readonly losses.LossName[]) => new Set(names.map((name) => losses.lossOf(name).className));
  assertEquals(classes(lossCases.map(({ loss }) => loss)), classes(losses.lossNames() as losses.LossName[]));
  assertEquals(lossCases.length, 17);
});
