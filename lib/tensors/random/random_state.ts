import { MersenneTwister, type TwisterState } from "./mersenne_twister.ts";

/** What {@linkcode RandomState.shuffle} rearranges: anything with places that are numbered from 0. */
export type Shuffleable<T> = { readonly length: number; [index: number]: T };

/** Where a {@linkcode RandomState} stands, fit for JSON: NumPy's `get_state()` as an object. */
export interface RandomStatePlace extends TwisterState {
  /** The second of two normal numbers, where it has been drawn and not used. */
  spareNormal?: number;
}

/**
 * NumPy's `np.random.RandomState(seed)`, number for number: what scikit-learn's `random_state` and Keras' data sets
 * shuffle with.
 *
 * @example
 * ```ts
 * import { random } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const state = new random.RandomState(42);
 * assertEquals(state.randomSample(), 0.3745401188473625);
 * assertEquals(new random.RandomState(113).permutation(5), Int32Array.of(1, 0, 3, 2, 4));
 * ```
 */
export class RandomState {
  readonly #twister: MersenneTwister;
  /** The polar method makes two normal numbers at a time; this is the second. */
  #spareNormal: number | undefined;

  /**
   * @param seed A whole number from 0 to 2³² − 1.
   * @throws {RangeError} for anything else.
   */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
      throw new RangeError(`A seed is a whole number from 0 to 4294967295. Received: ${seed}`);
    }
    this.#twister = MersenneTwister.fromSeed(seed);
  }

  /** Where it stands now. */
  getState(): RandomStatePlace {
    return { ...this.#twister.state, spareNormal: this.#spareNormal };
  }

  /**
   * Goes on from where another stood.
   *
   * @throws {RangeError} for what {@linkcode getState} does not give.
   */
  setState({ spareNormal, ...place }: RandomStatePlace): void {
    this.#twister.state = place;
    this.#spareNormal = spareNormal;
  }

  /** Uniform numbers of at least 0 and less than 1: one, or `size` of them. */
  randomSample(): number;
  randomSample(size: number): Float64Array;
  randomSample(size?: number): number | Float64Array {
    return this.#draw(() => this.#twister.double(), size);
  }

  /** Uniform numbers of at least `low` and less than `high`: one, or `size` of them. */
  uniform(low?: number, high?: number): number;
  uniform(low: number, high: number, size: number): Float64Array;
  uniform(low = 0, high = 1, size?: number): number | Float64Array {
    return this.#draw(() => low + (high - low) * this.#twister.double(), size);
  }

  /**
   * Normal numbers with a mean and a standard deviation: one, or `size` of them.
   *
   * NumPy's to the last bit but one: JavaScript's logarithm differs from C's there.
   *
   * @throws {RangeError} if `std` is negative.
   */
  normal(mean?: number, std?: number): number;
  normal(mean: number, std: number, size: number): Float64Array;
  normal(mean = 0, std = 1, size?: number): number | Float64Array {
    if (!(std >= 0)) throw new RangeError(`The standard deviation must not be negative. Received: ${std}`);
    return this.#draw(() => mean + std * this.#standardNormal(), size);
  }

  /**
   * Whole numbers of at least `low` and less than `high`: one, or `size` of them.
   *
   * @throws {RangeError} if the bounds are not whole numbers that rise, or are more than 2³² apart.
   */
  randint(low: number, high: number): number;
  randint(low: number, high: number, size: number): Float64Array;
  randint(low: number, high: number, size?: number): number | Float64Array {
    const most = high - low - 1;
    if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || most < 0 || most > 0xffffffff) {
      throw new RangeError(
        `randint(low, high) needs whole numbers low < high, at most 2 ** 32 apart. Received: ${low} and ${high}`,
      );
    }
    return this.#draw(() => low + this.#interval(most), size);
  }

  /** Rearranges an array, a typed array or anything else with numbered places, and returns it. */
  shuffle<A extends Shuffleable<unknown>>(values: A): A;
  shuffle(values: Shuffleable<unknown>): Shuffleable<unknown> {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.#interval(i);
      const value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
    return values;
  }

  /** The numbers 0, 1, … n − 1 in a random order. */
  permutation(n: number): Int32Array<ArrayBuffer> {
    const order = new Int32Array(n);
    for (let i = 0; i < n; i++) order[i] = i;
    return this.shuffle(order);
  }

  #draw(next: () => number, size: number | undefined): number | Float64Array {
    if (size === undefined) return next();
    const drawn = new Float64Array(size);
    for (let i = 0; i < size; i++) drawn[i] = next();
    return drawn;
  }

  /** NumPy's `random_interval`: whole, from 0 to `most`; draws that are too big under the mask are thrown away. */
  #interval(most: number): number {
    if (most === 0) return 0;
    const mask = 0xffffffff >>> Math.clz32(most);
    let drawn;
    do drawn = (this.#twister.uint32() & mask) >>> 0; while (drawn > most);
    return drawn;
  }

  /** NumPy's `legacy_gauss`: Marsaglia's polar method. */
  #standardNormal(): number {
    const spare = this.#spareNormal;
    if (spare !== undefined) {
      this.#spareNormal = undefined;
      return spare;
    }
    let x, y, square;
    do {
      x = 2 * this.#twister.double() - 1;
      y = 2 * this.#twister.double() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square === 0);
    const factor = Math.sqrt(-2 * Math.log(square) / square);
    this.#spareNormal = factor * x;
    return factor * y;
  }
}
