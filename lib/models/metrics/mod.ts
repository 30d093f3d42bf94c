/**
 * How well a model does, by Keras' names.
 *
 * @module
 */
export {
  accuracyFor,
  binaryAccuracy,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
  sparseTopKCategoricalAccuracy,
  topKCategoricalAccuracy,
  type TopKOptions,
} from "./accuracy.ts";
export { auc, type AucOptions } from "./auc.ts";
export { confusionMatrix, type ConfusionMatrixOptions } from "./confusion_matrix.ts";
export {
  type CountOptions,
  falseNegatives,
  falsePositives,
  precision,
  type PrecisionOptions,
  recall,
  trueNegatives,
  truePositives,
} from "./counts.ts";
export { type F1Options, f1Score, type FBetaOptions, fBetaScore } from "./f_score.ts";
export { lossMetric } from "./loss_metric.ts";
export { meanMetric, type Metric } from "./metric.ts";
export { metricFromConfig, type MetricFunction, type MetricName, metricOf } from "./metric_name.ts";
export { cosineSimilarity, type R2Options, r2Score, rootMeanSquaredError } from "./regression.ts";
export { running, type RunningMetric } from "./running_metric.ts";
