import { assign, batchNorm } from "baeum/engine";
import { tf } from "baeum/tensors";
import { type Initializer, type InitializerName, initializerOf } from "../initializers/mod.ts";
import { type CallContext, single, singleShape, type Tensors } from "../layer.ts";
import { serialized } from "../serialized.ts";
import { formatShape, type Shape } from "../shape.ts";
import type { Weight } from "../weight.ts";
import { Affine, type AffineOptions } from "./affine.ts";
import { axesOf, lengthsAlong } from "./axes.ts";
import { Renormalization, type RenormClipping } from "./batch_renormalization.ts";

/** Arguments of {@linkcode batchNormalization}. */
export interface BatchNormalizationOptions extends AffineOptions {
  /** The axis of the channels (default −1, the last). */
  axis?: number;
  /** The share of the moving mean and variance that a batch leaves as it was (default 0.99). */
  momentum?: number;
  /** How the moving mean begins (default `"zeros"`). */
  movingMeanInitializer?: Initializer | InitializerName;
  /** How the moving variance begins (default `"ones"`). */
  movingVarianceInitializer?: Initializer | InitializerName;
  /** Whether training, too, leans on moving statistics (default false). Ioffe 2017. */
  renorm?: boolean;
  /** How far batch renormalisation may correct (default: as far as it likes). */
  renormClipping?: RenormClipping | null;
  /** The momentum of the statistics that renormalisation leans on (default 0.99). */
  renormMomentum?: number;
}

/** Channels brought to mean 0 and variance 1. Keras: `BatchNormalization`. */
export class BatchNormalization extends Affine {
  readonly axis: number;
  readonly momentum: number;
  readonly movingMeanInitializer: Initializer;
  readonly movingVarianceInitializer: Initializer;
  readonly renorm: boolean;
  readonly renormClipping: RenormClipping | null;
  readonly renormMomentum: number;
  movingMean?: Weight;
  movingVariance?: Weight;
  #renormalization?: Renormalization;

  constructor(options: BatchNormalizationOptions = {}) {
    super(options);
    const { axis = -1, momentum = 0.99, renorm = false, renormClipping = null, renormMomentum = 0.99 } = options;
    this.axis = axis;
    this.momentum = momentum;
    this.movingMeanInitializer = initializerOf(options.movingMeanInitializer ?? "zeros");
    this.movingVarianceInitializer = initializerOf(options.movingVarianceInitializer ?? "ones");
    this.renorm = renorm;
    this.renormClipping = renorm ? renormClipping ?? {} : renormClipping;
    this.renormMomentum = renormMomentum;
  }

  override build(inputShape: Shape | Shape[]): void {
    const inputs = singleShape(inputShape, this);
    const shape = lengthsAlong(axesOf(this.axis, inputs, this.name), inputs, this.name);
    if (this.scale) this.addGamma(shape);
    if (this.center) this.addBeta(shape);
    const { movingMeanInitializer: mean, movingVarianceInitializer: variance } = this;
    this.movingMean = this.addWeight("moving_mean", { shape, initializer: mean, trainable: false });
    this.movingVariance = this.addWeight("moving_variance", { shape, initializer: variance, trainable: false });
    if (!this.renorm) return;
    const deviation: Initializer = {
      className: "RootOfVariance",
      draw: (shape) => variance.draw(shape).map(Math.sqrt),
      getConfig: () => ({}),
    };
    this.#renormalization = new Renormalization({
      momentum: this.momentum,
      renormMomentum: this.renormMomentum,
      epsilon: this.epsilon,
      clipping: this.renormClipping ?? {},
      movingMean: this.movingMean,
      movingVariance: this.movingVariance,
      movingDeviation: this.addWeight("moving_stddev", { shape, initializer: deviation, trainable: false }),
      mean: this.addWeight("renorm_mean", { shape, initializer: mean, trainable: false }),
      deviation: this.addWeight("renorm_stddev", { shape, initializer: deviation, trainable: false }),
    });
  }

  override call(inputs: Tensors, { training, mask }: CallContext): tf.Tensor {
    const given = single(inputs, this);
    const [axis] = axesOf(this.axis, given.shape, this.name);
    const order = given.shape.map((_, i) => i).filter((i) => i !== axis).concat(axis);
    const moved = axis !== given.rank - 1;
    const channelsLast = (x: tf.Tensor) => moved ? tf.transpose(x, order) : x;
    const x = channelsLast(given);
    const measures = training && this.trainable;
    const y = measures ? this.#measured(x, mask && channelsLast(this.#over(given, mask))) : this.#remembered(x);
    return moved ? tf.transpose(y, order.map((_, i) => order.indexOf(i))) : y;
  }

  /** By the batch's own mean and variance, which the moving ones then come nearer to. */
  #measured(x: tf.Tensor, shown?: tf.Tensor): tf.Tensor {
    const [gamma, beta] = [this.gamma?.variable as tf.Tensor1D, this.beta?.variable as tf.Tensor1D];
    const renormalization = this.#renormalization;
    const plain = !shown && !renormalization;
    const [y, mean, variance] = shown
      ? this.#batchNormOf(x, shown)
      : batchNorm(x, plain ? gamma : undefined, plain ? beta : undefined, this.epsilon);
    if (renormalization) {
      const [factor, summand] = renormalization.corrections(mean, variance);
      renormalization.update(mean, variance);
      return scaled(y.mul(factor).add(summand), gamma, beta);
    }
    this.#approach(this.movingMean!, mean);
    this.#approach(this.movingVariance!, variance);
    return plain ? y : scaled(y, gamma, beta);
  }

  /** By the moving mean and variance. */
  #remembered(x: tf.Tensor): tf.Tensor {
    const root = tf.rsqrt(tf.add(this.movingVariance!.variable, this.epsilon));
    const factor = this.gamma ? root.mul(this.gamma.variable) : root;
    const back = tf.neg(tf.mul(this.movingMean!.variable, factor));
    return x.mul(factor).add(this.beta ? back.add(this.beta.variable) : back);
  }

  /** Only over what a mask shows. */
  #batchNormOf(x: tf.Tensor, shown: tf.Tensor): [tf.Tensor, tf.Tensor, tf.Tensor] {
    const axes = x.shape.map((_, i) => i).slice(0, -1);
    const zeros = tf.zerosLike(x);
    // Keras' epsilon, for where nothing is shown.
    const count = tf.sum(shown.toFloat(), axes).add(1e-7);
    const mean = tf.sum(tf.where(shown, x, zeros), axes).div(count);
    const apart = x.sub(mean);
    const variance = tf.sum(tf.square(tf.where(shown, apart, zeros)), axes).div(count);
    return [apart.mul(tf.rsqrt(variance.add(this.epsilon))), mean, variance];
  }

  /** A mask `[batch, time, …]` over all channels. */
  #over(x: tf.Tensor, mask: tf.Tensor): tf.Tensor {
    if (mask.rank === x.rank - 1) return tf.broadcastTo(mask.expandDims(-1), x.shape).cast("bool");
    throw new RangeError(
      `"${this.name}" takes a mask of one dimension less than its input. Received: a mask ${formatShape(mask.shape)} ` +
        `for ${formatShape(x.shape)}`,
    );
  }

  #approach({ variable }: Weight, value: tf.Tensor): void {
    assign(variable, tf.mul(variable, this.momentum).add(value.mul(1 - this.momentum)));
  }

  override getConfig(): Record<string, unknown> {
    return {
      ...super.getConfig(),
      axis: this.axis,
      momentum: this.momentum,
      moving_mean_initializer: serialized("initializers", this.movingMeanInitializer),
      moving_variance_initializer: serialized("initializers", this.movingVarianceInitializer),
      synchronized: false,
      renorm: this.renorm,
      renorm_clipping: this.renormClipping,
      renorm_momentum: this.renormMomentum,
    };
  }
}

function scaled(y: tf.Tensor, gamma?: tf.Tensor, beta?: tf.Tensor): tf.Tensor {
  const factored = gamma ? y.mul(gamma) : y;
  return beta ? factored.add(beta) : factored;
}

/**
 * Brings each channel to mean 0 and variance 1, then multiplies by `gamma` and adds `beta`. Ioffe & Szegedy 2015.
 *
 * While training, mean and (biased) variance are the batch's, over all axes but the channels'; at other times, and where the
 * layer is not `trainable`, the moving ones, of which each batch in training replaces the share `1 − momentum`.
 *
 * Weights, `[channels]` each: gamma, beta, moving mean, moving variance; the last two are not trained. With `renorm` three
 * more: moving deviation, and mean and deviation for the corrections.
 *
 * @throws {RangeError} when the input has no such axis, or its length is not known.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 *
 * const normalize = layers.batchNormalization({ epsilon: 0 });
 * const y = normalize.apply(tf.tensor2d([[1], [3]]), { training: true });
 * assertAlmostEquals(y.dataSync()[0], -1, 1e-6);
 * assertEquals(normalize.getWeights().length, 4);
 * ```
 */
export function batchNormalization(options: BatchNormalizationOptions = {}): BatchNormalization {
  return new BatchNormalization(options);
}
