import type { random } from "baeum/tensors";

/** What a setting's value is drawn from. */
export interface Distribution<T> {
  /** The next value, drawn with the given generator. */
  sample(state: random.RandomState): T;
}

/**
 * Numbers of at least `low` and less than `high`, each as likely, as `scipy.stats.uniform(low, high - low)`.
 *
 * @throws {RangeError} unless `low < high`, both finite.
 *
 * @example
 * ```ts
 * import { uniform } from "baeum/tuning";
 * import { random } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(uniform(0, 2).sample(new random.RandomState(42)), 0.749080237694725);
 * ```
 */
export function uniform(low: number, high: number): Distribution<number> {
  checkRange("uniform", low, high);
  return { sample: (state) => state.randomSample() * (high - low) + low };
}

/**
 * Numbers from `low` to `high` whose logarithm is uniform, as `scipy.stats.loguniform(low, high)`: for learning rates,
 * where 0.001 to 0.01 deserves as many trials as 0.01 to 0.1.
 *
 * @throws {RangeError} unless `0 < low < high`, both finite.
 *
 * @example
 * ```ts
 * import { logUniform } from "baeum/tuning";
 * import { random } from "baeum/tensors";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * assertAlmostEquals(logUniform(1e-4, 1e-2).sample(new random.RandomState(42)), 10 ** (-4 + 2 * 0.3745401188473625));
 * ```
 */
export function logUniform(low: number, high: number): Distribution<number> {
  checkRange("logUniform", low, high);
  if (!(low > 0)) throw new RangeError(`logUniform needs numbers above 0. Received: ${low} and ${high}`);
  const [from, to] = [Math.log(low), Math.log(high)];
  return { sample: (state) => Math.exp(from + state.randomSample() * (to - from)) };
}

/**
 * Whole numbers of at least `low` and less than `high`, each as likely, as `scipy.stats.randint(low, high)`.
 *
 * @throws {RangeError} unless they are whole numbers, `low < high`, at most 2³² apart.
 *
 * @example
 * ```ts
 * import { randInt } from "baeum/tuning";
 * import { random } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(randInt(1, 100).sample(new random.RandomState(42)), 52);
 * ```
 */
export function randInt(low: number, high: number): Distribution<number> {
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || low >= high || high - low > 2 ** 32) {
    throw new RangeError(
      `randInt needs whole numbers low < high, at most 2 ** 32 apart. Received: ${low} and ${high}`,
    );
  }
  return { sample: (state) => state.randint(low, high) };
}

/**
 * One of some values, each as likely; in a search a plain list means the same.
 *
 * @throws {RangeError} if there is none.
 *
 * @example
 * ```ts
 * import { choice } from "baeum/tuning";
 * import { random } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(choice(["sgd", "adam", "rmsprop"]).sample(new random.RandomState(42)), "rmsprop");
 * ```
 */
export function choice<T>(values: readonly T[]): Distribution<T> {
  if (values.length === 0) throw new RangeError("choice needs a value at least. Received: none");
  const kept = [...values];
  return { sample: (state) => kept[state.randint(0, kept.length)] };
}

function checkRange(name: string, low: number, high: number): void {
  if (Number.isFinite(low) && Number.isFinite(high) && low < high) return;
  throw new RangeError(`${name}(low, high) needs finite numbers low < high. Received: ${low} and ${high}`);
}
