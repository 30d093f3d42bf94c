import { PythonRandom, RandomState } from "./random/mod.ts";

let source: PythonRandom | undefined;
let shuffles: RandomState | undefined;

/**
 * Makes all that follows repeatable: initial weights, dropout, shuffles.
 *
 * The same number as in `keras.utils.set_random_seed(n)` gives the same initial weights as Keras on TensorFlow.
 *
 * @param n A whole number from 0 to 2³² − 1.
 * @throws {RangeError} for anything else.
 *
 * @example
 * ```ts
 * import { nextSeed, seed } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * seed(42);
 * const first = nextSeed();
 * seed(42);
 * assertEquals(nextSeed(), first);
 * ```
 */
export function seed(n: number): void {
  if (!Number.isInteger(n) || n < 0 || n > 0xffffffff) {
    throw new RangeError(`A seed is a whole number from 0 to 4294967295. Received: ${n}`);
  }
  source = new PythonRandom(n);
  shuffles = new RandomState(n);
}

/**
 * The next seed for whatever draws numbers and was given no seed of its own: `random.randint(1, 10**9)`, as Keras'
 * `make_default_seed` draws it. Without a call of {@linkcode seed} the numbers differ from run to run.
 */
export function nextSeed(): number {
  source ??= new PythonRandom(unpredictable());
  return source.randint(1, 1_000_000_000);
}

/**
 * The generator that orders batches: NumPy's global `np.random`, which {@linkcode seed} starts as
 * `keras.utils.set_random_seed` does. Keras on JAX draws `permutation(samples)` from it for each epoch.
 */
export function numpyRandom(): RandomState {
  shuffles ??= new RandomState(unpredictable());
  return shuffles;
}

function unpredictable(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0];
}
