import { tf } from "baeum/tensors";
import { Loss, type LossOptions } from "./loss.ts";
import { sameRank } from "./same_rank.ts";

/** Targets as −1 and 1: those of a batch that has only 0 and 1 are turned into them, as Keras does. */
function asSigns(target: tf.Tensor): tf.Tensor {
  const isBinary = tf.all(tf.logicalOr(tf.equal(target, 0), tf.equal(target, 1))).toFloat();
  return tf.sub(tf.mul(target, tf.add(isBinary, 1)), isBinary);
}

/** How much of the margin 1 is missing: `max(1 − target · output, 0)`. */
function missingMargin(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
  const [target, output] = sameRank(yTrue, yPred);
  return tf.maximum(tf.sub(1, tf.mul(asSigns(target), output)), 0);
}

/** `mean(max(1 − yTrue · yPred, 0))` for targets −1 and 1 (0 and 1 are turned into them). Keras: `Hinge`. */
export function hinge(options: LossOptions = {}): Loss {
  return new Loss({
    name: "hinge",
    className: "Hinge",
    perSample: (yTrue, yPred) => tf.mean(missingMargin(yTrue, yPred), -1),
    ...options,
  });
}

/** `mean(max(1 − yTrue · yPred, 0)²)` for targets −1 and 1 (0 and 1 are turned into them). Keras: `SquaredHinge`. */
export function squaredHinge(options: LossOptions = {}): Loss {
  return new Loss({
    name: "squared_hinge",
    className: "SquaredHinge",
    perSample: (yTrue, yPred) => tf.mean(tf.square(missingMargin(yTrue, yPred)), -1),
    ...options,
  });
}

/** The largest number along the last axis; several of that size share the gradient. */
const largest = tf.customGrad((given, save) => {
  const x = given as tf.Tensor;
  const value = tf.max(x, -1);
  (save as tf.GradSaveFunc)([x, value]);
  return {
    value,
    gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => {
      const isLargest = tf.equal(saved[0], saved[1].expandDims(-1)).toFloat();
      return tf.mul(tf.div(isLargest, tf.sum(isLargest, -1, true)), dy.expandDims(-1));
    },
  };
});

/**
 * `max(1 + the largest wrong output − the right output, 0)` for one-hot targets `[batch, …, classes]`. Keras:
 * `CategoricalHinge`.
 */
export function categoricalHinge(options: LossOptions = {}): Loss {
  return new Loss({
    name: "categorical_hinge",
    className: "CategoricalHinge",
    perSample(yTrue, yPred) {
      const [target, output] = sameRank(yTrue, yPred);
      const right = tf.sum(tf.mul(target, output), -1);
      const wrong = largest(tf.mul(tf.sub(1, target), output));
      return tf.maximum(tf.add(tf.sub(wrong, right), 1), 0);
    },
    ...options,
  });
}
