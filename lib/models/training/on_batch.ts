import type { Model } from "../model.ts";
import type { Evaluation } from "./evaluate.ts";
import type { ModelData } from "./model_data.ts";
import type { ClassWeights, SampleWeights } from "./sample_weights.ts";
import { trainingData } from "./training_data.ts";

/** Arguments of `testOnBatch`. */
export interface TestOnBatchOptions {
  /** How much each sample counts. */
  sampleWeight?: SampleWeights;
}

/** Arguments of `trainOnBatch`. */
export interface TrainOnBatchOptions extends TestOnBatchOptions {
  /** How much each class counts. */
  classWeight?: ClassWeights;
}

/** One step on all of the data as a single batch. */
export async function stepOnBatch(
  model: Model,
  kind: "train" | "test",
  x: ModelData,
  y: ModelData,
  options: TrainOnBatchOptions,
): Promise<Evaluation> {
  const data = await trainingData(model, { x, y, ...options });
  try {
    const step = model.steps[kind](data.sources);
    step.reset();
    step.run({ sources: data.sources, rows: { from: 0, to: data.count }, size: data.count });
    const logs = await step.logs();
    return { logs, step, steps: 1 };
  } finally {
    data.dispose();
  }
}
