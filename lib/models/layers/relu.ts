import { tf } from "baeum/tensors";
import { Layer, type LayerOptions, single, type Tensors } from "../layer.ts";

/** Arguments of {@linkcode reLU}. */
export interface ReLUOptions extends LayerOptions {
  /** The largest number that is given, at least 0 (default null: no limit). */
  maxValue?: number | null;
  /** The slope below the threshold, at least 0 (default 0). */
  negativeSlope?: number;
  /** Numbers up to it count as negative; at least 0 (default 0). */
  threshold?: number;
}

/** The rectifier with a limit, a slope and a threshold. Keras: `ReLU`. */
export class ReLU extends Layer {
  readonly maxValue: number | null;
  readonly negativeSlope: number;
  readonly threshold: number;

  constructor(options: ReLUOptions = {}) {
    super(options);
    const { maxValue = null, negativeSlope = 0, threshold = 0 } = options;
    for (const [what, value] of Object.entries({ maxValue: maxValue ?? 0, negativeSlope, threshold })) {
      if (!(value >= 0)) throw new RangeError(`${what} must not be negative. Received: ${value}`);
    }
    this.maxValue = maxValue;
    this.negativeSlope = negativeSlope;
    this.threshold = threshold;
  }

  override call(inputs: Tensors): tf.Tensor {
    const x = single(inputs, this);
    const { maxValue, negativeSlope, threshold } = this;
    if (negativeSlope !== 0 && maxValue === null && threshold === 0) return tf.leakyRelu(x, negativeSlope);
    const above = threshold === 0 ? tf.relu(x) : tf.relu(x).mul(tf.step(x.sub(threshold)));
    const limited = maxValue === null ? above : tf.clipByValue(above, 0, maxValue);
    if (negativeSlope === 0) return limited;
    return limited.sub(tf.relu(tf.sub(threshold, x)).mul(negativeSlope));
  }

  override getConfig(): Record<string, unknown> {
    return {
      ...super.getConfig(),
      max_value: this.maxValue,
      negative_slope: this.negativeSlope,
      threshold: this.threshold,
    };
  }
}

/** Arguments of {@linkcode leakyReLU}. */
export interface LeakyReLUOptions extends LayerOptions {
  /** The slope below 0, at least 0 (default 0.3; the activation `"leakyRelu"` has 0.2, as in Keras). */
  negativeSlope?: number;
}

/** The rectifier that lets a share of the negative numbers through. Keras: `LeakyReLU`. */
export class LeakyReLU extends Layer {
  readonly negativeSlope: number;

  constructor(options: LeakyReLUOptions = {}) {
    super(options);
    const { negativeSlope = 0.3 } = options;
    if (!(negativeSlope >= 0)) {
      throw new RangeError(`negativeSlope must not be negative. Received: ${negativeSlope}`);
    }
    this.negativeSlope = negativeSlope;
  }

  override call(inputs: Tensors): tf.Tensor {
    return tf.leakyRelu(single(inputs, this), this.negativeSlope);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), negative_slope: this.negativeSlope };
  }
}

/** Arguments of {@linkcode thresholdedReLU}. */
export interface ThresholdedReLUOptions extends LayerOptions {
  /** Numbers up to it become 0; at least 0 (default 1). */
  theta?: number;
}

/** Only what is above a threshold. Keras 2: `ThresholdedReLU`; Keras 3 knows it in old files only. */
export class ThresholdedReLU extends Layer {
  readonly theta: number;

  constructor(options: ThresholdedReLUOptions = {}) {
    super(options);
    const { theta = 1 } = options;
    if (!(theta >= 0)) throw new RangeError(`theta must not be negative. Received: ${theta}`);
    this.theta = theta;
  }

  override call(inputs: Tensors): tf.Tensor {
    const x = single(inputs, this);
    return x.mul(tf.step(x.sub(this.theta)));
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), theta: this.theta };
  }
}

/**
 * `max(0, x)`, with up to three changes: numbers above `maxValue` become `maxValue`, those up to `threshold` become
 * `negativeSlope · (x − threshold)`.
 *
 * @throws {RangeError} when one of the three is negative.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const relu = layers.reLU({ maxValue: 2, negativeSlope: 0.5 });
 * assertEquals(relu.apply(tf.tensor2d([[-4, 1, 5]])).arraySync(), [[-2, 1, 2]]);
 * ```
 */
export function reLU(options: ReLUOptions = {}): ReLU {
  return new ReLU(options);
}

/**
 * `x` where it is positive, else `negativeSlope · x`. Maas et al. 2013.
 *
 * @throws {RangeError} when `negativeSlope` is negative.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const leaky = layers.leakyReLU({ negativeSlope: 0.5 });
 * assertEquals(leaky.apply(tf.tensor2d([[-4, 1]])).arraySync(), [[-2, 1]]);
 * ```
 */
export function leakyReLU(options: LeakyReLUOptions = {}): LeakyReLU {
  return new LeakyReLU(options);
}

/**
 * `x` where it is above `theta`, else 0. Konda et al. 2014.
 *
 * Differs from Keras: a layer of Keras 2, which Keras 3 reads from old files but does not offer.
 *
 * @throws {RangeError} when `theta` is negative.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(layers.thresholdedReLU().apply(tf.tensor2d([[-4, 1, 1.5]])).arraySync(), [[-0, 0, 1.5]]);
 * ```
 */
export function thresholdedReLU(options: ThresholdedReLUOptions = {}): ThresholdedReLU {
  return new ThresholdedReLU(options);
}
