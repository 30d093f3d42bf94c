// One Worker of a search: it is told the trial and the data once, then trains what it is asked to.
import { limitThreads } from "baeum/engine";
import * as models from "baeum/models";
import * as preprocessing from "baeum/preprocessing";
import * as tensors from "baeum/tensors";
import { type PortableTrial, putTogether } from "./portable_trial.ts";
import { type Fit, type PackedTensor, TrialRunner } from "./trial.ts";

/** What a Worker begins with. */
export interface TrialSetup {
  portable: PortableTrial;
  x: PackedTensor;
  y: PackedTensor;
  randomState: number;
}

/** What a Worker answers: what became of a training, or the name of a variable that only the program has. */
export type TrialAnswer = { score: number; seconds: number } | { error: string } | { unknown: string };

// The other cores have trials of their own.
limitThreads(1);

const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<{ setup: TrialSetup } | { fit: Fit }>) => void;
  postMessage(answer: TrialAnswer | "ready"): void;
};
let setup: TrialSetup;
let runner: TrialRunner | undefined;

scope.onmessage = async ({ data }) => {
  if ("setup" in data) setup = data.setup;
  else scope.postMessage(await answer(data.fit));
};
scope.postMessage("ready");

async function answer(fit: Fit): Promise<TrialAnswer> {
  try {
    const known = { ...preprocessing, ...tensors, ...models };
    runner ??= new TrialRunner(putTogether(setup.portable, known), setup.x, setup.y);
    models.clearSession();
    tensors.seed(setup.randomState);
    return await runner.run(fit);
  } catch (error) {
    const name = error instanceof ReferenceError && /^(.+) is not defined$/.exec(error.message)?.[1];
    return name ? { unknown: name } : { error: String(error) };
  }
}
