// Stands in for lib/tuning/worker_lane.ts: a search's trainings in the page's own thread, one after another, with what a Worker knows.
import * as models from "baeum/models";
import * as preprocessing from "baeum/preprocessing";
import * as tensors from "baeum/tensors";
import { putTogether } from "../../../lib/tuning/portable_trial.ts";
import { type Fit, type FitOutcome, TrialRunner } from "../../../lib/tuning/trial.ts";
import { type TrialLane, unknownName } from "../../../lib/tuning/trial_lane.ts";
import type { TrialSetup } from "../../../lib/tuning/trial_worker.ts";

export class WorkerLane implements TrialLane {
  #runner: TrialRunner | undefined;

  constructor(private readonly setup: TrialSetup) {}

  async run(fit: Fit): Promise<FitOutcome> {
    const { portable, x, y, randomState } = this.setup;
    const begin = performance.now();
    try {
      this.#runner ??= new TrialRunner(putTogether(portable, { ...preprocessing, ...tensors, ...models }), x, y);
      tensors.seed(randomState);
      return await this.#runner.run(fit);
    } catch (error) {
      const name = error instanceof ReferenceError && /^(.+) is not defined$/.exec(error.message)?.[1];
      if (name) throw unknownName(name);
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      return { score: NaN, seconds: (performance.now() - begin) / 1000, error: String(error) };
    }
  }

  close(): void {
    this.#runner?.dispose();
  }
}
