import { tf } from "baeum/tensors";
import { sameRank } from "../losses/same_rank.ts";
import { type Metric, spread } from "./metric.ts";

const EPSILON = 1e-7;

/** Arguments of {@linkcode f1Score}. */
export interface F1Options {
  /** How the classes' scores become one; `null` (default) leaves a number for each class, which logs cannot hold. */
  average?: "micro" | "macro" | "weighted" | null;
  /** Above which an output is positive; without it (default), the largest of each sample is. */
  threshold?: number | null;
  name?: string;
}

/** Arguments of {@linkcode fBetaScore}. */
export interface FBetaOptions extends F1Options {
  /** How many times recall counts as much as precision (default 1). */
  beta?: number;
}

/** The weighted harmonic mean of precision and recall, for one-hot targets `[batch, classes]`. Keras: `FBetaScore`. */
export function fBetaScore({ name = "fbeta_score", ...options }: FBetaOptions = {}): Metric {
  return fScore("FBetaScore", { name, ...options }, { beta: options.beta ?? 1 });
}

/** The harmonic mean of precision and recall, for one-hot targets `[batch, classes]`. Keras: `F1Score`. */
export function f1Score({ name = "f1_score", ...options }: F1Options = {}): Metric {
  return fScore("F1Score", { name, ...options }, {});
}

function fScore(
  className: string,
  { beta = 1, average = null, threshold = null, name }: FBetaOptions & { name: string },
  config: Record<string, unknown>,
): Metric {
  if (!(beta > 0)) throw new RangeError(`beta must be positive. Received: ${beta}`);
  const square = beta ** 2;
  const score = (tp: number, fp: number, fn: number) => {
    const precision = tp / (tp + fp + EPSILON), recall = tp / (tp + fn + EPSILON);
    return (1 + square) * precision * recall / (square * precision + recall + EPSILON);
  };
  const values = (sums: Float64Array): number[] => {
    const classes = sums.length / 3;
    const [tp, fp, fn] = [0, 1, 2].map((k) => [...sums.slice(k * classes, (k + 1) * classes)]);
    const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
    if (average === "micro") return [score(sum(tp), sum(fp), sum(fn))];
    const scores = tp.map((n, i) => score(n, fp[i], fn[i]));
    if (average === null) return scores;
    if (average === "macro") return [sum(scores) / classes];
    const total = sum(tp) + sum(fn) + EPSILON;
    return [sum(scores.map((value, i) => value * (tp[i] + fn[i]) / total))];
  };
  return {
    name,
    className,
    sums(yTrue, yPred, sampleWeight) {
      const [target, output] = sameRank(yTrue, yPred);
      if (output.rank !== 2) {
        throw new RangeError(`${className} needs targets and outputs [batch, classes]. Received: [${output.shape}]`);
      }
      const told = threshold === null
        ? tf.logicalAnd(tf.greaterEqual(output, tf.max(output, -1, true)), tf.greater(tf.abs(output), 1e-9)).toFloat()
        : tf.greater(output, threshold).toFloat();
      const weight = sampleWeight ? spread(sampleWeight, output.shape) : tf.onesLike(output);
      const count = (x: tf.Tensor) => tf.sum(tf.mul(x, weight), 0);
      const not = (x: tf.Tensor) => tf.sub(1, x);
      return tf.concat([
        count(tf.mul(told, target)),
        count(tf.mul(told, not(target))),
        count(tf.mul(not(told), target)),
      ]) as tf.Tensor1D;
    },
    values,
    result(sums) {
      const scores = values(sums);
      if (scores.length === 1) return scores[0];
      throw new RangeError(`${className} has a number for each class, a log needs one: give average: "macro"`);
    },
    getConfig: () => ({ name, dtype: "float32", average, ...config, threshold }),
  };
}
