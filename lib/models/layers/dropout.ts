import { dropout as dropoutOp, RandomState } from "baeum/engine";
import { nextSeed, type tf } from "baeum/tensors";
import { type CallContext, Layer, type LayerOptions, single, type Tensors } from "../layer.ts";

/** Arguments of {@linkcode dropout}. */
export interface DropoutOptions extends LayerOptions {
  /** The share of numbers that become 0, from 0 to 1. */
  rate: number;
  /** Makes the draws repeatable; without it, `seed(n)` decides. */
  seed?: number | null;
  /** The shape of what is drawn, batch first: along a 1 all numbers share one draw; null stands for the input's length. */
  noiseShape?: (number | null)[] | null;
}

/** Sets a random share of its input to 0 while training. Keras: `Dropout`. */
export class Dropout extends Layer {
  readonly rate: number;
  readonly noiseShape: (number | null)[] | null;
  readonly random: RandomState;
  readonly #givenSeed: number | null;

  constructor(options: DropoutOptions) {
    super(options);
    const { rate, seed, noiseShape = null } = options;
    if (!(rate >= 0 && rate <= 1)) throw new RangeError(`rate is a share from 0 to 1. Received: ${rate}`);
    if (noiseShape?.some((length) => length !== null && !(Number.isInteger(length) && length >= 1))) {
      throw new RangeError(`noiseShape is made of whole numbers, or null for the input's. Received: [${noiseShape}]`);
    }
    this.rate = rate;
    this.noiseShape = noiseShape;
    this.#givenSeed = seed ?? null;
    // Keras draws no seed for a layer that drops nothing.
    this.random = new RandomState(seed ?? (rate > 0 ? nextSeed() : 0));
  }

  override call(inputs: Tensors, { training }: CallContext): tf.Tensor {
    const x = single(inputs, this);
    if (!training || this.rate === 0) return x;
    const drawn = this.noiseShape?.map((length, axis) => length ?? x.shape[axis]);
    return dropoutOp(x, this.rate, this.random, drawn);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), rate: this.rate, seed: this.#givenSeed, noise_shape: this.noiseShape };
  }
}

/**
 * Sets a random share of its input to 0 while training, and scales the rest by `1 / (1 − rate)`; at other times it does
 * nothing. Srivastava et al. 2014.
 *
 * @throws {RangeError} if `rate` is not within 0 to 1.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const dropout = layers.dropout({ rate: 0.5 });
 * assertEquals(dropout.apply(tf.ones([1, 4])).arraySync(), [[1, 1, 1, 1]]);
 * ```
 */
export function dropout(options: DropoutOptions): Dropout {
  return new Dropout(options);
}
