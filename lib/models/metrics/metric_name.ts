import type { tf } from "baeum/tensors";
import { Loss, lossFromConfig, type LossName, lossNames } from "../losses/mod.ts";
import { camelCased, lookUp } from "../registry.ts";
import {
  accuracyFor,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
  sparseTopKCategoricalAccuracy,
  topKCategoricalAccuracy,
} from "./accuracy.ts";
import { auc } from "./auc.ts";
import { falseNegatives, falsePositives, precision, recall, trueNegatives, truePositives } from "./counts.ts";
import { f1Score, fBetaScore } from "./f_score.ts";
import { lossMetric } from "./loss_metric.ts";
import { meanMetric, type Metric } from "./metric.ts";
import { cosineSimilarity, r2Score, rootMeanSquaredError } from "./regression.ts";

type Make = (options?: { name?: string }) => Metric;

const named = {
  binary_accuracy: binaryAccuracy,
  categorical_accuracy: ({ name } = {}) => categoricalAccuracy(name),
  sparse_categorical_accuracy: ({ name } = {}) => sparseCategoricalAccuracy(name),
  top_k_categorical_accuracy: topKCategoricalAccuracy,
  sparse_top_k_categorical_accuracy: sparseTopKCategoricalAccuracy,
  auc,
  precision,
  recall,
  true_positives: truePositives,
  false_positives: falsePositives,
  true_negatives: trueNegatives,
  false_negatives: falseNegatives,
  f1_score: f1Score,
  fbeta_score: fBetaScore,
  r2_score: r2Score,
  root_mean_squared_error: rootMeanSquaredError,
  cosine_similarity: cosineSimilarity,
} as const satisfies Record<string, Make>;

/** `true_positives` → `truePositives`, as a type. */
type Camel<Name extends string> = Name extends `${infer Head}_${infer Rest}` ? `${Head}${Capitalize<Camel<Rest>>}`
  : Name;

/** The names a metric can be asked for by; `"accuracy"` is the one that fits loss and shapes. Every loss is one, too. */
export type MetricName =
  | "accuracy"
  | "acc"
  | keyof typeof named
  | Camel<keyof typeof named>
  | Capitalize<Exclude<Camel<keyof typeof named>, "auc">>
  | "AUC"
  | LossName;

/** A metric of one's own: one number for each sample, `[batch, …]`, of which the mean is taken. */
export type MetricFunction = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor;

const byName = new Map<string, Make>([
  ...lossNames().map((loss) => [loss, (options?: { name?: string }) => lossMetric(loss as LossName, options)] as const),
  ...Object.entries<Make>(named),
  // What is left of these names once their capitals are taken apart.
  ["top_kcategorical_accuracy", topKCategoricalAccuracy],
  ["sparse_top_kcategorical_accuracy", sparseTopKCategoricalAccuracy],
]);

/**
 * The metric of a name for targets and outputs of these shapes (batch first), the one given, or the mean of a loss or of a
 * function of one's own. A name is the key in the logs as it was typed, as in Keras; of one in camelCase, Keras' is.
 *
 * @throws {RangeError} for an unknown name.
 */
export function metricOf(
  given: Metric | MetricName | MetricFunction | Loss,
  targetShape: number[],
  outputShape: number[],
): Metric {
  if (given instanceof Loss) return lossMetric(given);
  if (typeof given === "function") return meanMetric(given.name || "metric", "function", given);
  if (typeof given !== "string") return given;
  if (given === "accuracy" || given === "acc") return accuracyFor(targetShape, outputShape, given);
  const make = lookUp("metric", new Map<string, Make>([...byName, ["accuracy", named.categorical_accuracy]]), given);
  const isCamelCase = /^[a-z].*[A-Z]/.test(given);
  return isCamelCase ? make() : make({ name: given });
}

/**
 * Makes a metric from what its `className` and `getConfig` tell, as they are in Keras' files.
 *
 * @throws {RangeError} for an unknown class.
 */
export function metricFromConfig(className: string, config: Record<string, unknown> = {}): Metric {
  const known = className === "LogCoshError" ? "LogCosh" : className;
  const make = lookUp("metric", byName, known);
  const { name } = config as { name?: string };
  const isOwn = Object.values<Make>(named).includes(make);
  if (!isOwn) return lossMetric(lossFromConfig(known, { ...config, name: null, dtype: null }), { name });
  const options = Object.entries(config)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => [camelCased(key), value]);
  return make(Object.fromEntries(options));
}
