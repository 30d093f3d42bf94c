import type { Fold, KFold } from "baeum/preprocessing";
import type { TrialData } from "./trial.ts";

/** What every search needs and can be told. */
export interface SearchOptions {
  /** The samples, a row each. */
  x: TrialData;
  /** What is to be learnt, a row for each sample. */
  y: TrialData;
  /**
   * How the data is split into training and test: a number of folds (5), not shuffled; a `KFold`; or a list of splits, one
   * for a fixed validation set. Unlike scikit-learn, classes are not stratified.
   */
  cv?: number | KFold | readonly Fold[];
  /**
   * Makes the search repeatable: a whole number from 0 to 2³² − 1. Each training begins with `seed(randomState)`, so that
   * settings differ by what they are and not by luck. Default: drawn anew, or as `seed(n)` has it.
   */
  randomState?: number;
  /**
   * How many trainings run at once, each in a Worker and with one thread (default: the processor's cores). With 0 they run in
   * this process, one after another, and the trial may use every variable around it.
   */
  workers?: number;
  /** What the trial uses besides its arguments, by name: functions of one's own, plain data, tensors. */
  uses?: Record<string, unknown>;
  /**
   * A file that gets a line for each training that is done. The same search called again reads it and does only what is
   * missing. It is refused if the trial, its data, `uses`, `cv` or `randomState` have changed; the settings may change. With
   * `workers: 0` a change of the variables around the trial goes unseen. Needs a `randomState`.
   */
  resultsFile?: string | URL;
}
