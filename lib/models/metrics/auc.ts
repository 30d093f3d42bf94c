import { tf } from "baeum/tensors";
import type { Metric } from "./metric.ts";
import { type Outcomes, outcomesFrom, outcomeSums, share } from "./outcomes.ts";

/** Keeps the outermost thresholds outside of [0, 1]; Keras' `epsilon()`. */
const EPSILON = 1e-7;

/** Arguments of {@linkcode auc}. */
export interface AucOptions {
  /** The number of thresholds that the curve is drawn with (default 200). */
  numThresholds?: number;
  /** Receiver operating characteristic (default) or precision over recall. */
  curve?: "ROC" | "PR";
  /** How the area between two points is filled (default interpolation). */
  summationMethod?: "interpolation" | "majoring" | "minoring";
  /** Thresholds of one's own in place of evenly spaced ones. */
  thresholds?: number[] | null;
  /** Whether each output has its own curve, of whose areas the mean is taken (default false: one curve for all). */
  multiLabel?: boolean;
  /** How much each output counts. */
  labelWeights?: number[] | null;
  /** Whether the predictions are logits rather than probabilities (default false). */
  fromLogits?: boolean;
  name?: string;
}

/**
 * The area under the ROC or the precision-recall curve, by sums over thresholds. Keras: `AUC`.
 *
 * @example
 * ```ts
 * import { metrics } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const auc = metrics.running(metrics.auc());
 * auc.update(tf.tensor1d([0, 0, 1, 1]), tf.tensor1d([0, 0.5, 0.3, 0.9]));
 * assertAlmostEquals(auc.result() as number, 0.75, 1e-6);
 * ```
 */
export function auc(
  {
    numThresholds = 200,
    curve = "ROC",
    summationMethod = "interpolation",
    thresholds = null,
    multiLabel = false,
    labelWeights = null,
    fromLogits = false,
    name = "auc",
  }: AucOptions = {},
): Metric {
  if (!(numThresholds > 1)) throw new RangeError(`numThresholds must be more than 1. Received: ${numThresholds}`);
  const inner = thresholds?.toSorted((a, b) => a - b) ??
    Array.from({ length: numThresholds - 2 }, (_, i) => (i + 1) / (numThresholds - 1));
  const all = [-EPSILON, ...inner, 1 + EPSILON];
  const perLabel = 2 * all.length + 2;
  return {
    name,
    className: "AUC",
    sums(yTrue, yPred, weight) {
      const output = fromLogits ? tf.sigmoid(yPred) : yPred;
      if (!multiLabel) return outcomeSums(yTrue, output, weight, { thresholds: all, labelWeights });
      if (output.rank !== 2) {
        throw new RangeError(`multiLabel needs outputs [batch, labels]. Received: [${output.shape}]`);
      }
      const labels = Array.from({ length: output.shape[1]! }, (_, classId) => classId);
      return tf.concat(
        labels.map((classId) => outcomeSums(yTrue, output, weight, { thresholds: all, classId })),
      ) as tf.Tensor1D;
    },
    result(sums) {
      const areas = Array.from({ length: sums.length / perLabel }, (_, label) => {
        const outcomes = outcomesFrom(sums.slice(label * perLabel, (label + 1) * perLabel));
        return curve === "PR" && summationMethod === "interpolation"
          ? interpolatedPrecision(outcomes)
          : areaUnder(outcomes, curve, summationMethod);
      });
      const weights = multiLabel && labelWeights ? labelWeights : areas.map(() => 1);
      return share(areas.reduce((sum, area, i) => sum + area * weights[i], 0), weights.reduce((a, b) => a + b, 0));
    },
    getConfig: () => ({
      name,
      dtype: "float32",
      num_thresholds: all.length,
      curve,
      summation_method: summationMethod,
      multi_label: multiLabel,
      num_labels: null,
      label_weights: labelWeights,
      from_logits: fromLogits,
      ...(thresholds && { thresholds: inner }),
    }),
  };
}

function areaUnder(
  { truePositives: tp, falsePositives: fp, trueNegatives: tn, falseNegatives: fn }: Outcomes,
  curve: "ROC" | "PR",
  method: "interpolation" | "majoring" | "minoring",
): number {
  const recall = tp.map((n, i) => share(n, n + fn[i]));
  const x = curve === "ROC" ? fp.map((n, i) => share(n, n + tn[i])) : recall;
  const y = curve === "ROC" ? recall : tp.map((n, i) => share(n, n + fp[i]));
  let area = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const height = method === "interpolation"
      ? (y[i] + y[i + 1]) / 2
      : method === "majoring"
      ? Math.max(y[i], y[i + 1])
      : Math.min(y[i], y[i + 1]);
    area += (x[i] - x[i + 1]) * height;
  }
  return area;
}

/** The area under precision over recall, interpolated in true and false positives. Davis & Goadrich 2006. */
function interpolatedPrecision({ truePositives: tp, falsePositives: fp, falseNegatives: fn }: Outcomes): number {
  let area = 0;
  for (let i = 0; i + 1 < tp.length; i++) {
    const [here, next] = [tp[i] + fp[i], tp[i + 1] + fp[i + 1]];
    const risen = tp[i] - tp[i + 1];
    const slope = share(risen, Math.max(here - next, 0));
    const intercept = tp[i + 1] - slope * next;
    const ratio = here > 0 && next > 0 ? here / next : 1;
    area += share(slope * (risen + intercept * Math.log(ratio)), Math.max(tp[i + 1] + fn[i + 1], 0));
  }
  return area;
}
