import { meanSquaredError as squaredErrors } from "baeum/engine";
import { tf } from "baeum/tensors";
import { Loss, type LossFunction, type LossOptions } from "./loss.ts";
import { sameRank } from "./same_rank.ts";

/** Keras' `epsilon()`: keeps divisions finite. */
const EPSILON = 1e-7;

/** A loss of targets and predictions of one shape. */
function regression(
  name: string,
  className: string,
  options: LossOptions,
  perSample: LossFunction,
  config?: Record<string, unknown>,
): Loss {
  return new Loss({
    name,
    className,
    perSample: (yTrue, yPred) => perSample(...sameRank(yTrue, yPred)),
    config,
    ...options,
  });
}

/** Mean squared error: `mean((yTrue − yPred)²)` over the outputs. Keras: `MeanSquaredError`. */
export function meanSquaredError(options: LossOptions = {}): Loss {
  return regression("mean_squared_error", "MeanSquaredError", options, squaredErrors);
}

/** Mean absolute error: `mean(|yTrue − yPred|)` over the outputs. Keras: `MeanAbsoluteError`. */
export function meanAbsoluteError(options: LossOptions = {}): Loss {
  return regression(
    "mean_absolute_error",
    "MeanAbsoluteError",
    options,
    (yTrue, yPred) => tf.mean(tf.abs(tf.sub(yTrue, yPred)), -1),
  );
}

/** `100 · mean(|yTrue − yPred| / |yTrue|)` over the outputs, in percent. Keras: `MeanAbsolutePercentageError`. */
export function meanAbsolutePercentageError(options: LossOptions = {}): Loss {
  return regression(
    "mean_absolute_percentage_error",
    "MeanAbsolutePercentageError",
    options,
    (yTrue, yPred) => {
      const share = tf.div(tf.sub(yTrue, yPred), tf.maximum(tf.abs(yTrue), EPSILON));
      return tf.mul(tf.mean(tf.abs(share), -1), 100);
    },
  );
}

/** `mean((log(yTrue + 1) − log(yPred + 1))²)`, negative numbers taken for 0. Keras: `MeanSquaredLogarithmicError`. */
export function meanSquaredLogarithmicError(options: LossOptions = {}): Loss {
  const logarithm = (x: tf.Tensor) => tf.log(tf.add(tf.maximum(x, EPSILON), 1));
  return regression(
    "mean_squared_logarithmic_error",
    "MeanSquaredLogarithmicError",
    options,
    (yTrue, yPred) => tf.mean(tf.square(tf.sub(logarithm(yPred), logarithm(yTrue))), -1),
  );
}

/** Arguments of {@linkcode huber}. */
export interface HuberOptions extends LossOptions {
  /** Where the square ends and the straight line begins (default 1). */
  delta?: number;
}

/** Half the squared error up to `delta`, a straight line beyond. Huber 1964. Keras: `Huber`. */
export function huber({ delta = 1, ...options }: HuberOptions = {}): Loss {
  if (!(delta >= 0)) throw new RangeError(`delta must not be negative. Received: ${delta}`);
  return regression("huber_loss", "Huber", options, (yTrue, yPred) => {
    const error = tf.abs(tf.sub(yPred, yTrue));
    const square = tf.minimum(error, delta);
    return tf.mean(tf.add(tf.mul(tf.square(square), 0.5), tf.mul(tf.sub(error, square), delta)), -1);
  }, { delta });
}

/** `mean(log(cosh(yPred − yTrue)))`: a square near 0, `|error| − log 2` far from it. Keras: `LogCosh`. */
export function logCosh(options: LossOptions = {}): Loss {
  return regression("log_cosh", "LogCosh", options, (yTrue, yPred) => {
    const error = tf.abs(tf.sub(yPred, yTrue));
    const tail = tf.log1p(tf.exp(tf.mul(error, -2)));
    return tf.mean(tf.sub(tf.add(error, tail), Math.LN2), -1);
  });
}

/** Arguments of {@linkcode cosineSimilarity}. */
export interface CosineSimilarityOptions extends LossOptions {
  /** The axis that holds the vectors (default −1). */
  axis?: number;
}

/** The cosine of the angle between two vectors along an axis; 0 where one of them is 0. */
export function cosineAlong(yTrue: tf.Tensor, yPred: tf.Tensor, axis: number): tf.Tensor {
  const unit = (x: tf.Tensor) => tf.mul(x, tf.rsqrt(tf.maximum(tf.sum(tf.square(x), axis, true), EPSILON * EPSILON)));
  return tf.sum(tf.mul(unit(yTrue), unit(yPred)), axis);
}

/** Minus the cosine of the angle between target and prediction: −1 is the best, 1 the worst. Keras: `CosineSimilarity`. */
export function cosineSimilarity({ axis = -1, ...options }: CosineSimilarityOptions = {}): Loss {
  return regression(
    "cosine_similarity",
    "CosineSimilarity",
    options,
    (yTrue, yPred) => tf.neg(cosineAlong(yTrue, yPred, axis)),
  );
}
