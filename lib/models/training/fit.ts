import { numpyRandom, tf } from "baeum/tensors";
import { interruptSignal } from "baeum/notebook";
import { CallbackList } from "../callbacks/callback_list.ts";
import type { Callback, Logs } from "../callbacks/mod.ts";
import type { Model } from "../model.ts";
import { checkBatchSize, inKerasOrder, logsOf, measure } from "./evaluate.ts";
import { History } from "./history.ts";
import { FiniteLoss } from "./finite_loss.ts";
import { LiveCurves } from "./live_curves.ts";
import { columnsOf, type ModelData, sampleCount } from "./model_data.ts";
import { outputShapeFor } from "./output_shape.ts";
import { TrainingProgress, type Verbosity } from "./training_progress.ts";

/** Arguments of `fit`. */
export interface FitOptions {
  /** Samples for each step (default 32). */
  batchSize?: number;
  /** How often all samples are seen (default 1). */
  epochs?: number;
  /** The share of the samples, from the end and before shuffling, that is kept for validation (default 0). */
  validationSplit?: number;
  /** Data to validate on after each epoch: `[x, y]`. */
  validationData?: [x: ModelData, y: ModelData];
  /** Whether the samples are shuffled before each epoch (default true). */
  shuffle?: boolean;
  /** 0: nothing, 1 (default): a bar for each epoch, 2: a line for each epoch. */
  verbose?: Verbosity;
  /** Whether a notebook draws loss and metrics while the model trains; the curves stay when it ends (default false). */
  live?: boolean;
  /** What is called while the model trains: `callbacks.earlyStopping({ … })`, or a class of one's own. */
  callbacks?: Callback | Callback[];
  /** The epoch to go on from, counted from 0 (default 0); `epochs` is then the last one's number. */
  initialEpoch?: number;
}

/** After this many milliseconds without a break, timers and the Stop button get their turn. */
const BREATH = 50;

/** `Model.fit`. */
export async function fitModel(model: Model, x: ModelData, y: ModelData, options: FitOptions): Promise<History> {
  const { batchSize = 32, epochs = 1, validationSplit = 0, validationData, shuffle = true, verbose = 1 } = options;
  const { initialEpoch = 0 } = options;
  const callbacks = new CallbackList(options.callbacks);
  checkBatchSize(batchSize);
  if (!Number.isInteger(epochs) || epochs < 0) throw new RangeError(`epochs is a whole number. Received: ${epochs}`);
  if (!(validationSplit >= 0 && validationSplit < 1)) {
    throw new RangeError(`validationSplit is a share of at least 0 and less than 1. Received: ${validationSplit}`);
  }
  const [inputs, targets] = [columnsOf(x, 1, "inputs"), columnsOf(y, 1, "targets")];
  const sources = [inputs.tensors[0], targets.tensors[0]];
  const total = sampleCount(inputs.tensors, targets.tensors);
  const outputShape = outputShapeFor(model, inputs.tensors[0]);
  const validation = validationOf(validationData, sources, total, validationSplit);
  const count = validationData ? total : Math.floor(total * (1 - validationSplit));
  if (count === 0) {
    throw new RangeError(`validationSplit ${validationSplit} leaves none of ${total} samples to train on`);
  }

  const train = model.steps.train(sources[1], outputShape);
  const test = validation && model.steps.test(validation.sources[1], outputShape);
  const steps = Math.ceil(count / batchSize);
  const history = model.history = new History({ epochs, steps, verbose });
  const progress = new TrainingProgress({ verbose, epochs, steps });
  const curves = options.live ? await LiveCurves.of(history, epochs - initialEpoch) : undefined;
  callbacks.set(model, history.params);
  const [begin, end] = [callbacks.listensTo("onTrainBatchBegin"), callbacks.listensTo("onTrainBatchEnd")];
  model.stopTraining = false;
  const finite = new FiniteLoss();
  let logs: Logs = {};
  let order = Int32Array.from({ length: count }, (_, i) => i);
  const stop = interruptSignal();
  let lastBreath = performance.now();
  try {
    await callbacks.call("onTrainBegin");
    for (let epoch = initialEpoch; epoch < epochs && !model.stopTraining; epoch++) {
      if (shuffle) order = numpyRandom().permutation(count);
      await callbacks.call("onEpochBegin", epoch);
      train.step.resetSums();
      progress.beginEpoch(epoch);
      let seen = 0;
      for (let step = 0; step < steps && !model.stopTraining; step++) {
        const from = step * batchSize;
        if (begin) await callbacks.call("onTrainBatchBegin", step);
        seen = Math.min(from + batchSize, count);
        train.step.run(sources, order.subarray(from, seen));
        if (end) await callbacks.call("onTrainBatchEnd", step, await logsOf(train, seen));
        const now = performance.now();
        if (now - lastBreath > BREATH) {
          if (curves?.wantsUpdate(now)) curves.update(await logsOf(train, seen));
          if (progress.wantsUpdate(now)) progress.update(step + 1, await logsOf(train, seen));
          await new Promise((resume) => setTimeout(resume, 0));
          lastBreath = performance.now();
          if (stop?.aborted) throw interrupted(epoch, epochs);
        }
      }
      logs = await logsOf(train, seen);
      if (test && validation) {
        const measured = await measure(test, validation.sources, validation.count, batchSize, callbacks);
        for (const name in measured) logs[`val_${name}`] = measured[name];
        logs = inKerasOrder(logs);
      }
      if (!model.stopTraining) finite.check(epoch, logs);
      await callbacks.call("onEpochEnd", epoch, logs);
      history.record(epoch, logs);
      curves?.endEpoch();
      progress.endEpoch(logs);
    }
    await callbacks.call("onTrainEnd", logs);
  } finally {
    curves?.end();
    progress.end();
    for (const columns of [inputs, targets]) columns.dispose();
    validation?.dispose();
  }
  return history;
}

/** What Stop ends a training with; the queued cells then do not run on a half-trained model. */
function interrupted(epoch: number, epochs: number): DOMException {
  return new DOMException(
    `Stopped in epoch ${
      epoch + 1
    } of ${epochs}. The model keeps what it has learnt so far, and fit can go on from there; ` +
      "model.history has the epochs that are complete.",
    "AbortError",
  );
}

interface Validation {
  sources: tf.Tensor[];
  count: number;
  dispose(): void;
}

/** The validation data that was given, or the last share of the training data. */
function validationOf(
  given: FitOptions["validationData"],
  sources: tf.Tensor[],
  total: number,
  split: number,
): Validation | undefined {
  if (given) {
    const [x, y] = [columnsOf(given[0], 1, "inputs"), columnsOf(given[1], 1, "targets")];
    return {
      sources: [x.tensors[0], y.tensors[0]],
      count: sampleCount(x.tensors, y.tensors),
      dispose: () => [x, y].forEach((columns) => columns.dispose()),
    };
  }
  if (split === 0) return undefined;
  const from = Math.floor(total * (1 - split));
  const parts = sources.map((source) => tf.slice(source, from));
  return { sources: parts, count: total - from, dispose: () => tf.dispose(parts) };
}
