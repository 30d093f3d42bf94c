import type { tf } from "baeum/tensors";
import { checkReduction, reduceValues, type Reduction } from "./reduction.ts";

/** Arguments that every loss has. */
export interface LossOptions {
  /** How the samples' values become one number (default `"sum_over_batch_size"`, their mean). */
  reduction?: Reduction;
  /** A name of one's own (default: Keras'). */
  name?: string;
}

/** What a loss is made of. */
export interface LossParts extends LossOptions {
  /** Keras' name, for example `mean_squared_error`. */
  name: string;
  /** Keras' class name, for example `MeanSquaredError`. */
  className: string;
  /** `[batch, …]` from targets and predictions `[batch, …, outputs]`. */
  perSample: LossFunction;
  /** Arguments of its own, as in Keras' config. */
  config?: Record<string, unknown>;
}

/** A loss of one's own: one number for each sample, `[batch, …]`. */
export type LossFunction = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor;

/**
 * How far predictions are from targets. Keras: `keras.losses.Loss`.
 *
 * @example
 * ```ts
 * import { losses } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const yTrue = tf.tensor2d([[0, 1], [0, 0]]), yPred = tf.tensor2d([[1, 1], [1, 0]]);
 * const mse = losses.meanSquaredError();
 * assertEquals(mse.call(yTrue, yPred).dataSync()[0], 0.5);
 * assertEquals([...mse.perSample(yTrue, yPred).dataSync()], [0.5, 0.5]);
 * const weighted = mse.call(yTrue, yPred, tf.tensor1d([0.7, 0.3]));
 * assertAlmostEquals(weighted.dataSync()[0], 0.25, 1e-6);
 * ```
 */
export class Loss {
  /** Keras' name, for example `mean_squared_error`. */
  readonly name: string;
  /** Keras' class name, for example `MeanSquaredError`. */
  readonly className: string;
  /** How the samples' values become one number. */
  readonly reduction: Reduction;
  readonly #perSample: LossFunction;
  readonly #config: Record<string, unknown>;

  constructor({ name, className, perSample, reduction = "sum_over_batch_size", config = {} }: LossParts) {
    checkReduction(reduction);
    this.name = name;
    this.className = className;
    this.reduction = reduction;
    this.#perSample = perSample;
    this.#config = config;
  }

  /** One number for each sample (and position), `[batch, …]`, from targets and predictions `[batch, …, outputs]`. */
  perSample(yTrue: tf.Tensor, yPred: tf.Tensor): tf.Tensor {
    return this.#perSample(yTrue, yPred);
  }

  /**
   * The samples' values, weighted and reduced: a scalar, or `[batch, …]` where the reduction is `"none"`. Positions that the
   * predictions' mask leaves out do not count.
   *
   * @param sampleWeight `[batch]`, or with further axes for a weight of each position.
   */
  call(yTrue: tf.Tensor, yPred: tf.Tensor, sampleWeight?: tf.Tensor): tf.Tensor {
    return reduceValues(this.perSample(yTrue, yPred), { sampleWeight, predictions: yPred, reduction: this.reduction });
  }

  /** The arguments, as in Keras' config. */
  getConfig(): Record<string, unknown> {
    return { name: this.name, reduction: this.reduction, ...this.#config };
  }
}
