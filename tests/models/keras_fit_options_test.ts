import { assert, assertEquals } from "@std/assert";
import {
  type CompileOptions,
  type FitOptions,
  type Functional,
  input,
  layers,
  model,
  type ModelData,
  type SampleWeights,
} from "baeum/models";
import { tf, useBackend } from "baeum/tensors";
import { peerTest } from "../peers.ts";

/** Builds the same two networks in Keras, from the same weights, and trains them as asked for. */
const KERAS = `
import numpy as np, keras
from keras import layers
data = {k: np.array(v, "float32") for k, v in given["data"].items()}
def two():
    left, right = layers.Input((3,), name="left"), layers.Input((2,), name="right")
    hidden = layers.Dense(4, activation="tanh", kernel_regularizer="l2", activity_regularizer="l1", name="hidden")(left)
    both = layers.Concatenate()([hidden, right])
    main = layers.Dense(1, name="main_output")(both)
    aux = layers.Dense(3, activation="sigmoid", name="aux_output")(hidden)
    return keras.Model([left, right], [main, aux])
def one():
    left = layers.Input((3,), name="left")
    return keras.Model(left, layers.Dense(3, activation="softmax", name="out")(layers.Dense(4, activation="tanh", name="hidden")(left)))
def pick(what):
    if isinstance(what, str): return data[what]
    if isinstance(what, list): return [pick(w) for w in what]
    if isinstance(what, dict): return {k: pick(v) for k, v in what.items()}
    return what
def generated(names):
    n, size = 40, 9
    while True:
        for i in range(0, n, size): yield tuple(pick(part)[i:i+size] if isinstance(part, str) else tuple(pick(p)[i:i+size] for p in part) for part in names)
answer = []
for case in given["cases"]:
    model = two() if case["outputs"] == 2 else one()
    for layer in model.layers:
        if layer.name in case["weights"]: layer.set_weights([np.array(w, "float32") for w in case["weights"][layer.name]])
    model.compile(optimizer=keras.optimizers.Adam(0.01), **case["compile"])
    fit = {k: pick(v) if k in ("x", "y", "sample_weight", "validation_data") else v for k, v in case["fit"].items()}
    if isinstance(fit.get("sample_weight"), dict): # Keras finds weights by name only where the model's outputs are a dictionary.
        fit["y"], fit["sample_weight"] = ([fit[k][name] for name in model.output_names] for k in ("y", "sample_weight"))
    if "class_weight" in fit: fit["class_weight"] = {int(k): v for k, v in fit["class_weight"].items()}
    if "validation_data" in fit: fit["validation_data"] = tuple(fit["validation_data"])
    if case["generator"]: fit["x"] = generated(case["generator"])
    history = model.fit(**fit, shuffle=False, verbose=0)
    x, y = pick(case["test"][0]), pick(case["test"][1])
    weight = pick(case["test"][2]) if len(case["test"]) > 2 else None
    predicted = model.predict(x, verbose=0)
    answer.append({"history": [[k, v] for k, v in history.history.items()], "epoch": history.epoch,
        "evaluated": np.atleast_1d(model.evaluate(x, y, sample_weight=weight, verbose=0)).tolist(),
        "named": [[k, v] for k, v in model.evaluate(x, y, sample_weight=weight, verbose=0, return_dict=True).items()],
        "predicted": [np.array(p).ravel().tolist() for p in (predicted if isinstance(predicted, list) else [predicted])],
        "trained": model.train_on_batch(x, y, sample_weight=weight), "tested": model.test_on_batch(x, y, sample_weight=weight)})
`;

interface Answer {
  history: [name: string, values: number[]][];
  epoch: number[];
  evaluated: number[];
  named: [name: string, value: number][];
  predicted: number[][];
  trained: number | number[];
  tested: number | number[];
}

/** What stands for data in a case: the name of an array below, or a list or dictionary of names. */
type Named = string | (string | null)[] | Record<string, string | null>;

interface Case {
  title: string;
  outputs: 1 | 2;
  compile: CompileOptions;
  x: Named;
  y: Named;
  sampleWeight?: Named;
  validationData?: [x: Named, y: Named, sampleWeight?: Named];
  /** Parts of the batches that a generator gives. */
  generator?: [x: Named, y: Named, sampleWeight?: Named];
  options: Pick<
    FitOptions,
    | "validationSplit"
    | "classWeight"
    | "stepsPerEpoch"
    | "initialEpoch"
    | "validationFreq"
    | "validationSteps"
    | "validationBatchSize"
    | "batchSize"
  >;
  test: [x: Named, y: Named, sampleWeight?: Named];
}

const two: Pick<Case, "outputs" | "x" | "y" | "test"> = {
  outputs: 2,
  x: ["left", "right"],
  y: ["number", "bits"],
  test: [["left", "right"], ["number", "bits"]],
};
const one: Pick<Case, "outputs" | "x" | "y" | "test"> = {
  outputs: 1,
  x: "left",
  y: "oneHot",
  test: ["left", "oneHot"],
};

const cases: Case[] = [
  {
    ...two,
    title: "two outputs, one loss for both",
    compile: { loss: "mse", metrics: ["mae", "accuracy"] },
    options: { validationSplit: 0.25 },
  },
  {
    ...two,
    title: "two outputs, losses, weights and metrics in lists",
    compile: { loss: ["mse", "binary_crossentropy"], lossWeights: [0.9, 0.1], metrics: [["mae"], ["accuracy", "mse"]] },
    options: { validationSplit: 0.2 },
  },
  {
    ...two,
    title: "two outputs by name, data in dictionaries",
    compile: {
      loss: { aux_output: "binary_crossentropy", main_output: "mae" },
      lossWeights: { main_output: 0.3, aux_output: 2 },
      metrics: { main_output: ["mse"], aux_output: ["accuracy"] },
      weightedMetrics: { aux_output: ["accuracy"] },
    },
    x: { right: "right", left: "left" },
    y: { aux_output: "bits", main_output: "number" },
    sampleWeight: { aux_output: "weight", main_output: "other" },
    options: {},
    test: [{ left: "left", right: "right" }, { main_output: "number", aux_output: "bits" }],
  },
  {
    ...two,
    title: "two outputs, sample weights for each and in the validation data",
    compile: { loss: ["mse", "mse"], metrics: [["mae"], ["mae"]], weightedMetrics: [["mae"], ["mse"]] },
    sampleWeight: ["weight", "other"],
    validationData: [["left", "right"], ["number", "bits"], ["other", "weight"]],
    options: {},
    test: [["left", "right"], ["number", "bits"], ["weight", "other"]],
  },
  {
    ...two,
    title: "two outputs, one array of sample weights for both",
    compile: { loss: ["mse", "binary_crossentropy"], metrics: [[], ["accuracy"]] },
    sampleWeight: "weight",
    options: { validationSplit: 0.25 },
  },
  {
    ...two,
    title: "two outputs, one without a loss",
    compile: { loss: ["mse", null] },
    options: { validationSplit: 0.25 },
  },
  {
    ...one,
    title: "class weights, and no weights in the validation",
    compile: { loss: "categorical_crossentropy", metrics: ["accuracy", "mae"], weightedMetrics: ["accuracy"] },
    options: { classWeight: { 0: 1, 1: 3, 2: 0.5 }, validationSplit: 0.25 },
  },
  {
    ...one,
    title: "class weights of class numbers",
    compile: { loss: "sparse_categorical_crossentropy", metrics: ["accuracy"] },
    y: "classes",
    options: { classWeight: { 1: 4 } },
    test: ["left", "classes"],
  },
  {
    ...one,
    title: "sample weights with a split and weighted metrics",
    compile: { loss: "categorical_crossentropy", metrics: ["accuracy"], weightedMetrics: ["accuracy", "mse"] },
    sampleWeight: "weight",
    options: { validationSplit: 0.3 },
    test: ["left", "oneHot", "other"],
  },
  {
    ...one,
    title: "steps for each epoch that go on where the last epoch ended",
    compile: { loss: "mse" },
    options: { stepsPerEpoch: 3, initialEpoch: 1 },
  },
  {
    ...one,
    title: "validation every second epoch, on two batches of its own size",
    compile: { loss: "mse", metrics: ["mae"] },
    validationData: ["left", "oneHot"],
    options: { validationFreq: 2, validationSteps: 2, validationBatchSize: 7 },
  },
  {
    ...one,
    title: "a generator of weighted batches of different sizes",
    compile: { loss: "categorical_crossentropy", metrics: ["accuracy"], weightedMetrics: ["mse"] },
    generator: ["left", "oneHot", "weight"],
    options: { stepsPerEpoch: 5 },
  },
  {
    ...two,
    title: "a generator for two inputs and outputs",
    compile: { loss: ["mse", "mse"] },
    generator: [["left", "right"], ["number", "bits"]],
    options: { stepsPerEpoch: 4 },
  },
];

/** 40 samples. */
function makeData(): Record<string, number[] | number[][]> {
  let state = 77;
  const draw = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 31 - 1;
  const rows = (width: number) => Array.from({ length: 40 }, () => Array.from({ length: width }, draw));
  const left = rows(3);
  const classes = left.map(([a, b, c]) => (a + b > 0.2 ? 0 : c > 0 ? 1 : 2));
  return {
    left,
    right: rows(2),
    classes,
    oneHot: classes.map((k) => [0, 1, 2].map((i) => (i === k ? 1 : 0))),
    bits: left.map((row) => row.map((v) => (v > 0.1 ? 1 : 0))),
    number: left.map(([a, b]) => [a * b + 0.3]),
    weight: left.map(([a]) => 1 + a),
    other: left.map(([, b]) => Math.abs(b)),
  };
}

function build(outputs: 1 | 2): Functional {
  const left = input({ shape: [3], name: "left" });
  const dense = layers.dense({
    units: 4,
    activation: "tanh",
    name: "hidden",
    ...(outputs === 2 && { kernelRegularizer: "l2", activityRegularizer: "l1" }),
  });
  const hidden = dense.apply(left);
  if (outputs === 1) {
    return model({
      inputs: left,
      outputs: layers.dense({ units: 3, activation: "softmax", name: "out" }).apply(hidden),
    });
  }
  const right = input({ shape: [2], name: "right" });
  const both = layers.concatenate().apply([hidden, right]);
  const main = layers.dense({ units: 1, name: "main_output" }).apply(both);
  const aux = layers.dense({ units: 3, activation: "sigmoid", name: "aux_output" }).apply(hidden);
  return model({ inputs: [left, right], outputs: [main, aux] });
}

function near(actual: number, expected: number, what: string): void {
  assert(
    Math.abs(actual - expected) <= 1e-4 * Math.max(0.1, Math.abs(expected)),
    `${what}: ${actual}, Keras ${expected}`,
  );
}

/** The names replaced by the arrays. */
function pick(data: Record<string, ModelData>, what: Named): ModelData {
  if (typeof what === "string") return data[what];
  if (Array.isArray(what)) return what.map((name) => data[name!]) as ModelData;
  return Object.fromEntries(Object.entries(what).map(([key, name]) => [key, data[name!]])) as ModelData;
}

const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const snakeKeys = (options: object) =>
  Object.fromEntries(Object.entries(options).map(([name, value]) => [snake(name), value]));

for (const backend of ["wasm", "cpu"] as const) {
  peerTest(
    `what fit can be told makes the same numbers under the same names as in Keras, on ${backend}`,
    async (ask, t) => {
      await useBackend(backend);
      const data = makeData();
      const models = cases.map(({ outputs }) => build(outputs));
      const answers = await ask(KERAS, {
        data,
        cases: cases.map(({ outputs, compile, x, y, sampleWeight, validationData, generator, options, test }, i) => ({
          outputs,
          compile: snakeKeys(compile),
          generator: generator ?? null,
          test,
          weights: Object.fromEntries(
            models[i].layers.filter((layer) => layer.weights.length > 0).map((layer) => [
              layer.name,
              layer.getWeights().map((weight) => weight.arraySync()),
            ]),
          ),
          fit: {
            ...snakeKeys(options),
            ...(!generator &&
              { x, y, sample_weight: sampleWeight ?? null, batch_size: options.stepsPerEpoch ? null : 8 }),
            epochs: 4,
            ...(validationData && { validation_data: validationData }),
          },
        })),
      }) as Answer[];
      const tensors = Object.fromEntries(
        Object.entries(data).map(([name, value]) => [name, tf.tensor(value as number[][])]),
      );
      for (const [i, given] of cases.entries()) {
        await t.step(given.title, async () => {
          const { compile, x, y, sampleWeight, validationData, generator, options, test } = given;
          const network = models[i];
          const keras = answers[i];
          network.compile({ ...compile, optimizer: "adam" });
          network.optimizer.learningRate = 0.01;
          const shared = { ...options, epochs: 4, shuffle: false, verbose: 0 } as const;
          const history = generator
            ? await network.fit(generatorOf(tensors, generator), shared)
            : await network.fit(pick(tensors, x), pick(tensors, y), {
              ...shared,
              batchSize: options.stepsPerEpoch ? undefined : 8,
              sampleWeight: sampleWeight ? pick(tensors, sampleWeight) as SampleWeights : undefined,
              validationData: validationData &&
                validationData.map((part) => pick(tensors, part!)) as [ModelData, ModelData, SampleWeights?],
            });
          assertEquals(Object.keys(history.history), keras.history.map(([name]) => name));
          assertEquals(history.epoch, keras.epoch);
          for (const [name, values] of keras.history) {
            assertEquals(history.history[name].length, values.length);
            values.forEach((value, epoch) => near(history.history[name][epoch], value, `${name} of epoch ${epoch}`));
          }
          const [xs, ys] = test.map((part) => pick(tensors, part!));
          const weight = test[2] ? pick(tensors, test[2]) as SampleWeights : undefined;
          const evaluated = await network.evaluate(xs, ys, { sampleWeight: weight });
          // Where two metrics have the same name, Keras' list has one of them twice; its dictionary is right.
          const distinct = new Set(keras.named.map(([, value]) => value)).size === new Set(keras.evaluated).size;
          if (keras.evaluated.length === keras.named.length && distinct) {
            evaluated.forEach((value, k) => near(value, keras.evaluated[k], `evaluate ${k}`));
          }
          assertEquals(evaluated.length, keras.named.length);
          const named = await network.evaluate(xs, ys, { sampleWeight: weight, returnDict: true });
          assertEquals(Object.keys(named), keras.named.map(([name]) => name));
          for (const [name, value] of keras.named) near(named[name], value, `evaluate's ${name}`);
          [network.predict<tf.Tensor | tf.Tensor[]>(xs)].flat().forEach((output, k) => {
            output.dataSync().forEach((value, j) =>
              near(value, keras.predicted[k][j], `prediction ${j} of output ${k}`)
            );
          });
          const trained = await network.trainOnBatch(xs, ys, { sampleWeight: weight });
          near(trained[0], [keras.trained].flat()[0], "trainOnBatch");
          const tested = await network.testOnBatch(xs, ys, { sampleWeight: weight });
          near(tested[0], [keras.tested].flat()[0], "testOnBatch");
          if (backend === "wasm") assertEquals(network.explainTraining(), "recorded");
        });
      }
      await useBackend("wasm");
    },
  );
}

/** Batches of 9 samples, the last of 4, without end. */
function* generatorOf(
  tensors: Record<string, tf.Tensor>,
  parts: [x: Named, y: Named, sampleWeight?: Named],
): Generator<[ModelData, ModelData, SampleWeights?]> {
  for (let from = 0;; from = from + 9 >= 40 ? 0 : from + 9) {
    const cut = Object.fromEntries(
      Object.entries(tensors).map(([name, all]) => [name, all.slice(from, Math.min(9, 40 - from))]),
    );
    yield parts.map((part) => pick(cut, part!)) as [ModelData, ModelData, SampleWeights?];
  }
}
