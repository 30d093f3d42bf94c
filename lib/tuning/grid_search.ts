import { parameterGrid } from "./parameter_grid.ts";
import { Search } from "./search.ts";
import type { SearchOptions } from "./search_options.ts";
import { rank, SearchResults } from "./search_results.ts";
import type { Trial } from "./trial.ts";

/**
 * Tries every combination of some settings by cross-validation, as scikit-learn's `GridSearchCV`; the model is then trained
 * on all data with `bestParams` by whoever wants it.
 *
 * The trainings run in Workers, one for each core; see {@linkcode Trial} for what a trial may use there. One that fails is
 * recorded with its error, and the search goes on. In a notebook a table follows the search.
 *
 * @param trial Trains with some settings and gives the score; the more the better.
 * @param paramGrid The values to try of each setting: text, numbers, true or false, or lists of them.
 * @throws {TypeError} for a trial that cannot go to a Worker, or one that uses a variable that is not there; the message
 * tells what to do.
 * @throws {RangeError} for a grid without combinations, or data whose rows do not match.
 * @throws {Error} when all trainings fail, or `resultsFile` belongs to another search.
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.GridSearchCV.html
 *
 * @example
 * ```ts
 * import { gridSearch, type TrialFold } from "baeum/tuning";
 * import { assertEquals } from "@std/assert";
 *
 * // The power of x that y is nearest to.
 * function trial({ power }: { power: number }, { test }: TrialFold) {
 *   return -test.x.pow(power).sub(test.y).abs().mean().dataSync()[0];
 * }
 * const search = await gridSearch(trial, { power: [1, 2, 3] }, { x: [1, 2, 3, 4], y: [1, 4, 9, 16], cv: 2 });
 * assertEquals(search.bestParams, { power: 2 });
 * assertEquals(search.results.map(({ rankTestScore }) => rankTestScore), [2, 1, 3]);
 * ```
 */
export async function gridSearch<Params extends object>(
  trial: Trial<Params>,
  paramGrid: { [Name in keyof Params]: readonly Params[Name][] },
  options: SearchOptions,
): Promise<SearchResults<Params>> {
  const candidates = parameterGrid(paramGrid as Record<string, readonly unknown[]>) as Params[];
  return await searchAmong(trial, candidates, options);
}

/** Tries the given candidates. */
export async function searchAmong<Params extends object>(
  trial: Trial<Params>,
  candidates: readonly Params[],
  options: SearchOptions,
): Promise<SearchResults<Params>> {
  if (candidates.length === 0) throw new RangeError("A setting without values leaves nothing to try");
  const search = new Search(trial, options);
  const results = await search.during(() => search.evaluate(candidates, search.splits));
  rank(results);
  const best = results.findIndex(({ rankTestScore }) => rankTestScore === 1);
  return new SearchResults(results, best, search.randomState, search.resumed);
}
