import { physicalCores, withOneBlasThread } from "baeum/engine";
import { interruptSignal } from "baeum/notebook";
import type { Fold } from "baeum/preprocessing";
import { numpyRandom } from "baeum/tensors";
import { LiveTrials } from "./live_trials.ts";
import { LocalLane } from "./local_lane.ts";
import { type PortableTrial, takeApart } from "./portable_trial.ts";
import { digest, ResultsFile, type SearchIdentity } from "./results_file.ts";
import type { SearchOptions } from "./search_options.ts";
import { type CandidateResult, summarizeFits } from "./search_results.ts";
import { splitsOf } from "./splits.ts";
import { type Fit, type FitOutcome, pack, type PackedTensor, type Trial } from "./trial.ts";
import type { TrialLane } from "./trial_lane.ts";
import { WorkerLane } from "./worker_lane.ts";

/** Tries candidates: what all searches have in common. */
export class Search {
  /** How many samples there are. */
  readonly count: number;
  /** The splits of the data. */
  readonly splits: Fold[];
  readonly randomState: number;
  /** How many trainings were read from the results file. */
  resumed = 0;
  readonly #trial: Trial<object>;
  readonly #portable: PortableTrial | undefined;
  readonly #x: PackedTensor;
  readonly #y: PackedTensor;
  readonly #workers: number;
  readonly #options: SearchOptions;
  readonly #live = new LiveTrials();
  #lanes: TrialLane[] = [];
  #file: ResultsFile | undefined;

  constructor(trial: Trial<never>, options: SearchOptions) {
    const { workers = physicalCores(), randomState, resultsFile, uses = {} } = options;
    if (!Number.isInteger(workers) || workers < 0) {
      throw new RangeError(`workers is a whole number from 0. Received: ${workers}`);
    }
    if (typeof trial !== "function") throw new TypeError(`A trial is a function. Received: ${typeof trial}`);
    if (resultsFile !== undefined && randomState === undefined) {
      throw new RangeError(
        "A search with a resultsFile needs a randomState: another one's results would not be comparable",
      );
    }
    this.#trial = trial as Trial<object>;
    this.#portable = workers > 0 ? takeApart(trial, uses) : undefined;
    this.#workers = workers;
    this.#options = options;
    this.#x = pack(options.x);
    this.#y = pack(options.y);
    this.count = this.#x.shape[0] ?? 0;
    if (this.#y.shape[0] !== this.count) {
      throw new RangeError(`x and y need as many rows. Received: ${this.count} and ${this.#y.shape[0]}`);
    }
    this.splits = splitsOf(options.cv ?? 5, this.count);
    this.randomState = randomState ?? numpyRandom().randint(0, 2 ** 32);
  }

  /** Does something with this search's Workers and file at hand. */
  async during<T>(run: () => Promise<T>): Promise<T> {
    const { resultsFile } = this.#options;
    if (resultsFile !== undefined) this.#file = new ResultsFile(resultsFile, await this.#identity());
    try {
      return this.#portable ? await withOneBlasThread(run) : await run();
    } finally {
      this.#lanes.forEach((lane) => lane.close());
      this.#lanes = [];
      this.#file?.close();
      this.#live.close();
    }
  }

  /**
   * Trains each candidate on each split.
   *
   * @throws {Error} if all of them fail.
   * @throws {DOMException} when the notebook's Stop ends the search.
   */
  async evaluate<Params extends object>(
    candidates: readonly Params[],
    splits: readonly Fold[],
    round: { iter?: number; nResources?: number } = {},
  ): Promise<CandidateResult<Params>[]> {
    candidates.forEach(checkParams);
    const outcomes = candidates.map(() => new Array<FitOutcome | undefined>(splits.length));
    const fits = candidates.flatMap((params, candidate) =>
      splits.map((split, number) => {
        const { nResources } = round;
        const name = { params: sorted(params), split: number, ...(nResources !== undefined && { nResources }) };
        return { candidate, name, fit: { params, split: number, ...split } };
      })
    );
    const missing = fits.filter(({ candidate, name, fit }) => {
      const known = this.#file?.find(name);
      if (known) outcomes[candidate][fit.split] = known;
      return !known;
    });
    this.resumed += fits.length - missing.length;
    const summary = (candidate: number) => ({
      ...summarizeFits(candidates[candidate], outcomes[candidate] as FitOutcome[]),
      ...round,
    });
    this.#live.begin(candidates, splits.length, outcomes, round);
    await this.#runAll(missing.map(({ fit }) => fit), (i) => this.#live.started(missing[i].candidate), (i, outcome) => {
      const { candidate, name, fit } = missing[i];
      this.#file?.add(name, outcome);
      outcomes[candidate][fit.split] = outcome;
      this.#live.finished(candidate);
    });
    const results = candidates.map((_, candidate) => summary(candidate));
    const done = outcomes.flat() as FitOutcome[];
    if (done.length > 0 && done.every(({ error }) => error !== undefined)) {
      throw new Error(`All ${done.length} trainings failed. The first one's error: ${done[0].error}`);
    }
    return results;
  }

  /** Each lane takes the next training as soon as it is free. */
  async #runAll(
    fits: readonly Fit[],
    started: (i: number) => void,
    finished: (i: number, outcome: FitOutcome) => void,
  ) {
    const lanes = this.#openLanes(fits.length);
    const signal = interruptSignal();
    let next = 0;
    const { promise: stopped, reject } = Promise.withResolvers<never>();
    const stop = () => reject(interrupted());
    signal?.addEventListener("abort", stop);
    try {
      signal?.throwIfAborted();
      const work = lanes.map(async (lane) => {
        while (next < fits.length) {
          const i = next++;
          started(i);
          const outcome = await lane.run(fits[i]);
          if (signal?.aborted) return;
          finished(i, outcome);
        }
      });
      await Promise.race([Promise.all(work), stopped]);
    } finally {
      next = fits.length;
      signal?.removeEventListener("abort", stop);
    }
  }

  #openLanes(fits: number): TrialLane[] {
    const { randomState } = this;
    const [x, y, portable] = [this.#x, this.#y, this.#portable];
    const wanted = Math.min(Math.max(1, this.#workers), fits);
    while (this.#lanes.length < wanted) {
      this.#lanes.push(
        portable ? new WorkerLane({ portable, x, y, randomState }) : new LocalLane(this.#trial, x, y, randomState),
      );
    }
    return this.#lanes.slice(0, wanted);
  }

  async #identity(): Promise<SearchIdentity> {
    const { uses = {} } = this.#options;
    const { functions, tensors, values } = this.#portable ?? takeApart(() => {}, uses);
    const data = [this.#x, this.#y].flatMap(({ values, shape, dtype }) => [JSON.stringify({ shape, dtype }), values]);
    return {
      trial: await digest(Function.prototype.toString.call(this.#trial)),
      uses: await digest(
        JSON.stringify([functions, values]),
        ...tensors.flatMap(([name, { values, shape }]) => [JSON.stringify([name, shape]), values]),
      ),
      data: await digest(...data),
      cv: await digest(...this.splits.flatMap(({ train, test }) => [train, test])),
      randomState: String(this.randomState),
    };
  }
}

/** With its names in order, so that the same settings are found whatever order they were written in. */
function sorted(params: object): object {
  return Object.fromEntries(Object.entries(params).sort(([a], [b]) => a < b ? -1 : 1));
}

function checkParams(params: object): void {
  const bad = Object.entries(params).find(([, value]) => !isJson(value));
  if (!bad) return;
  throw new TypeError(
    `The values of a setting are finite numbers, text, true or false, null, or lists and plain objects of them. ` +
      `Received: ${bad[0]}: ${Deno.inspect(bad[1])}`,
  );
}

function isJson(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (typeof value !== "object") return typeof value === "string" || typeof value === "boolean";
  if (value === null) return true;
  const prototype = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === Array.prototype) && Object.values(value).every(isJson);
}

function interrupted(): DOMException {
  return new DOMException(
    "The search was stopped. With a resultsFile the same call goes on where it was; the running trainings are lost.",
    "AbortError",
  );
}
