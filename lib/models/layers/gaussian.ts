import { randomNormal, RandomState } from "baeum/engine";
import { nextSeed, type tf } from "baeum/tensors";
import { type CallContext, Layer, type LayerOptions, single, type Tensors } from "../layer.ts";

/** Arguments of {@linkcode gaussianNoise}. */
export interface GaussianNoiseOptions extends LayerOptions {
  /** The noise's standard deviation, from 0 to 1. */
  stddev: number;
  /** Makes the draws repeatable; without it, `seed(n)` decides. */
  seed?: number | null;
}

/** Arguments of {@linkcode gaussianDropout}. */
export interface GaussianDropoutOptions extends LayerOptions {
  /** As strong as a dropout of this share, at least 0 and below 1: the factors' deviation is `√(rate / (1 − rate))`. */
  rate: number;
  /** Makes the draws repeatable; without it, `seed(n)` decides. */
  seed?: number | null;
}

/** Adds normal noise while training. Keras: `GaussianNoise`. */
export class GaussianNoise extends Layer {
  readonly stddev: number;
  readonly random: RandomState;
  readonly #givenSeed: number | null;

  constructor(options: GaussianNoiseOptions) {
    super(options);
    const { stddev, seed = null } = options;
    if (!(stddev >= 0 && stddev <= 1)) {
      throw new RangeError(`stddev is a standard deviation from 0 to 1. Received: ${stddev}`);
    }
    this.stddev = stddev;
    this.#givenSeed = seed;
    // Keras draws no seed for a layer that draws nothing.
    this.random = new RandomState(seed ?? (stddev > 0 ? nextSeed() : 0));
  }

  override call(inputs: Tensors, { training }: CallContext): tf.Tensor {
    const x = single(inputs, this);
    return training && this.stddev > 0 ? x.add(randomNormal(x.shape, 0, this.stddev, this.random)) : x;
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), stddev: this.stddev, seed: this.#givenSeed };
  }
}

/** Multiplies by normal noise around 1 while training. Keras: `GaussianDropout`. */
export class GaussianDropout extends Layer {
  readonly rate: number;
  readonly random: RandomState;
  readonly #givenSeed: number | null;

  constructor(options: GaussianDropoutOptions) {
    super(options);
    const { rate, seed = null } = options;
    if (!(rate >= 0 && rate < 1)) {
      throw new RangeError(`rate is a share of at least 0 and below 1. Received: ${rate}`);
    }
    this.rate = rate;
    this.#givenSeed = seed;
    this.random = new RandomState(seed ?? (rate > 0 ? nextSeed() : 0));
  }

  override call(inputs: Tensors, { training }: CallContext): tf.Tensor {
    const x = single(inputs, this);
    if (!training || this.rate === 0) return x;
    return x.mul(randomNormal(x.shape, 1, Math.sqrt(this.rate / (1 - this.rate)), this.random));
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), rate: this.rate, seed: this.#givenSeed };
  }
}

/**
 * Adds normal noise around 0 to each number while training; at other times it does nothing.
 *
 * @throws {RangeError} if `stddev` is not within 0 to 1.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const noise = layers.gaussianNoise({ stddev: 0.1 });
 * assertEquals(noise.apply(tf.ones([1, 4])).arraySync(), [[1, 1, 1, 1]]);
 * ```
 */
export function gaussianNoise(options: GaussianNoiseOptions): GaussianNoise {
  return new GaussianNoise(options);
}

/**
 * Multiplies each number by normal noise around 1 while training; at other times it does nothing. Srivastava et al. 2014.
 *
 * @throws {RangeError} if `rate` is not at least 0 and below 1 (at 1 the noise would be infinite).
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const dropout = layers.gaussianDropout({ rate: 0.5 });
 * assertEquals(dropout.apply(tf.ones([1, 4])).arraySync(), [[1, 1, 1, 1]]);
 * ```
 */
export function gaussianDropout(options: GaussianDropoutOptions): GaussianDropout {
  return new GaussianDropout(options);
}
