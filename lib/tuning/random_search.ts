import { numpyRandom } from "baeum/tensors";
import { searchAmong } from "./grid_search.ts";
import { type ParamDistributions, parameterSampler } from "./parameter_sampler.ts";
import type { SearchOptions } from "./search_options.ts";
import type { SearchResults } from "./search_results.ts";
import type { Trial } from "./trial.ts";

/** What {@linkcode randomSearch} can be told. */
export interface RandomSearchOptions extends SearchOptions {
  /** How many combinations are drawn, 1 or more. Default: 10. */
  nIter?: number;
}

/**
 * Tries settings that are drawn at random, as scikit-learn's `RandomizedSearchCV`: with the same `randomState` it draws the
 * same ones. All else is as {@linkcode gridSearch} has it.
 *
 * Bergstra & Bengio 2012, "Random Search for Hyper-Parameter Optimization": where few of many settings matter, each trial
 * tries a new value of those.
 *
 * @param paramDistributions Of each setting a list of values or a distribution: `uniform`, `logUniform`, `randInt`, `choice`.
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.RandomizedSearchCV.html
 *
 * @example
 * ```ts
 * import { randomSearch, type TrialFold, uniform } from "baeum/tuning";
 * import { assert } from "@std/assert";
 *
 * function trial({ slope }: { slope: number }, { test }: TrialFold) {
 *   return -test.x.mul(slope).sub(test.y).square().mean().dataSync()[0];
 * }
 * const options = { x: [1, 2, 3, 4], y: [3, 6, 9, 12], cv: 2, nIter: 50, randomState: 42 };
 * const search = await randomSearch(trial, { slope: uniform(0, 10) }, options);
 * assert(Math.abs(search.bestParams.slope - 3) < 0.2);
 * ```
 */
export async function randomSearch<Params extends object>(
  trial: Trial<Params>,
  paramDistributions: ParamDistributions<Params>,
  options: RandomSearchOptions,
): Promise<SearchResults<Params>> {
  const { nIter = 10, randomState = numpyRandom().randint(0, 2 ** 32), ...rest } = options;
  if (rest.resultsFile !== undefined && options.randomState === undefined) {
    throw new RangeError("A search with a resultsFile needs a randomState: it would draw other settings the next time");
  }
  const candidates = parameterSampler(paramDistributions, nIter, randomState);
  return await searchAmong(trial, candidates, { ...rest, randomState });
}
