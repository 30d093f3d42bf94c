import { random } from "baeum/tensors";
import { choice, type Distribution } from "./distributions.ts";
import { parameterGrid } from "./parameter_grid.ts";

/** For each setting the values it may have, as a list or a distribution. */
export type ParamDistributions<Params> = {
  [Name in keyof Params]: readonly Params[Name][] | Distribution<Params[Name]>;
};

/**
 * Settings drawn at random, as scikit-learn's `ParameterSampler` draws them for the same `randomState`.
 *
 * If all settings are given as lists, no combination is drawn twice, and there are at most as many as the grid has.
 *
 * @param nIter How many combinations, 1 or more.
 * @param randomState A whole number from 0 to 2³² − 1.
 * @throws {RangeError} for another `nIter`, or a setting without values.
 * @throws {TypeError} for a setting that is neither a list nor a distribution.
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.ParameterSampler.html
 *
 * @example
 * ```ts
 * import { parameterSampler, randInt, uniform } from "baeum/tuning";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parameterSampler({ units: randInt(1, 100), rate: uniform(0, 1) }, 1, 42), [
 *   { rate: 0.3745401188473625, units: 93 },
 * ]);
 * ```
 */
export function parameterSampler<Params extends object>(
  distributions: ParamDistributions<Params>,
  nIter: number,
  randomState: number,
): Params[] {
  if (!Number.isInteger(nIter) || nIter < 1) {
    throw new RangeError(`nIter is a whole number from 1. Received: ${nIter}`);
  }
  const state = new random.RandomState(randomState);
  const names = Object.keys(distributions).sort() as (keyof Params & string)[];
  if (names.every((name) => Array.isArray(distributions[name]))) {
    const grid = parameterGrid(distributions as Record<string, readonly unknown[]>) as Params[];
    if (grid.length === 0) throw new RangeError("A setting without values leaves nothing to draw from");
    return withoutReplacement(grid.length, Math.min(nIter, grid.length), state).map((place) => grid[place]);
  }
  const drawn = names.map((name) => [name, distributionOf(name, distributions[name])] as const);
  return Array.from(
    { length: nIter },
    () => Object.fromEntries(drawn.map(([name, distribution]) => [name, distribution.sample(state)])) as Params,
  );
}

function distributionOf(name: string, given: unknown): Distribution<unknown> {
  if (Array.isArray(given)) return choice(given);
  if (typeof (given as Distribution<unknown> | null)?.sample === "function") return given as Distribution<unknown>;
  throw new TypeError(
    `The setting "${name}" needs a list of values or a distribution, such as uniform(0, 1). ` +
      `Received: ${JSON.stringify(given)}`,
  );
}

/** scikit-learn's `sample_without_replacement`: three ways, by the share that is drawn. */
function withoutReplacement(population: number, count: number, state: random.RandomState): number[] {
  const share = count / population;
  if (share > 0.01 && share < 0.99) return [...state.permutation(population).subarray(0, count)];
  if (share < 0.2) {
    const drawn = new Set<number>();
    while (drawn.size < count) drawn.add(state.randint(0, population));
    return [...drawn];
  }
  const reservoir = Array.from({ length: count }, (_, i) => i);
  for (let i = count; i < population; i++) {
    const j = state.randint(0, i + 1);
    if (j < count) reservoir[j] = i;
  }
  return reservoir;
}
