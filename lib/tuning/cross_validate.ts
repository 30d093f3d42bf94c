import { Search } from "./search.ts";
import type { SearchOptions } from "./search_options.ts";
import type { CandidateResult } from "./search_results.ts";
import type { Trial } from "./trial.ts";

/**
 * Trains with some settings on each split and tells the scores, as scikit-learn's `cross_validate`: how good the settings are,
 * and how much of that is the luck of the split.
 *
 * @param params The settings; all else is as {@linkcode gridSearch} has it.
 * @throws {Error} when all trainings fail.
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.cross_validate.html
 *
 * @example
 * ```ts
 * import { crossValidate, type TrialFold } from "baeum/tuning";
 * import { assertEquals } from "@std/assert";
 *
 * // What is left when the training part's mean is always the answer.
 * function trial(_: object, { train, test }: TrialFold) {
 *   return -test.y.sub(train.y.mean()).abs().mean().dataSync()[0];
 * }
 * const { splitTestScores, meanTestScore } = await crossValidate(trial, {}, { x: [1, 2, 3, 4], y: [1, 1, 5, 5], cv: 2 });
 * assertEquals(splitTestScores, [-4, -4]);
 * assertEquals(meanTestScore, -4);
 * ```
 */
export async function crossValidate<Params extends object>(
  trial: Trial<Params>,
  params: Params,
  options: SearchOptions,
): Promise<CandidateResult<Params>> {
  const search = new Search(trial, options);
  const [result] = await search.during(() => search.evaluate([params], search.splits));
  return { ...result, rankTestScore: 1 };
}
