import { CallbackList } from "../callbacks/callback_list.ts";
import type { Callback, Logs } from "../callbacks/mod.ts";
import type { Model } from "../model.ts";
import { checkOptionNames } from "../registry.ts";
import { ArrayBatches, type Batches, type BatchGenerator, GeneratorBatches, isGenerator } from "./batches.ts";
import { Breath } from "./breath.ts";
import { measureBatches } from "./evaluate.ts";
import { FiniteLoss } from "./finite_loss.ts";
import { History } from "./history.ts";
import { inKerasOrder, type MeasuredStep } from "./measured_step.ts";
import { LiveCurves } from "./live_curves.ts";
import type { Sources } from "./batch_parts.ts";
import type { ModelData } from "./model_data.ts";
import type { ClassWeights, SampleWeights } from "./sample_weights.ts";
import { checkBatchSize, checkSteps } from "./steps_asked_for.ts";
import { sliceOf, trainingData, unweighted } from "./training_data.ts";
import { TrainingProgress, type Verbosity } from "./training_progress.ts";

/** Arguments of `fit`. */
export interface FitOptions {
  /** Samples for each step (default 32; with `stepsPerEpoch` what makes an epoch of all samples). */
  batchSize?: number;
  /** How often all samples are seen (default 1). */
  epochs?: number;
  /** The epoch to go on from, counted from 0 (default 0); `epochs` is then the last one's number. */
  initialEpoch?: number;
  /** Steps of an epoch (default: until all samples are seen); the next epoch goes on with the next samples. */
  stepsPerEpoch?: number;
  /** The share of the samples, from the end and before shuffling, that is kept for validation (default 0). */
  validationSplit?: number;
  /** Data to validate on after each epoch: `[x, y]`, `[x, y, sampleWeight]` or a generator of such batches. */
  validationData?: [x: ModelData, y: ModelData, sampleWeight?: SampleWeights] | BatchGenerator;
  /** Samples at a time in the validation (default: as `batchSize`). */
  validationBatchSize?: number;
  /** Only so many batches of the validation data (default: all). */
  validationSteps?: number;
  /** After every how many epochs to validate, or the numbers of the epochs, from 1 (default 1). */
  validationFreq?: number | number[];
  /** Whether the samples are shuffled before each epoch (default true). */
  shuffle?: boolean;
  /** How much each class counts in the loss, by its number (default 1 each). For one output. */
  classWeight?: ClassWeights;
  /** How much each sample counts in the loss and in weighted metrics. */
  sampleWeight?: SampleWeights;
  /** What is called while the model trains: `callbacks.earlyStopping({ … })`, or a class of one's own. */
  callbacks?: Callback | Callback[];
  /** 0: nothing, 1 (default): a bar for each epoch, 2: a line for each epoch. */
  verbose?: Verbosity;
  /** Whether a notebook draws loss and metrics while the model trains; the curves stay when it ends (default false). */
  live?: boolean;
}

/** `Model.fit`. */
export async function fitModel(
  model: Model,
  x: ModelData | BatchGenerator,
  y: ModelData | undefined,
  options: FitOptions,
): Promise<History> {
  const { epochs = 1, initialEpoch = 0, verbose = 1 } = options;
  checkOptionNames("fit", options, OPTIONS);
  checkOptions(options);
  const callbacks = new CallbackList(options.callbacks);
  const progress = new TrainingProgress({ verbose, epochs });
  const { train, validation } = await batchesFor(model, x, y, options);
  const history = model.history = new History({ epochs, steps: train.steps, verbose });
  const finite = new FiniteLoss();
  const steps = new EpochSteps(model, callbacks);
  const curves = options.live ? await LiveCurves.of(history, epochs - initialEpoch) : undefined;
  callbacks.set(model, history.params);
  model.stopTraining = false;
  model.initialEpoch = undefined;
  let logs: Logs = {};
  let epoch = initialEpoch;
  const breath = new Breath(() => interrupted(epoch, epochs));
  try {
    await callbacks.call("onTrainBegin");
    epoch = model.initialEpoch ?? initialEpoch;
    for (; epoch < epochs && !model.stopTraining; epoch++) {
      if (!callbacks.isEmpty) await callbacks.call("onEpochBegin", epoch);
      progress.beginEpoch(epoch, train.steps);
      const trained = await trainEpoch(model, train, { callbacks, progress, curves, breath, steps });
      if (!trained) break;
      logs = trained.logs;
      if (validation && isDue(options.validationFreq ?? 1, epoch)) {
        const measured = await measureBatches(model, validation, { callbacks, breath });
        for (const name in measured?.logs) logs[`val_${name}`] = measured.logs[name];
        logs = inKerasOrder(logs);
      }
      if (!model.stopTraining) finite.check(epoch, logs);
      if (!callbacks.isEmpty) await callbacks.call("onEpochEnd", epoch, logs);
      history.record(epoch, logs);
      curves?.endEpoch();
      progress.endEpoch(trained.steps, logs);
    }
    await callbacks.call("onTrainEnd", logs);
  } finally {
    curves?.end();
    progress.end();
    await train.dispose();
    await validation?.dispose();
  }
  return history;
}

/** What an epoch's steps gave. */
interface Trained {
  logs: Logs;
  steps: number;
}

/** Who watches an epoch's steps. */
interface Surroundings {
  callbacks: CallbackList;
  progress: TrainingProgress;
  curves: LiveCurves | undefined;
  breath: Breath;
  steps: EpochSteps;
}

/** The step of each epoch: only a callback can change the model in between, so without one it stays the first epoch's. */
class EpochSteps {
  readonly #model: Model;
  readonly #fixed: boolean;
  #step?: MeasuredStep;

  constructor(model: Model, callbacks: CallbackList) {
    this.#model = model;
    this.#fixed = callbacks.isEmpty;
  }

  of(sources: Sources): MeasuredStep {
    if (!this.#fixed || !this.#step) this.#step = this.#model.steps.train(sources);
    return this.#step;
  }
}

/** One epoch's steps; undefined where the data has come to its end. */
async function trainEpoch(
  model: Model,
  batches: Batches,
  { callbacks, progress, curves, breath, steps }: Surroundings,
): Promise<Trained | undefined> {
  const [begin, end] = [callbacks.listensTo("onTrainBatchBegin"), callbacks.listensTo("onTrainBatchEnd")];
  let step: MeasuredStep | undefined;
  batches.beginEpoch();
  let number = 0;
  for (; !model.stopTraining; number++) {
    const next = batches.next();
    const batch = next instanceof Promise ? await next : next;
    if (!batch) break;
    try {
      if (begin) await callbacks.call("onTrainBatchBegin", number);
      if (!step) {
        step = steps.of(batch.sources);
        step.reset();
      }
      step.run(batch);
    } finally {
      batch.release?.();
    }
    if (end) await callbacks.call("onTrainBatchEnd", number, await step.logs());
    const now = performance.now();
    if (breath.isDue(now)) {
      if (curves?.wantsUpdate(now)) curves.update(await step.logs());
      if (progress.wantsUpdate(now)) progress.update(number + 1, await step.logs());
      await breath.take();
    }
  }
  return step && { logs: await step.logs(), steps: number };
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

/** All that {@linkcode FitOptions} has. */
const OPTIONS = [
  "batchSize",
  "epochs",
  "initialEpoch",
  "stepsPerEpoch",
  "validationSplit",
  "validationData",
  "validationBatchSize",
  "validationSteps",
  "validationFreq",
  "shuffle",
  "classWeight",
  "sampleWeight",
  "callbacks",
  "verbose",
  "live",
] as const satisfies (keyof FitOptions)[];

function checkOptions(
  { batchSize, validationBatchSize, epochs = 1, initialEpoch = 0, stepsPerEpoch, ...rest }: FitOptions,
): void {
  const { validationSplit = 0, validationSteps, validationFreq = 1 } = rest;
  for (const size of [batchSize, validationBatchSize]) if (size !== undefined) checkBatchSize(size);
  checkSteps("stepsPerEpoch", stepsPerEpoch);
  checkSteps("validationSteps", validationSteps);
  if (typeof validationFreq === "number") checkSteps("validationFreq", validationFreq);
  if (!Number.isInteger(epochs) || epochs < 0) throw new RangeError(`epochs is a whole number. Received: ${epochs}`);
  if (!Number.isInteger(initialEpoch) || initialEpoch < 0) {
    throw new RangeError(`initialEpoch is a whole number. Received: ${initialEpoch}`);
  }
  if (!(validationSplit >= 0 && validationSplit < 1)) {
    throw new RangeError(`validationSplit is a share of at least 0 and less than 1. Received: ${validationSplit}`);
  }
}

function isDue(frequency: number | number[], epoch: number): boolean {
  return typeof frequency === "number" ? (epoch + 1) % frequency === 0 : frequency.includes(epoch + 1);
}

/** The batches to train on and those to validate on. */
async function batchesFor(
  model: Model,
  x: ModelData | BatchGenerator,
  y: ModelData | undefined,
  options: FitOptions,
): Promise<{ train: Batches; validation?: Batches }> {
  const { shuffle = true, stepsPerEpoch, sampleWeight, classWeight, validationSplit = 0, validationData } = options;
  const split = validationData ? 0 : validationSplit;
  if (isGenerator(x)) {
    if (split || sampleWeight !== undefined || classWeight !== undefined) {
      throw new RangeError(
        "validationSplit, sampleWeight and classWeight need arrays; a generator gives [x, y, sampleWeight] itself, " +
          "and validation data goes into validationData",
      );
    }
    const train = new GeneratorBatches(model, x, { steps: stepsPerEpoch, goesOn: true });
    return { train, validation: await validationBatches(model, options, options.batchSize ?? 32) };
  }
  const data = await trainingData(model, { x, y, sampleWeight, classWeight });
  try {
    const count = Math.floor(data.count * (1 - split));
    if (count === 0) {
      throw new RangeError(`validationSplit ${split} leaves none of ${data.count} samples to train on`);
    }
    const batchSize = options.batchSize ?? (stepsPerEpoch ? Math.ceil(count / stepsPerEpoch) : 32);
    const size = options.validationBatchSize ?? batchSize;
    const validation = split
      ? new ArrayBatches(
        sliceOf(classWeight ? unweighted(data) : data, count, data.count),
        { batchSize: size, steps: options.validationSteps },
      )
      : await validationBatches(model, options, batchSize);
    const train = new ArrayBatches({ ...data, count }, {
      batchSize,
      shuffle,
      steps: stepsPerEpoch,
      goesOn: true,
    });
    return { train, validation };
  } catch (error) {
    data.dispose();
    throw error;
  }
}

async function validationBatches(
  model: Model,
  { validationData, validationBatchSize, validationSteps }: FitOptions,
  batchSize: number,
): Promise<Batches | undefined> {
  if (validationData === undefined) return undefined;
  if (isGenerator(validationData)) return new GeneratorBatches(model, validationData, { steps: validationSteps });
  const [x, y, sampleWeight] = validationData;
  const data = await trainingData(model, { x, y, sampleWeight });
  return new ArrayBatches(data, { batchSize: validationBatchSize ?? batchSize, steps: validationSteps });
}
