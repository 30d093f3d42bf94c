import { MersenneTwister } from "./mersenne_twister.ts";

/**
 * Python's `random.Random(seed)`, number for number.
 *
 * Keras draws the seeds of unseeded initializers from it, so `new PythonRandom(n).randint(1, 1_000_000_000)` is the
 * seed that the first layer gets after `keras.utils.set_random_seed(n)`.
 *
 * @example
 * ```ts
 * import { random } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const python = new random.PythonRandom(42);
 * assertEquals(python.randint(1, 6), 6);
 * assertEquals(python.random(), 0.11133106816568039);
 * ```
 */
export class PythonRandom {
  readonly #twister: MersenneTwister;

  /**
   * @param seed A whole number; like Python, its sign is ignored.
   * @throws {RangeError} if it is not a safe integer.
   */
  constructor(seed: number) {
    if (!Number.isSafeInteger(seed)) throw new RangeError(`A seed is a whole number. Received: ${seed}`);
    const [low, high] = words(Math.abs(seed));
    this.#twister = MersenneTwister.fromKey(high === 0 ? [low] : [low, high]);
  }

  /** The next number of at least 0 and less than 1. */
  random(): number {
    return this.#twister.double();
  }

  /**
   * The next whole number from `a` to `b`, both included.
   *
   * @throws {RangeError} if `a` and `b` are not whole numbers that rise, or more than 2⁵³ − 1 numbers lie between.
   */
  randint(a: number, b: number): number {
    const count = b - a + 1;
    if (!Number.isSafeInteger(a) || !Number.isSafeInteger(b) || !Number.isSafeInteger(count) || count < 1) {
      throw new RangeError(`randint(a, b) needs whole numbers a ≤ b. Received: ${a} and ${b}`);
    }
    const [low, high] = words(count);
    const bits = high === 0 ? 32 - Math.clz32(low) : 64 - Math.clz32(high);
    let drawn;
    do drawn = this.#bits(bits); while (drawn >= count);
    return a + drawn;
  }

  /** `getrandbits`, for 1 to 53 bits: the low word comes first. */
  #bits(count: number): number {
    if (count <= 32) return this.#twister.uint32() >>> (32 - count);
    const low = this.#twister.uint32();
    return (this.#twister.uint32() >>> (64 - count)) * 2 ** 32 + low;
  }
}

function words(n: number): [low: number, high: number] {
  return [n % 2 ** 32, Math.floor(n / 2 ** 32)];
}
