import { tf } from "baeum/tensors";
import { binaryCrossentropies, type CrossentropyOptions, smoothed } from "./crossentropy.ts";
import { Loss } from "./loss.ts";
import { sameRank } from "./same_rank.ts";

/** Keeps probabilities away from 0 and 1; Keras' `epsilon()`. */
const EPSILON = 1e-7;

/** Arguments of {@linkcode categoricalFocalCrossentropy}. */
export interface FocalOptions extends CrossentropyOptions {
  /** How much the positive class, or every class, counts (default 0.25). */
  alpha?: number;
  /** How little samples count that are right already (default 2; 0: as much as the others). */
  gamma?: number;
}

/** Arguments of {@linkcode binaryFocalCrossentropy}. */
export interface BinaryFocalOptions extends FocalOptions {
  /** Whether `alpha` weighs class 1, and `1 − alpha` class 0 (default false). */
  applyClassBalancing?: boolean;
}

/**
 * Binary cross-entropy that counts samples the less the surer they are right: `(1 − p)^gamma · crossentropy`. Lin et al.
 * 2017. Keras: `BinaryFocalCrossentropy`.
 */
export function binaryFocalCrossentropy(
  {
    applyClassBalancing = false,
    alpha = 0.25,
    gamma = 2,
    fromLogits = false,
    labelSmoothing = 0,
    ...options
  }: BinaryFocalOptions = {},
): Loss {
  return new Loss({
    name: "binary_focal_crossentropy",
    className: "BinaryFocalCrossentropy",
    perSample(yTrue, yPred) {
      const [given, output] = sameRank(yTrue, yPred);
      const target = smoothed(given, labelSmoothing, 2);
      const probability = fromLogits ? tf.sigmoid(output) : output;
      const crossentropy = binaryCrossentropies(target, yPred, fromLogits);
      const right = tf.add(tf.mul(target, probability), tf.mul(tf.sub(1, target), tf.sub(1, probability)));
      let focal = tf.mul(tf.pow(tf.sub(1, right), gamma), crossentropy);
      if (applyClassBalancing) {
        focal = tf.mul(tf.add(tf.mul(target, alpha), tf.mul(tf.sub(1, target), 1 - alpha)), focal);
      }
      return tf.mean(focal, -1);
    },
    config: {
      from_logits: fromLogits,
      label_smoothing: labelSmoothing,
      axis: -1,
      apply_class_balancing: applyClassBalancing,
      alpha,
      gamma,
    },
    ...options,
  });
}

/**
 * Categorical cross-entropy that counts samples the less the surer they are right: `alpha · (1 − p)^gamma · crossentropy`.
 * Lin et al. 2017. Keras: `CategoricalFocalCrossentropy`.
 */
export function categoricalFocalCrossentropy(
  { alpha = 0.25, gamma = 2, fromLogits = false, labelSmoothing = 0, ...options }: FocalOptions = {},
): Loss {
  return new Loss({
    name: "categorical_focal_crossentropy",
    className: "CategoricalFocalCrossentropy",
    perSample(yTrue, yPred) {
      const [given, scores] = sameRank(yTrue, yPred);
      const target = smoothed(given, labelSmoothing, given.shape.at(-1)!);
      const probabilities = fromLogits ? tf.softmax(scores, -1) : scores;
      const normalised = tf.div(probabilities, tf.sum(probabilities, -1, true));
      const output = tf.clipByValue(normalised, EPSILON, 1 - EPSILON);
      const crossentropy = tf.neg(tf.mul(target, tf.log(output)));
      return tf.sum(tf.mul(tf.mul(tf.pow(tf.sub(1, output), gamma), alpha), crossentropy), -1);
    },
    config: { from_logits: fromLogits, label_smoothing: labelSmoothing, axis: -1, alpha, gamma },
    ...options,
  });
}
