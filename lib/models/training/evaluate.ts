import { tf } from "baeum/tensors";
import type { Model } from "../model.ts";
import { columnsOf, type ModelData, sampleCount } from "./model_data.ts";
import type { MeasuredStep } from "./model_steps.ts";
import { outputShapeFor } from "./output_shape.ts";

/** Arguments of `evaluate`. */
export interface EvaluateOptions {
  /** Samples at a time (default 32). */
  batchSize?: number;
}

/** Arguments of `predict`. */
export interface PredictOptions {
  /** Samples at a time (default 32). */
  batchSize?: number;
}

/** @throws {RangeError} for a batch size that is no whole number of at least 1. */
export function checkBatchSize(batchSize: number): void {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new RangeError(`batchSize is a whole number of at least 1. Received: ${batchSize}`);
  }
}

/** Loss and metrics over all samples, under their names. */
export async function measure(
  { step, metrics }: MeasuredStep,
  sources: tf.Tensor[],
  count: number,
  batchSize: number,
): Promise<Record<string, number>> {
  step.resetSums();
  for (let from = 0; from < count; from += batchSize) {
    step.run(sources, { from, to: Math.min(from + batchSize, count) });
  }
  const [loss, ...sums] = await step.sums();
  const logs: Record<string, number> = { loss: loss[0] / count };
  metrics.forEach((metric, i) => logs[metric.name] = metric.result(sums[i]));
  return logs;
}

/** `Model.evaluate`. */
export async function evaluateModel(
  model: Model,
  x: ModelData,
  y: ModelData,
  { batchSize = 32 }: EvaluateOptions,
): Promise<number[]> {
  checkBatchSize(batchSize);
  const [inputs, targets] = [columnsOf(x, 1, "inputs"), columnsOf(y, 1, "targets")];
  try {
    const count = sampleCount(inputs.tensors, targets.tensors);
    const step = model.steps.test(targets.tensors[0], outputShapeFor(model, inputs.tensors[0]));
    return Object.values(await measure(step, [inputs.tensors[0], targets.tensors[0]], count, batchSize));
  } finally {
    inputs.dispose();
    targets.dispose();
  }
}

/** `Model.predict`. */
export function predictModel(model: Model, x: ModelData, { batchSize = 32 }: PredictOptions): tf.Tensor {
  checkBatchSize(batchSize);
  const inputs = columnsOf(x, 1, "inputs");
  try {
    const count = sampleCount(inputs.tensors);
    if (tf.getBackend() === "webgpu") return predictOnDevice(model, inputs.tensors[0], count, batchSize);
    const [, ...sampleShape] = outputShapeFor(model, inputs.tensors[0]);
    const size = sampleShape.reduce((a, b) => a * b, 1);
    const result = new Float32Array(count * size);
    const step = model.steps.predict();
    for (let from = 0; from < count; from += batchSize) {
      const to = Math.min(from + batchSize, count);
      step.run(inputs.tensors, { from, to });
      result.set(step.outputs[0], from * size);
    }
    return tf.tensor(result, [count, ...sampleShape]);
  } finally {
    inputs.dispose();
  }
}

/** On the GPU, where reading values means waiting: the batches' outputs stay there and are put together there. */
function predictOnDevice(model: Model, input: tf.Tensor, count: number, batchSize: number): tf.Tensor {
  outputShapeFor(model, input);
  return tf.tidy(() => {
    const parts: tf.Tensor[] = [];
    for (let from = 0; from < count; from += batchSize) {
      const batch = tf.slice(input, from, Math.min(batchSize, count - from));
      parts.push(model.run(batch, { training: false, losses: [] }) as tf.Tensor);
    }
    return parts.length === 1 ? parts[0] : tf.concat(parts);
  });
}
