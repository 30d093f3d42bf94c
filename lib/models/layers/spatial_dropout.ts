import { dropout, RandomState } from "baeum/engine";
import { nextSeed, type tf } from "baeum/tensors";
import { type CallContext, Layer, type LayerOptions, single, singleShape, type Tensors } from "../layer.ts";
import type { Shape } from "../shape.ts";
import { checkPositions } from "./borders.ts";
import { type DataFormat, dataFormatOf } from "./data_format.ts";

/** Arguments of {@linkcode spatialDropout1d}. */
export interface SpatialDropout1DOptions extends LayerOptions {
  /** The share of channels that become 0, from 0 to 1. */
  rate: number;
  /** Makes the draws repeatable; without it, `seed(n)` decides. */
  seed?: number | null;
}

/** Arguments of {@linkcode spatialDropout2d} and {@linkcode spatialDropout3d}. */
export interface SpatialDropoutOptions extends SpatialDropout1DOptions {
  /** Where the channels are (default `"channels_last"`). */
  dataFormat?: DataFormat;
}

/** What the three have in common: a channel is dropped at all positions or at none. */
abstract class SpatialDropout extends Layer {
  readonly rate: number;
  readonly dataFormat: DataFormat;
  readonly random: RandomState;
  readonly #givenSeed: number | null;
  readonly #dimensions: number;

  constructor(options: SpatialDropoutOptions, dimensions: 1 | 2 | 3) {
    super(options);
    const { rate, seed = null } = options;
    if (!(rate >= 0 && rate <= 1)) throw new RangeError(`rate is a share from 0 to 1. Received: ${rate}`);
    this.rate = rate;
    this.dataFormat = dataFormatOf(options.dataFormat);
    this.#givenSeed = seed;
    this.#dimensions = dimensions;
    // Keras draws no seed for a layer that drops nothing.
    this.random = new RandomState(seed ?? (rate > 0 ? nextSeed() : 0));
  }

  override build(inputShape: Shape | Shape[]): void {
    checkPositions(singleShape(inputShape, this), this.#dimensions, this.name);
  }

  override call(inputs: Tensors, { training }: CallContext): tf.Tensor {
    const x = single(inputs, this);
    if (!training || this.rate === 0) return x;
    const channels = this.dataFormat === "channels_first" ? 1 : x.rank - 1;
    const drawn = x.shape.map((length, axis) => axis === 0 || axis === channels ? length : 1);
    return dropout(x, this.rate, this.random, drawn);
  }

  /** Keras' own: without `trainable`, and the type by its name. */
  override getConfig(): Record<string, unknown> {
    const config = { rate: this.rate, seed: this.#givenSeed, name: this.name, dtype: "float32" };
    return this.#dimensions === 1 ? config : { ...config, data_format: this.dataFormat };
  }
}

/** Drops whole channels of sequences. Keras: `SpatialDropout1D`. */
export class SpatialDropout1D extends SpatialDropout {
  constructor(options: SpatialDropout1DOptions) {
    super(options, 1);
  }
}

/** Drops whole channels of images. Keras: `SpatialDropout2D`. */
export class SpatialDropout2D extends SpatialDropout {
  constructor(options: SpatialDropoutOptions) {
    super(options, 2);
  }
}

/** Drops whole channels of volumes. Keras: `SpatialDropout3D`. */
export class SpatialDropout3D extends SpatialDropout {
  constructor(options: SpatialDropoutOptions) {
    super(options, 3);
  }
}

/**
 * Sets a random share of the channels of `[batch, steps, channels]` to 0 at all steps while training, and scales the rest by
 * `1 / (1 − rate)`. Tompson et al. 2015.
 *
 * @throws {RangeError} if `rate` is not within 0 to 1.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const dropout = layers.spatialDropout1d({ rate: 0.5 });
 * const [first, second] = tf.unstack(dropout.apply(tf.ones([1, 2, 8]), { training: true }), 1);
 * assertEquals(first.arraySync(), second.arraySync());
 * ```
 */
export function spatialDropout1d(options: SpatialDropout1DOptions): SpatialDropout1D {
  return new SpatialDropout1D(options);
}

/** {@linkcode spatialDropout1d} for images `[batch, height, width, channels]`. */
export function spatialDropout2d(options: SpatialDropoutOptions): SpatialDropout2D {
  return new SpatialDropout2D(options);
}

/** {@linkcode spatialDropout1d} for volumes `[batch, depth, height, width, channels]`. */
export function spatialDropout3d(options: SpatialDropoutOptions): SpatialDropout3D {
  return new SpatialDropout3D(options);
}
