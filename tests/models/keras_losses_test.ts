/** Holds every loss against Keras: values, gradients, options, reductions, weights, and whole trainings. */
import { assertEquals } from "@std/assert";
import { losses } from "baeum/models";
import { tf, useBackend } from "baeum/tensors";
import { peerTest } from "../peers.ts";
import { assertNear, numbers } from "./like_keras.ts";

const KERAS = `
import numpy as np, keras, tensorflow as tf
def of(case):
    loss = getattr(keras.losses, case["class"])(**case["config"])
    x, t = tf.constant(np.array(case["pred"], "float32")), tf.constant(np.array(case["true"], "float32"))
    w = None if case["weight"] is None else tf.constant(np.array(case["weight"], "float32"))
    with tf.GradientTape() as tape:
        tape.watch(x)
        y = loss(t, x, sample_weight=w)
    gradient = tape.gradient(y, x)
    return {"y": y.numpy().tolist(), "gradient": tf.convert_to_tensor(gradient).numpy().tolist(), "config": loss.get_config()}
with np.errstate(all="ignore"):
    text = [of(case) for case in given]
import math
def plain(v):
    if isinstance(v, list): return [plain(e) for e in v]
    return str(v) if isinstance(v, float) and not math.isfinite(v) else v
answer = [{**a, "y": plain(a["y"]), "gradient": plain(a["gradient"])} for a in text]
`;

type Kind = "any" | "positive" | "probabilities" | "distribution" | "logits";
type Target = "any" | "positive" | "bits" | "signs" | "oneHot" | "classes" | "distribution";

interface Case {
  className: string;
  make: (options: losses.LossOptions) => losses.Loss;
  config?: Record<string, unknown>;
  pred: Kind;
  true: Target;
}

const cases: Case[] = [
  { className: "MeanSquaredError", make: losses.meanSquaredError, pred: "any", true: "any" },
  { className: "MeanAbsoluteError", make: losses.meanAbsoluteError, pred: "any", true: "any" },
  { className: "MeanAbsolutePercentageError", make: losses.meanAbsolutePercentageError, pred: "any", true: "any" },
  { className: "MeanSquaredLogarithmicError", make: losses.meanSquaredLogarithmicError, pred: "any", true: "positive" },
  { className: "Huber", make: losses.huber, pred: "any", true: "any" },
  {
    className: "Huber",
    make: (o) => losses.huber({ delta: 0.3, ...o }),
    config: { delta: 0.3 },
    pred: "any",
    true: "any",
  },
  { className: "LogCosh", make: losses.logCosh, pred: "any", true: "any" },
  { className: "CosineSimilarity", make: losses.cosineSimilarity, pred: "any", true: "any" },
  {
    className: "CosineSimilarity",
    make: (o) => losses.cosineSimilarity({ axis: 1, ...o }),
    config: { axis: 1 },
    pred: "any",
    true: "any",
  },
  { className: "KLDivergence", make: losses.klDivergence, pred: "distribution", true: "distribution" },
  { className: "Poisson", make: losses.poisson, pred: "positive", true: "positive" },
  { className: "Hinge", make: losses.hinge, pred: "any", true: "bits" },
  { className: "Hinge", make: losses.hinge, pred: "any", true: "signs" },
  { className: "SquaredHinge", make: losses.squaredHinge, pred: "any", true: "bits" },
  { className: "SquaredHinge", make: losses.squaredHinge, pred: "any", true: "any" },
  { className: "CategoricalHinge", make: losses.categoricalHinge, pred: "any", true: "oneHot" },
  { className: "BinaryCrossentropy", make: losses.binaryCrossentropy, pred: "probabilities", true: "bits" },
  {
    className: "BinaryCrossentropy",
    make: (o) => losses.binaryCrossentropy({ fromLogits: true, labelSmoothing: 0.2, ...o }),
    config: { from_logits: true, label_smoothing: 0.2 },
    pred: "logits",
    true: "bits",
  },
  {
    className: "CategoricalCrossentropy",
    make: losses.categoricalCrossentropy,
    pred: "probabilities",
    true: "oneHot",
  },
  {
    className: "CategoricalCrossentropy",
    make: (o) => losses.categoricalCrossentropy({ fromLogits: true, labelSmoothing: 0.1, ...o }),
    config: { from_logits: true, label_smoothing: 0.1 },
    pred: "logits",
    true: "oneHot",
  },
  {
    className: "SparseCategoricalCrossentropy",
    make: losses.sparseCategoricalCrossentropy,
    pred: "distribution",
    true: "classes",
  },
  {
    className: "SparseCategoricalCrossentropy",
    make: (o) => losses.sparseCategoricalCrossentropy({ fromLogits: true, ignoreClass: 1, ...o }),
    config: { from_logits: true, ignore_class: 1 },
    pred: "logits",
    true: "classes",
  },
  {
    className: "SparseCategoricalCrossentropy",
    make: (o) => losses.sparseCategoricalCrossentropy({ ignoreClass: 2, ...o }),
    config: { ignore_class: 2 },
    pred: "distribution",
    true: "classes",
  },
  { className: "BinaryFocalCrossentropy", make: losses.binaryFocalCrossentropy, pred: "probabilities", true: "bits" },
  {
    className: "BinaryFocalCrossentropy",
    make: (o) => losses.binaryFocalCrossentropy({ applyClassBalancing: true, alpha: 0.7, gamma: 1.5, ...o }),
    config: { apply_class_balancing: true, alpha: 0.7, gamma: 1.5 },
    pred: "probabilities",
    true: "bits",
  },
  {
    className: "BinaryFocalCrossentropy",
    make: (o) => losses.binaryFocalCrossentropy({ fromLogits: true, labelSmoothing: 0.1, ...o }),
    config: { from_logits: true, label_smoothing: 0.1 },
    pred: "logits",
    true: "bits",
  },
  {
    className: "CategoricalFocalCrossentropy",
    make: losses.categoricalFocalCrossentropy,
    pred: "probabilities",
    true: "oneHot",
  },
  {
    className: "CategoricalFocalCrossentropy",
    make: (o) =>
      losses.categoricalFocalCrossentropy({ fromLogits: true, alpha: 0.5, gamma: 3, labelSmoothing: 0.1, ...o }),
    config: { from_logits: true, alpha: 0.5, gamma: 3, label_smoothing: 0.1 },
    pred: "logits",
    true: "oneHot",
  },
];

const kinds: Record<Kind | Target, (x: Float32Array, width: number) => Float32Array> = {
  any: (x) => x,
  logits: (x) => x.map((v) => v * 3),
  positive: (x) => x.map((v) => Math.abs(v) * 2),
  probabilities: (x) => x.map((v) => 1 / (1 + Math.exp(-v * 2))),
  bits: (x) => x.map((v) => (v > 0 ? 1 : 0)),
  signs: (x) => x.map((v) => (v > 0 ? 1 : -1)),
  distribution: (x, width) => {
    const powers = x.map((v) => Math.exp(v));
    return powers.map((v, i) => {
      const from = i - i % width;
      return v / powers.slice(from, from + width).reduce((a, b) => a + b);
    });
  },
  oneHot: (x, width) => x.map((_, i) => (Math.floor(Math.abs(x[i - i % width]) * 100) % width === i % width ? 1 : 0)),
  classes: (x, width) => x.filter((_, i) => i % width === 0).map((v) => Math.floor(Math.abs(v) * 100) % width),
};

interface Variant {
  title: string;
  shape: number[];
  reduction?: losses.Reduction;
  weight?: number[];
  /** Put into the predictions, here and there. */
  edges?: number[];
}

const variants: Variant[] = [
  { title: "a batch", shape: [6, 4] },
  { title: "one row", shape: [1, 4] },
  { title: "sequences", shape: [3, 5, 4] },
  { title: "reduction sum", shape: [6, 4], reduction: "sum" },
  { title: "reduction none", shape: [6, 4], reduction: "none", weight: [6] },
  { title: "weighted", shape: [6, 4], weight: [6] },
  { title: "weighted positions", shape: [3, 5, 4], weight: [3, 5] },
  { title: "the mean over weights", shape: [6, 4], reduction: "mean_with_sample_weight", weight: [6] },
  { title: "zeros and ones", shape: [3, 4], edges: [0, 1, 1, 0] },
];

function inputs({ pred, true: target }: Case, { shape, weight, edges }: Variant, seed: number) {
  const size = shape.reduce((a, b) => a * b, 1), width = shape.at(-1)!;
  const values = edges
    ? Float32Array.from({ length: size }, (_, i) => edges[(i + Math.floor(i / width)) % edges.length])
    : kinds[pred](numbers(size, seed), width);
  const yTrue = kinds[target](numbers(size, seed + 7), width);
  return {
    yPred: tf.tensor(values, shape),
    yTrue: tf.tensor(yTrue, target === "classes" ? shape.slice(0, -1) : shape),
    weight: weight && tf.tensor(numbers(weight.reduce((a, b) => a * b, 1), seed + 3).map(Math.abs), weight),
  };
}

interface Answer {
  y: unknown;
  gradient: unknown;
  config: Record<string, unknown>;
}

/** What JSON cannot say comes as text. */
const asNumbers = (value: unknown): unknown => Array.isArray(value) ? value.map(asNumbers) : Number(value);

peerTest("losses have Keras' values, gradients and configs", async (ask, t) => {
  const all = cases.flatMap((given, i) => variants.map((variant) => ({ given, variant, seed: i + 1 })))
    // Keras refuses weights of positions where an axis is not the last.
    .filter(({ given, variant }) => !(given.config?.axis && variant.shape.length > 2));
  const answers = await ask(
    KERAS,
    all.map(({ given, variant, seed }) => {
      const { yPred, yTrue, weight } = inputs(given, variant, seed);
      return {
        class: given.className,
        config: { ...given.config, ...(variant.reduction && { reduction: variant.reduction }) },
        pred: yPred.arraySync(),
        true: yTrue.arraySync(),
        weight: weight?.arraySync() ?? null,
      };
    }),
  ) as Answer[];
  for (const backend of ["wasm", "cpu"] as const) {
    await useBackend(backend);
    for (const [i, { given, variant, seed }] of all.entries()) {
      const { className, config = {}, make } = given;
      await t.step(`${className} ${JSON.stringify(config)}, ${variant.title}, on ${backend}`, () => {
        const { yPred, yTrue, weight } = inputs(given, variant, seed);
        const loss = make(variant.reduction ? { reduction: variant.reduction } : {});
        const y = loss.call(yTrue, yPred, weight);
        assertNear(y, asNumbers(answers[i].y), 1e-5, "value");
        const gradient = tf.grad((x) => loss.call(yTrue, x, weight).sum())(yPred);
        const theirs = asNumbers(answers[i].gradient);
        // Where Keras' own gradient is no number (a vector of zeros has no direction), ours is finite.
        if ((theirs as unknown[]).flat(Infinity).every(Number.isFinite)) assertNear(gradient, theirs, 1e-4, "gradient");
        const ours = { ...loss.getConfig() };
        for (const [key, value] of Object.entries(answers[i].config)) assertEquals(ours[key], value, key);
        const again = losses.lossFromConfig(loss.className, loss.getConfig());
        assertEquals(again.getConfig(), loss.getConfig());
      });
    }
    await useBackend("wasm");
  }
});
