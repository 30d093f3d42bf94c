import { assign } from "baeum/engine";
import { callbacks, type Model, type ModelData } from "baeum/models";
import { tf } from "baeum/tensors";

/** What {@linkcode findLearningRate} can be told. */
export interface FindLearningRateOptions {
  /** The first learning rate, above 0. Default: 1e-5. */
  minRate?: number;
  /** The one that would follow the last. Default: 10. */
  maxRate?: number;
  /** How many batches, 1 or more. Default: 500. */
  steps?: number;
  /** Samples in a batch. Default: 32. */
  batchSize?: number;
}

/** The curve of a learning-rate search: `losses[i]` is that of the batch which was then learnt from at `rates[i]`. */
export interface LearningRateCurve {
  rates: number[];
  losses: number[];
}

/**
 * Trains with a learning rate that grows with each batch and tells the losses: at first they hardly change, then they fall,
 * at last they shoot up. A good rate is about a tenth of the one at which they turn.
 *
 * The rate is multiplied by exp(log(maxRate / minRate) / steps), by default exp(log(10⁶) / 500) = 1.028. The batches are
 * shuffled, as `seed(n)` has it, and the data is gone through again as often as needed. When the loss is no finite number any
 * more, the search ends. Afterwards the model is as it was: weights, learning rate, the optimizer's state, history.
 *
 * @param model Compiled, with an optimizer whose learning rate is a number, and built.
 * @throws {RangeError} unless 0 < `minRate` < `maxRate` and `steps` is a whole number from 1.
 * @throws {Error} for a model that is not built or not compiled.
 * @throws {TypeError} if the learning rate comes from a schedule.
 * @see Smith 2015, "Cyclical Learning Rates for Training Neural Networks"; Géron, "Hands-On Machine Learning", chapter 10.
 *
 * @example
 * ```ts
 * import { layers, sequential } from "baeum/models";
 * import { findLearningRate } from "baeum/tuning";
 * import { assertEquals } from "@std/assert";
 *
 * const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });
 * model.compile({ loss: "mse", optimizer: "sgd" });
 * const { rates, losses } = await findLearningRate(model, [[1], [2], [3]], [[2], [4], [6]], { steps: 20, maxRate: 0.1 });
 * assertEquals([rates.length, losses.length], [20, 20]);
 * assertEquals(model.optimizer.learningRate, 0.01);
 * ```
 */
export async function findLearningRate(
  model: Model,
  x: ModelData,
  y: ModelData,
  { minRate = 1e-5, maxRate = 10, steps = 500, batchSize = 32 }: FindLearningRateOptions = {},
): Promise<LearningRateCurve> {
  if (!(minRate > 0 && minRate < maxRate && Number.isFinite(maxRate))) {
    throw new RangeError(`The rates rise from above 0. Received: minRate ${minRate}, maxRate ${maxRate}`);
  }
  if (!Number.isInteger(steps) || steps < 1) throw new RangeError(`steps is a whole number from 1. Received: ${steps}`);
  if (!model.built) {
    throw new Error(`"${model.name}" is not built: give its first layer an inputShape, or call it on data once`);
  }
  const { optimizer } = model;
  const restore = keep(model);
  const factor = Math.exp(Math.log(maxRate / minRate) / steps);
  const rates: number[] = [];
  const losses: number[] = [];
  // An epoch of a single step each, so that its loss is that of one batch.
  const grow = callbacks.lambdaCallback({
    onEpochBegin: (epoch) => {
      rates.push(optimizer.learningRate = minRate * factor ** epoch);
    },
    onTrainBatchEnd: (_, logs) => {
      losses.push(logs.loss);
      if (!Number.isFinite(logs.loss)) model.stopTraining = true;
    },
  });
  try {
    await model.fit(x, y, { batchSize, epochs: steps, stepsPerEpoch: 1, verbose: 0, callbacks: [grow] });
  } finally {
    restore();
  }
  if (!Number.isFinite(losses.at(-1))) {
    rates.pop();
    losses.pop();
  }
  return { rates, losses };
}

/** Remembers all that training changes; the returned function puts it back. */
function keep(model: Model): () => void {
  const { optimizer, history } = model;
  const { learningRate, iterations } = optimizer;
  optimizer.learningRate = learningRate;
  optimizer.prepare(model.trainableWeights);
  const weights = model.weights.map((weight) => ({ weight, values: Float32Array.from(weight.variable.dataSync()) }));
  const slots = optimizer.state.map((slot) => ({ slot, values: slot.dataSync().slice() }));
  return () => {
    for (const { weight, values } of weights) weight.assign(values);
    for (const { slot, values } of slots) tf.tidy(() => assign(slot, tf.tensor(values, slot.shape)));
    optimizer.learningRate = learningRate;
    optimizer.iterations = iterations;
    model.history = history;
  };
}
