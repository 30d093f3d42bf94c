import { seed } from "baeum/tensors";
import { type Fit, type FitOutcome, type PackedTensor, type Trial, TrialRunner } from "./trial.ts";
import type { TrialLane } from "./trial_lane.ts";

/** Trainings in this thread, where the trial knows all that it was written among. */
export class LocalLane implements TrialLane {
  readonly #runner: TrialRunner;

  constructor(
    trial: Trial<object>,
    x: PackedTensor,
    y: PackedTensor,
    private readonly randomState: number,
  ) {
    this.#runner = new TrialRunner(trial, x, y);
  }

  async run(fit: Fit): Promise<FitOutcome> {
    const begin = performance.now();
    seed(this.randomState);
    try {
      return await this.#runner.run(fit);
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      return { score: NaN, seconds: (performance.now() - begin) / 1000, error: String(error) };
    }
  }

  close(): void {
    this.#runner.dispose();
  }
}
