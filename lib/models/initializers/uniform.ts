import { random } from "baeum/tensors";
import { sizeOf } from "../shape.ts";
import { fans, type Initializer, type SeededOptions, seedOr } from "./initializer.ts";

/** Arguments of {@linkcode randomUniform}. */
export interface RandomUniformOptions extends SeededOptions {
  /** The least value (default −0.05). */
  minval?: number;
  /** The bound above (default 0.05). */
  maxval?: number;
}

/** Uniform between two bounds, drawn as Keras on TensorFlow draws it: Philox with the key `[seed, 0]`. */
export class RandomUniform implements Initializer {
  readonly className = "RandomUniform";
  readonly minval: number;
  readonly maxval: number;
  readonly seed: number;
  readonly #givenSeed: number | null;

  constructor({ minval = -0.05, maxval = 0.05, seed }: RandomUniformOptions = {}) {
    if (!(minval < maxval)) throw new RangeError(`minval must be less than maxval. Received: ${minval} and ${maxval}`);
    this.minval = minval;
    this.maxval = maxval;
    this.#givenSeed = seed ?? null;
    this.seed = seedOr(seed);
  }

  draw(shape: number[]): Float32Array {
    return random.statelessUniform(sizeOf(shape, "An initializer"), this.minval, this.maxval, this.seed);
  }

  getConfig(): Record<string, unknown> {
    return { minval: this.minval, maxval: this.maxval, seed: this.#givenSeed };
  }
}

/** Uniform within ±√(3 · scale / n), n a fan or the mean of both: what Glorot, He and LeCun have in common. */
abstract class ScaledUniform implements Initializer {
  abstract readonly className: string;
  readonly seed: number;
  readonly #givenSeed: number | null;

  constructor({ seed }: SeededOptions = {}) {
    this.#givenSeed = seed ?? null;
    this.seed = seedOr(seed);
  }

  /** scale / n, the variance. */
  protected abstract variance(fanIn: number, fanOut: number): number;

  draw(shape: number[]): Float32Array {
    const { fanIn, fanOut } = fans(shape);
    const limit = Math.sqrt(3 * this.variance(fanIn, fanOut));
    return random.statelessUniform(sizeOf(shape, "An initializer"), -limit, limit, this.seed);
  }

  getConfig(): Record<string, unknown> {
    return { seed: this.#givenSeed, input_axes: null, output_axes: null };
  }
}

/** Glorot's (Xavier's) uniform draw, ±√(6 / (fanIn + fanOut)); Dense's default. Glorot & Bengio 2010. */
export class GlorotUniform extends ScaledUniform {
  readonly className = "GlorotUniform";
  protected variance(fanIn: number, fanOut: number): number {
    return 1 / Math.max(1, (fanIn + fanOut) / 2);
  }
}

/** He's uniform draw, ±√(6 / fanIn), made for ReLU. He et al. 2015. */
export class HeUniform extends ScaledUniform {
  readonly className = "HeUniform";
  protected variance(fanIn: number): number {
    return 2 / Math.max(1, fanIn);
  }
}

/** LeCun's uniform draw, ±√(3 / fanIn), made for SELU. */
export class LecunUniform extends ScaledUniform {
  readonly className = "LecunUniform";
  protected variance(fanIn: number): number {
    return 1 / Math.max(1, fanIn);
  }
}

/** Uniform between `minval` (−0.05) and `maxval` (0.05). */
export function randomUniform(options: RandomUniformOptions = {}): RandomUniform {
  return new RandomUniform(options);
}

/** Glorot's uniform draw, ±√(6 / (fanIn + fanOut)). */
export function glorotUniform(options: SeededOptions = {}): GlorotUniform {
  return new GlorotUniform(options);
}

/** He's uniform draw, ±√(6 / fanIn). */
export function heUniform(options: SeededOptions = {}): HeUniform {
  return new HeUniform(options);
}

/** LeCun's uniform draw, ±√(3 / fanIn). */
export function lecunUniform(options: SeededOptions = {}): LecunUniform {
  return new LecunUniform(options);
}
