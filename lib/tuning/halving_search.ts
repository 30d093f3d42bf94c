import { type Fold } from "baeum/preprocessing";
import { random } from "baeum/tensors";
import { type HalvingOptions, type HalvingRound, halvingSchedule } from "./halving_schedule.ts";
import { parameterGrid } from "./parameter_grid.ts";
import { Search } from "./search.ts";
import type { SearchOptions } from "./search_options.ts";
import { type CandidateResult, rank, SearchResults } from "./search_results.ts";
import type { Trial } from "./trial.ts";

/** What {@linkcode halvingSearch} can be told. */
export interface HalvingSearchOptions extends SearchOptions, HalvingOptions {}

/** What a halving search found: the candidates of all rounds; the best is of the last one. */
export class HalvingResults<Params> extends SearchResults<Params> {
  /** How many candidates each round had, and how much of the resource each of them. */
  readonly nCandidates: readonly number[];
  readonly nResources: readonly number[];

  constructor(
    results: readonly CandidateResult<Params>[],
    bestIndex: number,
    search: { randomState: number; resumed: number },
    rounds: readonly HalvingRound[],
  ) {
    super(results, bestIndex, search.randomState, search.resumed);
    this.nCandidates = rounds.map(({ nCandidates }) => nCandidates);
    this.nResources = rounds.map(({ nResources }) => nResources);
  }
}

/**
 * Tries every combination of some settings with little data (or few epochs), then the better third with three times as much,
 * and so on, as scikit-learn's `HalvingGridSearchCV`. All else is as {@linkcode gridSearch} has it.
 *
 * Jamieson & Talwalkar 2016, "Non-stochastic Best Arm Identification and Hyperparameter Optimization".
 *
 * @param paramGrid The values to try of each setting; not of the resource, which the search sets.
 * @throws {RangeError} for numbers that leave no round, a resource among the settings, or so few rows that a split has none.
 * @see https://scikit-learn.org/stable/modules/grid_search.html#successive-halving-user-guide
 *
 * @example
 * ```ts
 * import { halvingSearch, type TrialFold } from "baeum/tuning";
 * import { assertEquals } from "@std/assert";
 *
 * function trial({ power }: { power: number }, { test }: TrialFold) {
 *   return -test.x.pow(power).sub(test.y).abs().mean().dataSync()[0];
 * }
 * const x = Array.from({ length: 36 }, (_, i) => i);
 * const options = { x, y: x.map((value) => value ** 2), cv: 2, randomState: 42 };
 * const search = await halvingSearch(trial, { power: [0, 1, 1.5, 2, 2.5, 3] }, options);
 * assertEquals(search.bestParams, { power: 2 });
 * assertEquals(search.nCandidates, [6, 2]);
 * assertEquals(search.nResources, [12, 36]);
 * ```
 */
export async function halvingSearch<Params extends object>(
  trial: Trial<Params>,
  paramGrid: { [Name in keyof Params]?: readonly Params[Name][] },
  options: HalvingSearchOptions,
): Promise<HalvingResults<Params>> {
  const { resource = "nSamples", factor = 3 } = options;
  const ofRows = resource === "nSamples";
  let candidates = parameterGrid(paramGrid as Record<string, readonly unknown[]>) as Params[];
  if (candidates.length === 0) throw new RangeError("A setting without values leaves nothing to try");
  if (!ofRows && resource in paramGrid) {
    throw new RangeError(`The search sets "${resource}" itself, so it cannot be one of the settings to try`);
  }
  if (!ofRows && options.maxResources === undefined) {
    throw new RangeError(`maxResources is needed: nothing else tells how many "${resource}" there may be`);
  }
  const search = new Search(trial, options);
  const { splits, randomState } = search;
  const limits = { smallest: ofRows ? 2 * splits.length : 1, most: options.maxResources ?? search.count };
  if (ofRows && limits.most > search.count) {
    throw new RangeError(`There are ${search.count} rows. Received: maxResources ${limits.most}`);
  }
  const rounds = halvingSchedule(candidates.length, options, limits);
  const results: CandidateResult<Params>[] = [];
  await search.during(async () => {
    for (const [iter, { nResources }] of rounds.entries()) {
      if (!ofRows) candidates = candidates.map((params) => ({ ...params, [resource]: nResources }));
      const parts = ofRows ? splits.map((split) => partOf(split, nResources / search.count, randomState)) : splits;
      const found = await search.evaluate(candidates, parts, { iter, nResources });
      results.push(...found);
      candidates = best(found, Math.ceil(candidates.length / factor)).map(({ params }) => params);
    }
  });
  rank(results);
  const last = results.filter(({ iter }) => iter === rounds.length - 1);
  return new HalvingResults(results, results.indexOf(best(last, last.length).at(-1)!), search, rounds);
}

/** The best so many results, the very best last; of equals the earlier ones are taken for worse, as by scikit-learn. */
function best<Params>(results: readonly CandidateResult<Params>[], count: number): CandidateResult<Params>[] {
  const order = (result: CandidateResult<Params>) =>
    Number.isNaN(result.meanTestScore) ? -Infinity : result.meanTestScore;
  const rising = [...results].sort((a, b) => order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0);
  return rising.slice(-count);
}

/** A share of a split's rows, drawn as scikit-learn's `resample` draws them. */
function partOf({ train, test }: Fold, share: number, randomState: number): Fold {
  const draw = (rows: Int32Array) => {
    const count = Math.floor(share * rows.length);
    if (count === 0) {
      throw new RangeError(`A share of ${share} leaves none of ${rows.length} rows: give a greater minResources`);
    }
    const order = new random.RandomState(randomState).permutation(rows.length);
    return Int32Array.from(order.subarray(0, count), (place) => rows[place]);
  };
  return { train: draw(train), test: draw(test) };
}
