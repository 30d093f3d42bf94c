import { tf } from "baeum/tensors";
import { cosineAlong } from "../losses/regression.ts";
import { sameRank } from "../losses/same_rank.ts";
import { meanMetric, type Metric, spread } from "./metric.ts";

/** The root of the mean squared error. Keras: `RootMeanSquaredError`. */
export function rootMeanSquaredError({ name = "root_mean_squared_error" } = {}): Metric {
  const squares = meanMetric(
    name,
    "RootMeanSquaredError",
    (yTrue, yPred) => tf.squaredDifference(...sameRank(yTrue, yPred)),
  );
  return { ...squares, result: (sums) => Math.sqrt(squares.result(sums)) };
}

/** The cosine of the angle between target and prediction: 1 is the best. Keras: `CosineSimilarity`. */
export function cosineSimilarity({ axis = -1, name = "cosine_similarity" } = {}): Metric {
  return meanMetric(name, "CosineSimilarity", (yTrue, yPred) => cosineAlong(...sameRank(yTrue, yPred), axis));
}

/** Arguments of {@linkcode r2Score}. */
export interface R2Options {
  /** How the outputs' scores become one (default `"uniform_average"`). */
  classAggregation?: "uniform_average" | "variance_weighted_average";
  /** The number of inputs, for the adjusted score (default 0: not adjusted). */
  numRegressors?: number;
  name?: string;
}

/**
 * The share of the targets' variance that the predictions explain, for targets `[batch, outputs]`: 1 is the best, 0 as good
 * as the mean. Keras: `R2Score`.
 */
export function r2Score(
  { classAggregation = "uniform_average", numRegressors = 0, name = "r2_score" }: R2Options = {},
): Metric {
  return {
    name,
    className: "R2Score",
    sums(yTrue, yPred, sampleWeight) {
      const [target, output] = sameRank(yTrue, yPred);
      if (output.rank !== 2) {
        throw new RangeError(`R2Score needs targets and outputs [batch, outputs]. Received: [${output.shape}]`);
      }
      const weight = sampleWeight ? spread(sampleWeight, output.shape) : tf.onesLike(output);
      const weighted = tf.mul(target, weight);
      return tf.concat([
        tf.sum(weighted, 0),
        tf.sum(tf.mul(target, weighted), 0),
        tf.sum(tf.mul(tf.squaredDifference(target, output), weight), 0),
        tf.sum(weight, 0),
        tf.tensor1d([target.size]),
      ]) as tf.Tensor1D;
    },
    result(sums) {
      const outputs = (sums.length - 1) / 4;
      const samples = sums[4 * outputs];
      const totals: number[] = [], scores: number[] = [];
      for (let i = 0; i < outputs; i++) {
        const [sum, squares, residual, count] = [0, 1, 2, 3].map((k) => sums[k * outputs + i]);
        const total = squares - sum * (sum / count);
        const score = 1 - residual / total;
        totals.push(total);
        scores.push(Math.abs(score) === Infinity ? 0 : score);
      }
      const weights = classAggregation === "uniform_average" ? scores.map(() => 1) : totals;
      const score = scores.reduce((a, value, i) => a + value * weights[i], 0) / weights.reduce((a, b) => a + b, 0);
      if (numRegressors === 0 || numRegressors >= samples - 1) return score;
      return 1 - (1 - score) * (samples - 1) / (samples - numRegressors - 1);
    },
    getConfig: () => ({
      name,
      dtype: "float32",
      class_aggregation: classAggregation,
      num_regressors: numRegressors,
    }),
  };
}
