import type { Fit, FitOutcome } from "./trial.ts";
import { type TrialLane, unknownName } from "./trial_lane.ts";
import type { TrialAnswer, TrialSetup } from "./trial_worker.ts";

/** Trainings in a Worker of their own. */
export class WorkerLane implements TrialLane {
  #worker: Worker | undefined;

  constructor(private readonly setup: TrialSetup) {}

  async run(fit: Fit): Promise<FitOutcome> {
    const begin = performance.now();
    const answer = await this.#ask(fit);
    if ("unknown" in answer) throw unknownName(answer.unknown);
    if ("score" in answer) return answer;
    return { score: NaN, seconds: (performance.now() - begin) / 1000, error: answer.error };
  }

  close(): void {
    this.#worker?.terminate();
    this.#worker = undefined;
  }

  #ask(fit: Fit): Promise<TrialAnswer> {
    const started = this.#worker !== undefined;
    const worker = this.#worker ??= new Worker(new URL("./trial_worker.ts", import.meta.url), { type: "module" });
    return new Promise((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<TrialAnswer | "ready">) => {
        if (data !== "ready") return resolve(data);
        // What is sent before the Worker's modules are loaded finds no listener.
        worker.postMessage({ setup: this.setup });
        worker.postMessage({ fit });
      };
      // Out of memory, or thrown by something that the trial did not await: the next training gets a new Worker.
      worker.onerror = (event) => {
        event.preventDefault();
        this.close();
        resolve({ error: `The trial's Worker ended: ${event.message}` });
      };
      if (started) worker.postMessage({ fit });
    });
  }
}
