/**
 * How well a model does, by Keras' names.
 *
 * @module
 */
export { accuracyFor, binaryAccuracy, categoricalAccuracy, sparseCategoricalAccuracy } from "./accuracy.ts";
export { meanMetric, type Metric } from "./metric.ts";
export { type MetricName, metricOf } from "./metric_name.ts";
