import { seed } from "baeum/tensors";
import { type Fit, type FitOutcome, type PackedTensor, type Trial, TrialRunner } from "./trial.ts";
import type { TrialAnswer, TrialSetup } from "./trial_worker.ts";

/** Something that does one training after another. */
export interface TrialLane {
  run(fit: Fit): Promise<FitOutcome>;
  close(): void;
}

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

function unknownName(name: string): TypeError {
  return new TypeError(
    `The trial uses "${name}", which its Worker does not know: a Worker has none of this program's variables. ` +
      `List it, uses: { ${name} }; or import it within the trial, await import("…"); or search with workers: 0, in this ` +
      "process, one training after another.",
  );
}
