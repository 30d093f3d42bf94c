import type { Metric } from "./metric.ts";
import { LOWEST, type Outcomes, outcomesFrom, outcomeSums, share } from "./outcomes.ts";

/** Arguments of the counts of outcomes. */
export interface CountOptions {
  /** Above which a prediction is positive (default 0.5); several give a count for each. */
  thresholds?: number | number[] | null;
  name?: string;
}

/** Arguments of {@linkcode precision} and {@linkcode recall}. */
export interface PrecisionOptions extends CountOptions {
  /** Only the largest so many outputs of each sample are positive (default: all above the threshold). */
  topK?: number | null;
  /** Only this class counts (default: all). */
  classId?: number | null;
}

function ofOutcomes(
  className: string,
  { thresholds = null, topK = null, classId = null, name }: PrecisionOptions & { name: string },
  config: Record<string, unknown>,
  read: (outcomes: Outcomes, i: number) => number,
): Metric {
  const list = thresholds === null ? [topK === null ? 0.5 : LOWEST] : [thresholds].flat();
  if (list.some((t) => !(t >= 0 && t <= 1) && t !== LOWEST)) {
    throw new RangeError(`thresholds are from 0 to 1. Received: ${list}`);
  }
  const values = (sums: Float64Array) => list.map((_, i) => read(outcomesFrom(sums), i));
  return {
    name,
    className,
    sums: (yTrue, yPred, weight) => outcomeSums(yTrue, yPred, weight, { thresholds: list, topK, classId }),
    values,
    result(sums) {
      if (list.length > 1) {
        throw new RangeError(
          `${className} of several thresholds is several numbers; a log needs one. Give one threshold`,
        );
      }
      return values(sums)[0];
    },
    getConfig: () => ({ name, dtype: "float32", thresholds, ...config }),
  };
}

/** The (weighted) number of positive targets that were found. Keras: `TruePositives`. */
export function truePositives({ name = "true_positives", ...options }: CountOptions = {}): Metric {
  return ofOutcomes("TruePositives", { name, ...options }, {}, (o, i) => o.truePositives[i]);
}

/** The (weighted) number of negative targets that were taken for positive. Keras: `FalsePositives`. */
export function falsePositives({ name = "false_positives", ...options }: CountOptions = {}): Metric {
  return ofOutcomes("FalsePositives", { name, ...options }, {}, (o, i) => o.falsePositives[i]);
}

/** The (weighted) number of negative targets that were told as such. Keras: `TrueNegatives`. */
export function trueNegatives({ name = "true_negatives", ...options }: CountOptions = {}): Metric {
  return ofOutcomes("TrueNegatives", { name, ...options }, {}, (o, i) => o.trueNegatives[i]);
}

/** The (weighted) number of positive targets that were missed. Keras: `FalseNegatives`. */
export function falseNegatives({ name = "false_negatives", ...options }: CountOptions = {}): Metric {
  return ofOutcomes("FalseNegatives", { name, ...options }, {}, (o, i) => o.falseNegatives[i]);
}

/** The share of right ones among those told positive; 0 where there are none. Keras: `Precision`. */
export function precision({ name = "precision", ...options }: PrecisionOptions = {}): Metric {
  const { topK = null, classId = null } = options;
  return ofOutcomes(
    "Precision",
    { name, ...options },
    { top_k: topK, class_id: classId },
    (o, i) => share(o.truePositives[i], o.truePositives[i] + o.falsePositives[i]),
  );
}

/** The share of the positive targets that were found; 0 where there are none. Keras: `Recall`. */
export function recall({ name = "recall", ...options }: PrecisionOptions = {}): Metric {
  const { topK = null, classId = null } = options;
  return ofOutcomes(
    "Recall",
    { name, ...options },
    { top_k: topK, class_id: classId },
    (o, i) => share(o.truePositives[i], o.truePositives[i] + o.falseNegatives[i]),
  );
}
