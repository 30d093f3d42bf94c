/** Holds metrics against Keras: gathered over batches, weighted and not, at random and edge inputs. */
import { assertEquals, assertThrows } from "@std/assert";
import { losses, metrics } from "baeum/models";
import { tf, useBackend } from "baeum/tensors";
import { peerTest } from "../peers.ts";
import { assertNear, numbers } from "./like_keras.ts";

const KERAS = `
import numpy as np, keras, math
def plain(v):
    if isinstance(v, list): return [plain(e) for e in v]
    return str(v) if isinstance(v, float) and not math.isfinite(v) else v
def of(case):
    metric = getattr(keras.metrics, case["class"])(**case["config"])
    told = []
    for batch in case["batches"]:
        t, p, w = (None if b is None else np.array(b, "float32") for b in batch)
        metric.update_state(t, p, sample_weight=w)
        told.append(plain(np.array(metric.result()).tolist()))
    metric.reset_state()
    config = {k: np.array(v).tolist() if hasattr(v, "numpy") else v for k, v in metric.get_config().items()}
    return {"results": told, "config": {k: config[k] for k in config if k not in ("name", "dtype", "fn")}}
answer = [of(case) for case in given]
`;

type Kind = "any" | "positive" | "probabilities" | "bits" | "oneHot" | "classes";

interface Case {
  className: string;
  make: () => metrics.Metric;
  config?: Record<string, unknown>;
  pred: Kind;
  true: Kind;
  width?: number;
}

const of = (
  className: string,
  make: () => metrics.Metric,
  target: Kind,
  pred: Kind,
  config?: Record<string, unknown>,
  width?: number,
): Case => ({ className, make, true: target, pred, config, width });

const cases: Case[] = [
  of("BinaryAccuracy", metrics.binaryAccuracy, "bits", "probabilities"),
  of("BinaryAccuracy", () => metrics.binaryAccuracy({ threshold: 0.3 }), "bits", "probabilities", { threshold: 0.3 }),
  of("CategoricalAccuracy", () => metrics.categoricalAccuracy(), "oneHot", "probabilities"),
  of("SparseCategoricalAccuracy", () => metrics.sparseCategoricalAccuracy(), "classes", "probabilities"),
  of("TopKCategoricalAccuracy", () => metrics.topKCategoricalAccuracy({ k: 2 }), "oneHot", "probabilities", { k: 2 }),
  of("TopKCategoricalAccuracy", metrics.topKCategoricalAccuracy, "oneHot", "probabilities", {}, 8),
  of(
    "SparseTopKCategoricalAccuracy",
    () => metrics.sparseTopKCategoricalAccuracy({ k: 3 }),
    "classes",
    "probabilities",
    {
      k: 3,
    },
  ),
  of("AUC", metrics.auc, "bits", "probabilities"),
  of("AUC", () => metrics.auc({ curve: "PR" }), "bits", "probabilities", { curve: "PR" }),
  of(
    "AUC",
    () => metrics.auc({ curve: "PR", summationMethod: "majoring", numThresholds: 20 }),
    "bits",
    "probabilities",
    {
      curve: "PR",
      summation_method: "majoring",
      num_thresholds: 20,
    },
  ),
  of("AUC", () => metrics.auc({ summationMethod: "minoring", thresholds: [0.7, 0.1, 0.4] }), "bits", "probabilities", {
    summation_method: "minoring",
    thresholds: [0.7, 0.1, 0.4],
  }),
  of("AUC", () => metrics.auc({ multiLabel: true, labelWeights: [1, 2, 3, 4] }), "bits", "probabilities", {
    multi_label: true,
    label_weights: [1, 2, 3, 4],
  }),
  of("AUC", () => metrics.auc({ labelWeights: [1, 2, 3, 4] }), "bits", "probabilities", {
    label_weights: [1, 2, 3, 4],
  }),
  of("AUC", () => metrics.auc({ fromLogits: true }), "bits", "any", { from_logits: true }),
  of("Precision", metrics.precision, "bits", "probabilities"),
  of("Precision", () => metrics.precision({ thresholds: 0.3, classId: 2 }), "bits", "probabilities", {
    thresholds: 0.3,
    class_id: 2,
  }),
  of("Precision", () => metrics.precision({ topK: 2 }), "oneHot", "probabilities", { top_k: 2 }),
  of("Precision", () => metrics.precision({ thresholds: [0, 0.5, 1] }), "bits", "probabilities", {
    thresholds: [0, 0.5, 1],
  }),
  of("Recall", metrics.recall, "bits", "probabilities"),
  of("Recall", () => metrics.recall({ topK: 1, classId: 1 }), "oneHot", "probabilities", { top_k: 1, class_id: 1 }),
  of("Recall", () => metrics.recall({ thresholds: [0.2, 0.9] }), "bits", "probabilities", { thresholds: [0.2, 0.9] }),
  of("TruePositives", metrics.truePositives, "bits", "probabilities"),
  of("FalsePositives", () => metrics.falsePositives({ thresholds: [0.1, 0.7] }), "bits", "probabilities", {
    thresholds: [0.1, 0.7],
  }),
  of("TrueNegatives", metrics.trueNegatives, "bits", "probabilities"),
  of("FalseNegatives", metrics.falseNegatives, "bits", "probabilities"),
  of("F1Score", metrics.f1Score, "oneHot", "probabilities"),
  of("F1Score", () => metrics.f1Score({ average: "macro", threshold: 0.4 }), "bits", "probabilities", {
    average: "macro",
    threshold: 0.4,
  }),
  of("F1Score", () => metrics.f1Score({ average: "micro" }), "oneHot", "probabilities", { average: "micro" }),
  of("FBetaScore", () => metrics.fBetaScore({ average: "weighted", beta: 2 }), "oneHot", "probabilities", {
    average: "weighted",
    beta: 2.0000001,
  }),
  of("R2Score", metrics.r2Score, "any", "any"),
  of(
    "R2Score",
    () => metrics.r2Score({ classAggregation: "variance_weighted_average", numRegressors: 2 }),
    "any",
    "any",
    {
      class_aggregation: "variance_weighted_average",
      num_regressors: 2,
    },
  ),
  of("RootMeanSquaredError", metrics.rootMeanSquaredError, "any", "any"),
  of("CosineSimilarity", metrics.cosineSimilarity, "any", "any"),
  of("MeanSquaredError", () => metrics.lossMetric("mse"), "any", "any"),
  of("MeanAbsoluteError", () => metrics.lossMetric("mae"), "any", "any"),
  of("MeanAbsolutePercentageError", () => metrics.lossMetric("mape"), "any", "any"),
  of("MeanSquaredLogarithmicError", () => metrics.lossMetric("msle"), "positive", "positive"),
  of("LogCoshError", () => metrics.lossMetric("log_cosh"), "any", "any"),
  of("Poisson", () => metrics.lossMetric("poisson"), "positive", "positive"),
  of("KLDivergence", () => metrics.lossMetric("KLDivergence"), "probabilities", "probabilities"),
  of("Hinge", () => metrics.lossMetric("hinge"), "bits", "any"),
  of("SquaredHinge", () => metrics.lossMetric("squaredHinge"), "bits", "any"),
  of("CategoricalHinge", () => metrics.lossMetric("categorical_hinge"), "oneHot", "any"),
  of("BinaryCrossentropy", () => metrics.lossMetric("bce"), "bits", "probabilities"),
  of(
    "CategoricalCrossentropy",
    () => metrics.lossMetric(losses.categoricalCrossentropy({ fromLogits: true, labelSmoothing: 0.1 })),
    "oneHot",
    "any",
    { from_logits: true, label_smoothing: 0.1 },
  ),
];

const kinds: Record<Kind, (x: Float32Array, width: number) => Float32Array> = {
  any: (x) => x,
  positive: (x) => x.map((v) => Math.abs(v) * 2),
  probabilities: (x) => x.map((v) => 1 / (1 + Math.exp(-v))),
  bits: (x) => x.map((v) => (v > 0 ? 1 : 0)),
  oneHot: (x, width) => x.map((_, i) => (Math.floor(Math.abs(x[i - i % width]) * 100) % width === i % width ? 1 : 0)),
  classes: (x, width) => x.filter((_, i) => i % width === 0).map((v) => Math.floor(Math.abs(v) * 100) % width),
};

/** Batches of 7, 1 and 5 rows; the predictions of the last hold 0, ½ and 1, where thresholds decide. */
function batches({ pred, true: target, width = 4 }: Case, weighted: boolean) {
  return [7, 1, 5].map((rows, i) => {
    const size = rows * width;
    const values = kinds[pred](numbers(size, 11 + i), width);
    if (i === 2 && pred === "probabilities") [0, 0.5, 1].forEach((value, k) => values[width * k + k] = value);
    const yTrue = kinds[target](numbers(size, 31 + i), width);
    return {
      yTrue: tf.tensor(yTrue, target === "classes" ? [rows] : [rows, width]),
      yPred: tf.tensor(values, [rows, width]),
      weight: weighted ? tf.tensor1d(numbers(rows, 51 + i).map(Math.abs)) : undefined,
    };
  });
}

const asNumbers = (value: unknown): unknown => Array.isArray(value) ? value.map(asNumbers) : Number(value);

peerTest("metrics gather batches as Keras' do, with Keras' configs", async (ask, t) => {
  const all = cases.flatMap((given) => [false, true].map((weighted) => ({ given, weighted })));
  const answers = await ask(
    KERAS,
    all.map(({ given, weighted }) => ({
      class: given.className,
      config: given.config ?? {},
      batches: batches(given, weighted).map(({ yTrue, yPred, weight }) => [
        yTrue.arraySync(),
        yPred.arraySync(),
        weight?.arraySync() ?? null,
      ]),
    })),
  ) as { results: unknown[]; config: Record<string, unknown> }[];
  for (const backend of ["wasm", "cpu"] as const) {
    await useBackend(backend);
    for (const [i, { given, weighted }] of all.entries()) {
      const title = `${given.className} ${JSON.stringify(given.config ?? {})}${
        weighted ? ", weighted" : ""
      }, on ${backend}`;
      await t.step(title, () => {
        const metric = given.make();
        const state = metrics.running(metric);
        for (let round = 0; round < 2; round++) {
          batches(given, weighted).forEach(({ yTrue, yPred, weight }, k) => {
            state.update(yTrue, yPred, weight);
            const result = [state.result()].flat();
            assertNear(tf.tensor1d(result), asNumbers(answers[i].results[k]), 2e-5, `after batch ${k}`);
          });
          state.reset();
          assertEquals(state.result(), 0);
        }
        const ours = metric.getConfig();
        for (const [key, value] of Object.entries(answers[i].config)) {
          if (key !== "axis" && key !== "beta") assertEquals(ours[key], value, key);
        }
      });
    }
    await useBackend("wasm");
  }
});

Deno.test("a metric of several numbers is a list by itself and refused where a log needs one number", () => {
  const f1 = metrics.f1Score();
  const state = metrics.running(f1);
  state.update(tf.tensor2d([[1, 0], [0, 1]]), tf.tensor2d([[0.9, 0.1], [0.8, 0.2]]));
  assertEquals((state.result() as number[]).map((value) => Math.round(value * 1000)), [667, 0]);
  assertThrows(() => f1.result(new Float64Array(6)), RangeError, "average");
  assertThrows(
    () => metrics.precision({ thresholds: [0.1, 0.2] }).result(new Float64Array(6)),
    RangeError,
    "threshold",
  );
  assertThrows(() => metrics.recall({ thresholds: 2 }), RangeError, "0 to 1");
});

Deno.test("a metric's name is the key as it was typed, Keras' where it was in camelCase", () => {
  const nameOf = (name: metrics.MetricName) => metrics.metricOf(name, [1, 3], [1, 3]).name;
  assertEquals(nameOf("AUC"), "AUC");
  assertEquals(nameOf("auc"), "auc");
  assertEquals(nameOf("mse"), "mse");
  assertEquals(nameOf("MeanSquaredError"), "MeanSquaredError");
  assertEquals(nameOf("meanSquaredError"), "mean_squared_error");
  assertEquals(nameOf("topKCategoricalAccuracy"), "top_k_categorical_accuracy");
  assertEquals(nameOf("f1Score"), "f1_score");
  assertEquals(nameOf("huber"), "huber");
});

peerTest("a confusion matrix counts as scikit-learn's does", async (ask) => {
  const yTrue = [...numbers(60, 1)].map((v) => Math.floor(Math.abs(v) * 100) % 4);
  const yPred = [...numbers(60, 2)].map((v) => Math.floor(Math.abs(v) * 100) % 5);
  const weights = [...numbers(60, 3)].map((v) => Math.round(Math.abs(v) * 8));
  const answer = await ask(
    `
from sklearn.metrics import confusion_matrix as of
t, p, w = given
answer = [of(t, p).tolist(), of(t, p, labels=[3, 1]).tolist(), of(t, p, sample_weight=w).tolist()]`,
    [yTrue, yPred, weights],
  );
  assertEquals([
    metrics.confusionMatrix(yTrue, tf.tensor1d(yPred)),
    metrics.confusionMatrix(yTrue, yPred, { labels: [3, 1] }),
    metrics.confusionMatrix(yTrue, yPred, { sampleWeight: weights }),
  ], answer);
  assertEquals(metrics.confusionMatrix([], []), []);
  assertThrows(() => metrics.confusionMatrix([1], [1, 2]), RangeError, "one prediction");
});
