import { tf } from "baeum/tensors";
import { CallbackList } from "../callbacks/callback_list.ts";
import type { Callback, Logs } from "../callbacks/mod.ts";
import type { Model } from "../model.ts";
import { columnsOf, type ModelData, sampleCount } from "./model_data.ts";
import type { MeasuredStep } from "./model_steps.ts";
import { outputShapeFor } from "./output_shape.ts";

/** Arguments of `evaluate`. */
export interface EvaluateOptions {
  /** Samples at a time (default 32). */
  batchSize?: number;
  /** What is called while it evaluates. */
  callbacks?: Callback | Callback[];
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
  measured: MeasuredStep,
  sources: tf.Tensor[],
  count: number,
  batchSize: number,
  callbacks: CallbackList,
): Promise<Logs> {
  const { step } = measured;
  const [begin, end] = [callbacks.listensTo("onTestBatchBegin"), callbacks.listensTo("onTestBatchEnd")];
  await callbacks.call("onTestBegin");
  step.resetSums();
  for (let from = 0, batch = 0; from < count; from += batchSize, batch++) {
    if (begin) await callbacks.call("onTestBatchBegin", batch);
    const to = Math.min(from + batchSize, count);
    step.run(sources, { from, to });
    if (end) await callbacks.call("onTestBatchEnd", batch, await logsOf(measured, to));
  }
  const logs = await logsOf(measured, count);
  await callbacks.call("onTestEnd", logs);
  return logs;
}

/** Loss and metrics of the samples since the sums were reset, in the order of their names as Keras' logs are. */
export async function logsOf({ step, metrics }: MeasuredStep, samples: number): Promise<Logs> {
  const [loss, ...sums] = await step.sums();
  const logs: Logs = { loss: loss[0] / samples };
  metrics.forEach((metric, i) => logs[metric.name] = metric.result(sums[i]));
  return inKerasOrder(logs);
}

/** The logs sorted by name. */
export function inKerasOrder(logs: Logs): Logs {
  return Object.fromEntries(Object.entries(logs).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

/** `Model.evaluate`. */
export async function evaluateModel(
  model: Model,
  x: ModelData,
  y: ModelData,
  { batchSize = 32, callbacks }: EvaluateOptions,
): Promise<number[]> {
  checkBatchSize(batchSize);
  const list = new CallbackList(callbacks);
  const [inputs, targets] = [columnsOf(x, 1, "inputs"), columnsOf(y, 1, "targets")];
  try {
    const count = sampleCount(inputs.tensors, targets.tensors);
    const step = model.steps.test(targets.tensors[0], outputShapeFor(model, inputs.tensors[0]));
    list.set(model, { verbose: 0, epochs: 1, steps: Math.ceil(count / batchSize) });
    const logs = await measure(step, [inputs.tensors[0], targets.tensors[0]], count, batchSize, list);
    return ["loss", ...step.metrics.map((metric) => metric.name)].map((name) => logs[name]);
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
