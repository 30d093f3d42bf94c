import { Callback, type Logs } from "./callback.ts";

/** The learning rate of an epoch, from 0, given the one before. */
export type EpochSchedule = (epoch: number, learningRate: number) => number;

/** Sets the learning rate at the start of each epoch. Keras: `LearningRateScheduler`. */
export class LearningRateScheduler extends Callback {
  readonly #schedule: EpochSchedule;
  readonly #verbose: 0 | 1;

  constructor(schedule: EpochSchedule, { verbose = 0 }: { verbose?: 0 | 1 } = {}) {
    super();
    this.#schedule = schedule;
    this.#verbose = verbose;
  }

  override onEpochBegin(epoch: number): void {
    const { optimizer } = this.model;
    const rate = this.#schedule(epoch, optimizer.learningRate);
    if (typeof rate !== "number" || !Number.isFinite(rate)) {
      throw new TypeError(`The schedule of a LearningRateScheduler must give a number. Received: ${rate}`);
    }
    optimizer.learningRate = rate;
    if (this.#verbose) console.log(`Epoch ${epoch + 1}: LearningRateScheduler setting learning rate to ${rate}.`);
  }

  override onEpochEnd(_epoch: number, logs: Logs): void {
    logs.learning_rate = this.model.optimizer.learningRate;
  }
}

/**
 * Sets the learning rate at the start of each epoch to what a function of the epoch (from 0) and the current rate gives.
 * The history gets `learning_rate`.
 *
 * @example
 * ```ts
 * import { callbacks, layers, sequential } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });
 * model.compile({ loss: "mse", optimizer: "sgd" });
 * const halved = callbacks.learningRateScheduler((epoch, rate) => (epoch < 2 ? rate : rate / 2));
 * const { history } = await model.fit([[1], [2]], [[2], [4]], { epochs: 4, callbacks: [halved], verbose: 0 });
 * assertEquals(history.learning_rate, [0.01, 0.01, 0.005, 0.0025]);
 * ```
 */
export function learningRateScheduler(
  schedule: EpochSchedule,
  options: { verbose?: 0 | 1 } = {},
): LearningRateScheduler {
  return new LearningRateScheduler(schedule, options);
}
