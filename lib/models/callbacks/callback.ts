import type { Model } from "../model.ts";

/** Loss and metrics by name: of an epoch, or of an epoch's batches so far. A callback may add to an epoch's. */
export type Logs = Record<string, number>;

/** What a training was asked for. */
export interface CallbackParams {
  verbose: number;
  epochs: number;
  /** Steps an epoch; undefined where only the end of a generator tells. */
  steps: number | undefined;
}

/**
 * Something that is called while a model trains: extend it and say what is to happen when.
 *
 * Each hook may be asynchronous; the training waits. Set `this.model.stopTraining = true` to end the training after the
 * current batch. Whoever has a hook for batches pays for it: loss and metrics are then read after each.
 *
 * @example
 * ```ts
 * import { Callback, layers, type Logs, sequential } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * class PrintRatio extends Callback {
 *   readonly ratios: number[] = [];
 *   override onEpochEnd(_epoch: number, logs: Logs) {
 *     this.ratios.push(logs.val_loss / logs.loss);
 *   }
 * }
 *
 * const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });
 * model.compile({ loss: "mse", optimizer: "sgd" });
 * const ratio = new PrintRatio();
 * await model.fit([[1], [2], [3], [4]], [[2], [4], [6], [8]], {
 *   epochs: 3,
 *   validationSplit: 0.25,
 *   callbacks: [ratio],
 *   verbose: 0,
 * });
 * assertEquals(ratio.ratios.length, 3);
 * ```
 */
export class Callback {
  #model?: Model;
  #params?: CallbackParams;

  /** The model that trains; known from the start of a training. */
  get model(): Model {
    if (!this.#model) throw new Error("A callback knows its model once fit has begun");
    return this.#model;
  }

  /** What the training was asked for; known from the start of a training. */
  get params(): CallbackParams {
    if (!this.#params) throw new Error("A callback knows what the training was asked for once fit has begun");
    return this.#params;
  }

  /** Called before all else with the model that is to be trained, evaluated or asked to predict. */
  setModel(model: Model): void {
    this.#model = model;
  }

  /** Called before all else with what was asked for. */
  setParams(params: CallbackParams): void {
    this.#params = params;
  }

  /** The training begins. */
  onTrainBegin(): void | Promise<void> {}
  /** The training has ended, by itself or by `stopTraining`; `logs` are the last epoch's. */
  onTrainEnd(_logs: Logs): void | Promise<void> {}
  /** An epoch begins, counted from 0. */
  onEpochBegin(_epoch: number): void | Promise<void> {}
  /** An epoch is over, its validation included; what is added to `logs` goes into the history. */
  onEpochEnd(_epoch: number, _logs: Logs): void | Promise<void> {}
  /** A batch is about to be trained on, counted from 0 in each epoch. */
  onTrainBatchBegin(_batch: number): void | Promise<void> {}
  /** A batch was trained on; `logs` are the means over the epoch's batches so far. */
  onTrainBatchEnd(_batch: number, _logs: Logs): void | Promise<void> {}
  /** An evaluation begins, also the validation at an epoch's end. */
  onTestBegin(): void | Promise<void> {}
  /** An evaluation is over. */
  onTestEnd(_logs: Logs): void | Promise<void> {}
  /** A batch is about to be evaluated. */
  onTestBatchBegin(_batch: number): void | Promise<void> {}
  /** A batch was evaluated; `logs` are the means over the batches so far. */
  onTestBatchEnd(_batch: number, _logs: Logs): void | Promise<void> {}
}
