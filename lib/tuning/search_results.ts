import type { FitOutcome } from "./trial.ts";

/** What a search found out about some settings: a row of scikit-learn's `cv_results_`. */
export interface CandidateResult<Params> {
  params: Params;
  /** The mean of the splits' scores; NaN if one of them failed. */
  meanTestScore: number;
  /** Their standard deviation, of the population as NumPy's `std`. */
  stdTestScore: number;
  /** 1 for the best; equal scores share a rank, failures have the last. */
  rankTestScore: number;
  splitTestScores: number[];
  /** Mean seconds of a training with its evaluation, and their standard deviation. */
  meanFitTime: number;
  stdFitTime: number;
  /** Why the first of the failing trainings failed. */
  error?: string;
  /** Of a halving search: the round, from 0, and what each training had in it. */
  iter?: number;
  nResources?: number;
}

/** The result of some settings from their splits; the rank is not known yet. */
export function summarizeFits<Params>(params: Params, outcomes: readonly FitOutcome[]): CandidateResult<Params> {
  const splitTestScores = outcomes.map(({ score }) => score);
  const seconds = outcomes.map(({ seconds }) => seconds);
  const error = outcomes.find((outcome) => outcome.error !== undefined)?.error;
  return {
    params,
    meanTestScore: mean(splitTestScores),
    stdTestScore: std(splitTestScores),
    rankTestScore: NaN,
    splitTestScores,
    meanFitTime: mean(seconds),
    stdFitTime: std(seconds),
    ...(error !== undefined && { error }),
  };
}

/** Fills in the ranks, as SciPy's `rankdata(method="min")` of the falling scores; NaN is behind all others. */
export function rank(results: readonly CandidateResult<unknown>[]): void {
  const scores = results.map(({ meanTestScore }) => Number.isNaN(meanTestScore) ? -Infinity : meanTestScore);
  results.forEach((result, i) => result.rankTestScore = 1 + scores.filter((score) => score > scores[i]).length);
}

/** What a search found, in scikit-learn's words. `table(search.table())` shows it, best first. */
export class SearchResults<Params> {
  /**
   * @param results The candidates in the order of their trials.
   * @param bestIndex Which of them is the best.
   * @param randomState What the search was seeded with.
   * @param resumed How many trainings were read from the results file instead of done.
   */
  constructor(
    readonly results: readonly CandidateResult<Params>[],
    readonly bestIndex: number,
    readonly randomState: number,
    readonly resumed: number,
  ) {}

  /** The best settings. */
  get bestParams(): Params {
    return this.results[this.bestIndex].params;
  }

  /** Their mean score. */
  get bestScore(): number {
    return this.results[this.bestIndex].meanTestScore;
  }

  /** A row for each candidate, best first: its rank, settings, scores and seconds, for tables and plots. */
  table(): Record<string, unknown>[] {
    return [...this.results].sort(byRank).map(rowOf);
  }
}

/** The last round of a halving search goes before the earlier ones, whose scores come from less. */
function byRank(a: CandidateResult<unknown>, b: CandidateResult<unknown>): number {
  return (b.iter ?? 0) - (a.iter ?? 0) || a.rankTestScore - b.rankTestScore;
}

/** A candidate as a row of a table. */
export function rowOf(result: CandidateResult<unknown>): Record<string, unknown> {
  const { params, meanTestScore, stdTestScore, rankTestScore, meanFitTime, error, iter, nResources } = result;
  return {
    rank: rankTestScore,
    ...(iter !== undefined && { iter, nResources }),
    ...params as Record<string, unknown>,
    meanTestScore,
    stdTestScore,
    seconds: meanFitTime,
    ...(error !== undefined && { error }),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function std(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}
