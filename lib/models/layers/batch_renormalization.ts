import { assign } from "baeum/engine";
import { tf } from "baeum/tensors";
import type { Weight } from "../weight.ts";

/** How far batch renormalisation may correct: its factor from `rmin` to `rmax`, its summand from −`dmax` to `dmax`. */
export interface RenormClipping {
  rmin?: number | null;
  rmax?: number | null;
  dmax?: number | null;
}

/** What a {@linkcode Renormalization} works with; the weights are `[channels]`. */
interface RenormalizationParts {
  momentum: number;
  renormMomentum: number;
  epsilon: number;
  clipping: RenormClipping;
  movingMean: Weight;
  movingVariance: Weight;
  movingDeviation: Weight;
  mean: Weight;
  deviation: Weight;
}

/** A tensor through which no gradient goes. */
const constant = tf.customGrad((x) => ({ value: (x as tf.Tensor).clone(), gradFunc: (dy) => tf.zerosLike(dy) }));

/**
 * Ioffe's batch renormalisation: what a batch's own statistics give is corrected towards what moving ones would give, so that
 * training and prediction agree for small batches, too.
 */
export class Renormalization {
  readonly #parts: RenormalizationParts;

  constructor(parts: RenormalizationParts) {
    const { rmin, rmax, dmax } = parts.clipping;
    if ((rmin != null && rmax != null && rmax < rmin) || (dmax != null && dmax < 0)) {
      throw new RangeError(
        `renormClipping's rmax is at least rmin, and dmax not negative. Received: ${JSON.stringify(parts.clipping)}`,
      );
    }
    this.#parts = parts;
  }

  /** The factor and the summand for what the batch's mean and variance gave. */
  corrections(mean: tf.Tensor, variance: tf.Tensor): [factor: tf.Tensor, summand: tf.Tensor] {
    const { epsilon, clipping: { rmin, rmax, dmax } } = this.#parts;
    const moving = tf.maximum(this.#parts.deviation.variable, Math.sqrt(epsilon));
    let factor = tf.sqrt(variance.add(epsilon)).div(moving);
    if (rmin != null) factor = tf.maximum(factor, rmin);
    if (rmax != null) factor = tf.minimum(factor, rmax);
    const summand = mean.sub(this.#parts.mean.variable).div(moving);
    return [constant(factor), constant(dmax == null ? summand : tf.clipByValue(summand, -dmax, dmax))];
  }

  /** Lets the moving statistics come nearer to the batch's. */
  update(mean: tf.Tensor, variance: tf.Tensor): void {
    const { epsilon, momentum, renormMomentum, movingMean, movingVariance, movingDeviation } = this.#parts;
    const deviation = tf.sqrt(variance.add(epsilon));
    approach(this.#parts.mean, mean, renormMomentum);
    approach(this.#parts.deviation, deviation, renormMomentum);
    approach(movingMean, mean, momentum);
    const moved = approach(movingDeviation, deviation, momentum);
    assign(movingVariance.variable, tf.relu(tf.square(moved).sub(epsilon)));
  }
}

function approach({ variable }: Weight, value: tf.Tensor, momentum: number): tf.Tensor {
  const moved = tf.mul(variable, momentum).add(value.mul(1 - momentum));
  assign(variable, moved);
  return moved;
}
