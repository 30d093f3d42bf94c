import { CallbackList } from "../callbacks/callback_list.ts";
import type { Callback, Logs } from "../callbacks/mod.ts";
import type { Model } from "../model.ts";
import { ArrayBatches, type Batches, type BatchGenerator, GeneratorBatches, isGenerator } from "./batches.ts";
import { Breath } from "./breath.ts";
import type { MeasuredStep } from "./measured_step.ts";
import type { ModelData } from "./model_data.ts";
import type { SampleWeights } from "./sample_weights.ts";
import { checkBatchSize, checkSteps } from "./steps_asked_for.ts";
import { trainingData } from "./training_data.ts";
import { TrainingProgress, type Verbosity } from "./training_progress.ts";

/** Arguments of `evaluate`. */
export interface EvaluateOptions {
  /** Samples at a time (default 32). */
  batchSize?: number;
  /** How much each sample counts, in the loss and in weighted metrics. */
  sampleWeight?: SampleWeights;
  /** Only so many batches (default: all). */
  steps?: number;
  /** 0 (default; Keras' is 1): nothing, 1: a bar, 2: a line. */
  verbose?: Verbosity;
  /** What is called while it evaluates. */
  callbacks?: Callback | Callback[];
}

/** Loss and metrics of data, and the step that they came from. */
export interface Evaluation {
  logs: Logs;
  step: MeasuredStep;
  /** The number of batches. */
  steps: number;
}

/** Loss and metrics over all batches; undefined where there is none. */
export async function measureBatches(
  model: Model,
  batches: Batches,
  { callbacks, breath, progress }: { callbacks: CallbackList; breath: Breath; progress?: TrainingProgress },
): Promise<Evaluation | undefined> {
  const [begin, end] = [callbacks.listensTo("onTestBatchBegin"), callbacks.listensTo("onTestBatchEnd")];
  await callbacks.call("onTestBegin");
  batches.beginEpoch();
  let step: MeasuredStep | undefined;
  let number = 0;
  for (;; number++) {
    const next = batches.next();
    const batch = next instanceof Promise ? await next : next;
    if (!batch) break;
    try {
      if (begin) await callbacks.call("onTestBatchBegin", number);
      if (!step) {
        step = model.steps.test(batch.sources);
        step.reset();
      }
      step.run(batch);
    } finally {
      batch.release?.();
    }
    if (end) await callbacks.call("onTestBatchEnd", number, await step.logs());
    const now = performance.now();
    if (breath.isDue(now)) {
      if (progress?.wantsUpdate(now)) progress.update(number + 1, await step.logs());
      await breath.take();
    }
  }
  if (!step) return undefined;
  const logs = await step.logs();
  await callbacks.call("onTestEnd", logs);
  return { logs, step, steps: number };
}

/** `Model.evaluate`. */
export async function evaluateModel(
  model: Model,
  x: ModelData | BatchGenerator,
  y: ModelData | undefined,
  { batchSize = 32, sampleWeight, steps, verbose = 0, callbacks }: EvaluateOptions,
): Promise<Evaluation> {
  checkBatchSize(batchSize);
  checkSteps("steps", steps);
  const list = new CallbackList(callbacks);
  const progress = new TrainingProgress({ verbose, epochs: 1 });
  const batches = isGenerator(x) ? new GeneratorBatches(model, x, { steps }) : new ArrayBatches(
    await trainingData(model, { x, y, sampleWeight }),
    { batchSize, steps },
  );
  try {
    const breath = new Breath(() =>
      new DOMException("Stopped while evaluating. The model is as it was.", "AbortError")
    );
    list.set(model, { verbose, epochs: 1, steps: batches.steps });
    progress.beginEpoch(0, batches.steps);
    const evaluation = await measureBatches(model, batches, { callbacks: list, breath, progress });
    if (!evaluation) throw new RangeError("There is no batch to evaluate: the generator gave none");
    progress.endEpoch(evaluation.steps, evaluation.logs);
    return evaluation;
  } finally {
    progress.end();
    await batches.dispose();
  }
}
