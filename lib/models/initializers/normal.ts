import { random } from "baeum/tensors";
import { sizeOf } from "../shape.ts";
import { fans, type Initializer, type SeededOptions, seedOr } from "./initializer.ts";

/** Arguments of {@linkcode randomNormal} and {@linkcode truncatedNormal}. */
export interface NormalOptions extends SeededOptions {
  /** The mean (default 0). */
  mean?: number;
  /** The standard deviation (default 0.05). */
  stddev?: number;
}

/** Normal with a mean and a standard deviation, drawn as Keras on TensorFlow draws it. */
export class RandomNormal implements Initializer {
  readonly className: string = "RandomNormal";
  readonly mean: number;
  readonly stddev: number;
  readonly seed: number;
  readonly #givenSeed: number | null;

  constructor({ mean = 0, stddev = 0.05, seed }: NormalOptions = {}) {
    if (!(stddev >= 0)) throw new RangeError(`stddev must not be negative. Received: ${stddev}`);
    this.mean = mean;
    this.stddev = stddev;
    this.#givenSeed = seed ?? null;
    this.seed = seedOr(seed);
  }

  draw(shape: number[]): Float32Array {
    return random.statelessNormal(sizeOf(shape, "An initializer"), this.mean, this.stddev, this.seed);
  }

  getConfig(): Record<string, unknown> {
    return { mean: this.mean, stddev: this.stddev, seed: this.#givenSeed };
  }
}

/** As {@linkcode RandomNormal}, but values further than two standard deviations from the mean are drawn again. */
export class TruncatedNormal extends RandomNormal {
  override readonly className = "TruncatedNormal";

  override draw(shape: number[]): Float32Array {
    return random.statelessTruncatedNormal(sizeOf(shape, "An initializer"), this.mean, this.stddev, this.seed);
  }
}

/** The standard deviation that a standard normal has left once it is cut at ±2. */
const CUT_STDDEV = 0.87962566103423978;

/** Truncated normal of variance scale / n: what Glorot, He and LeCun have in common. */
abstract class ScaledNormal implements Initializer {
  abstract readonly className: string;
  readonly seed: number;
  readonly #givenSeed: number | null;

  constructor({ seed }: SeededOptions = {}) {
    this.#givenSeed = seed ?? null;
    this.seed = seedOr(seed);
  }

  protected abstract variance(fanIn: number, fanOut: number): number;

  draw(shape: number[]): Float32Array {
    const { fanIn, fanOut } = fans(shape);
    const stddev = Math.sqrt(this.variance(fanIn, fanOut)) / CUT_STDDEV;
    return random.statelessTruncatedNormal(sizeOf(shape, "An initializer"), 0, stddev, this.seed);
  }

  getConfig(): Record<string, unknown> {
    return { seed: this.#givenSeed, input_axes: null, output_axes: null };
  }
}

/** Glorot's (Xavier's) normal draw, variance 2 / (fanIn + fanOut). Glorot & Bengio 2010. */
export class GlorotNormal extends ScaledNormal {
  readonly className = "GlorotNormal";
  protected variance(fanIn: number, fanOut: number): number {
    return 1 / Math.max(1, (fanIn + fanOut) / 2);
  }
}

/** He's normal draw, variance 2 / fanIn, made for ReLU. He et al. 2015. */
export class HeNormal extends ScaledNormal {
  readonly className = "HeNormal";
  protected variance(fanIn: number): number {
    return 2 / Math.max(1, fanIn);
  }
}

/** LeCun's normal draw, variance 1 / fanIn, made for SELU. */
export class LecunNormal extends ScaledNormal {
  readonly className = "LecunNormal";
  protected variance(fanIn: number): number {
    return 1 / Math.max(1, fanIn);
  }
}

/** Normal with `mean` (0) and `stddev` (0.05). */
export function randomNormal(options: NormalOptions = {}): RandomNormal {
  return new RandomNormal(options);
}

/** Normal with `mean` (0) and `stddev` (0.05), nothing beyond two standard deviations. */
export function truncatedNormal(options: NormalOptions = {}): TruncatedNormal {
  return new TruncatedNormal(options);
}

/** Glorot's normal draw, variance 2 / (fanIn + fanOut). */
export function glorotNormal(options: SeededOptions = {}): GlorotNormal {
  return new GlorotNormal(options);
}

/** He's normal draw, variance 2 / fanIn. */
export function heNormal(options: SeededOptions = {}): HeNormal {
  return new HeNormal(options);
}

/** LeCun's normal draw, variance 1 / fanIn. */
export function lecunNormal(options: SeededOptions = {}): LecunNormal {
  return new LecunNormal(options);
}
