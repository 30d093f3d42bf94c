import { tf } from "baeum/tensors";
import { sameRank } from "../losses/same_rank.ts";
import { spread } from "./metric.ts";

/** What a prediction below all others stands for; Keras' `NEG_INF`. */
export const LOWEST = -1e10;

/** How predictions are told positive or negative. */
export interface Decision {
  thresholds: number[];
  /** Only the `topK` largest of each sample's outputs are positive. */
  topK?: number | null;
  /** Only this class counts. */
  classId?: number | null;
  /** How much each output counts. */
  labelWeights?: number[] | null;
}

/** Weighted counts for each threshold. */
export interface Outcomes {
  truePositives: number[];
  falsePositives: number[];
  trueNegatives: number[];
  falseNegatives: number[];
}

/** What is larger than a bound is positive, for each threshold; evenly spaced thresholds are bounds of buckets' numbers. */
interface Bounds {
  scale: number;
  bounds: number[];
}

/** Keras counts in buckets where thresholds from 0 to 1 are evenly spaced; that decides ties. */
function boundsOf(thresholds: number[]): Bounds {
  const last = thresholds.length - 1;
  const isEven = last >= 2 && thresholds.every((t, i) => Math.abs(t - i / last) <= 1.1e-7 + 1e-5 * (i / last));
  if (!isEven) return { scale: 0, bounds: thresholds };
  const first = thresholds[0] < 0 || thresholds[last] > 1 ? -Infinity : 0;
  return { scale: last, bounds: thresholds.map((_, i) => (i === 0 ? first : i === last ? Infinity : i)) };
}

/**
 * A batch's share: for each threshold the positives among the positive targets, then among the negative ones, and the
 * numbers of both kinds of targets.
 */
export function outcomeSums(
  yTrue: tf.Tensor,
  yPred: tf.Tensor,
  sampleWeight: tf.Tensor | undefined,
  { thresholds, topK, classId, labelWeights }: Decision,
): tf.Tensor1D {
  let [target, output] = sameRank(yTrue, yPred);
  if (topK) output = onlyTop(output, topK);
  if (classId !== undefined && classId !== null) {
    [target, output] = [columnOf(target, classId), columnOf(output, classId)];
  }
  const isPositive = tf.notEqual(target, 0).toFloat();
  let weight = sampleWeight ? spread(sampleWeight, target.shape) : tf.onesLike(isPositive);
  if (labelWeights) weight = tf.mul(weight, tf.tensor1d(labelWeights));
  const kinds = tf.stack([tf.mul(isPositive, weight).flatten(), tf.mul(tf.sub(1, isPositive), weight).flatten()]);
  const { scale, bounds } = boundsOf(thresholds);
  const score = scale ? tf.ceil(tf.mul(output, scale)) : output;
  const saidPositive = tf.greater(score.reshape([-1, 1]), tf.tensor2d([bounds])).toFloat();
  const positives = tf.matMul(kinds as tf.Tensor2D, saidPositive as tf.Tensor2D);
  return tf.concat([positives.flatten(), tf.sum(kinds, 1)]) as tf.Tensor1D;
}

/** The counts behind summed vectors of {@linkcode outcomeSums}. */
export function outcomesFrom(sums: Float64Array): Outcomes {
  const count = (sums.length - 2) / 2;
  const [positives, negatives] = sums.slice(2 * count);
  const truePositives = [...sums.slice(0, count)], falsePositives = [...sums.slice(count, 2 * count)];
  return {
    truePositives,
    falsePositives,
    trueNegatives: falsePositives.map((n) => negatives - n),
    falseNegatives: truePositives.map((n) => positives - n),
  };
}

/** `a / b`, and 0 where b is 0. */
export function share(a: number, b: number): number {
  return b === 0 ? 0 : a / b;
}

function onlyTop(output: tf.Tensor, k: number): tf.Tensor {
  const { indices } = tf.topk(output, k);
  const isTop = tf.sum(tf.oneHot(indices.toInt(), output.shape.at(-1)!).toFloat(), -2);
  return tf.add(tf.mul(output, isTop), tf.mul(tf.sub(1, isTop), LOWEST));
}

function columnOf(x: tf.Tensor, column: number): tf.Tensor {
  if (x.rank < 2 || !(column >= 0 && column < x.shape.at(-1)!)) {
    throw new RangeError(`classId is one of the output's columns. Received: ${column} for the shape [${x.shape}]`);
  }
  return tf.slice(x, [...x.shape.slice(1).map(() => 0), column], [...x.shape.slice(0, -1), 1]);
}
