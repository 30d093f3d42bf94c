import type { Logs } from "./callback.ts";
import { MonitorCallback, type MonitorOptions } from "./monitor.ts";

/** Arguments of {@linkcode earlyStopping}. */
export interface EarlyStoppingOptions extends MonitorOptions {
  /** How many epochs in a row may be no better (default 0). */
  patience?: number;
  /** Says when it stops and what it restores (default 0: silent). */
  verbose?: 0 | 1;
  /** A value that must be beaten for the patience to start anew (default: none). */
  baseline?: number;
  /** Whether the model gets the weights of its best epoch back at the end (default false). */
  restoreBestWeights?: boolean;
  /** Epochs before this one do not count (default 0). */
  startFromEpoch?: number;
}

/** Ends a training that gets no better. Keras: `EarlyStopping`. */
export class EarlyStopping extends MonitorCallback {
  readonly patience: number;
  readonly verbose: 0 | 1;
  readonly baseline?: number;
  readonly restoreBestWeights: boolean;
  readonly startFromEpoch: number;
  /** The epoch, from 0, after which the training was stopped; 0 if it was not. */
  stoppedEpoch = 0;
  /** The epoch of the best value, from 0. */
  bestEpoch = 0;
  /** Epochs in a row that were no better. */
  wait = 0;
  #bestWeights?: Float32Array[];

  constructor(options: EarlyStoppingOptions = {}) {
    super(options);
    const { patience = 0, verbose = 0, baseline, restoreBestWeights = false, startFromEpoch = 0 } = options;
    if (!(patience >= 0)) throw new RangeError(`patience is a number of epochs. Received: ${patience}`);
    this.patience = patience;
    this.verbose = verbose;
    this.baseline = baseline;
    this.restoreBestWeights = restoreBestWeights;
    this.startFromEpoch = startFromEpoch;
  }

  override onTrainBegin(): void {
    this.wait = this.stoppedEpoch = this.bestEpoch = 0;
    this.best = undefined;
    this.#bestWeights = undefined;
  }

  override async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    const current = this.monitored(logs);
    if (current === undefined || epoch < this.startFromEpoch) return;
    if (this.restoreBestWeights && !this.#bestWeights) await this.#keepWeights(epoch);
    this.wait++;
    if (this.isBetter(current, this.best)) {
      this.best = current;
      this.bestEpoch = epoch;
      if (this.restoreBestWeights) await this.#keepWeights(epoch);
      if (this.baseline === undefined || this.isBetter(current, this.baseline)) this.wait = 0;
      return;
    }
    if (this.wait >= this.patience && epoch > 0) {
      this.stoppedEpoch = epoch;
      this.model.stopTraining = true;
    }
  }

  override onTrainEnd(): void {
    if (this.verbose && this.stoppedEpoch > 0) console.log(`Epoch ${this.stoppedEpoch + 1}: early stopping`);
    if (!this.#bestWeights) return;
    if (this.verbose) {
      console.log(`Restoring model weights from the end of the best epoch: ${this.bestEpoch + 1}.`);
    }
    this.model.weights.forEach((weight, i) => weight.assign(this.#bestWeights![i]));
    this.#bestWeights = undefined;
  }

  async #keepWeights(epoch: number): Promise<void> {
    this.bestEpoch = epoch;
    const values = await Promise.all(this.model.weights.map(({ variable }) => variable.data()));
    this.#bestWeights = values.map((value) => Float32Array.from(value));
  }
}

/**
 * Ends the training when a number has not become better for `patience` epochs.
 *
 * The names, defaults and the rule are Keras': the first epoch never ends it; with `restoreBestWeights` the model ends with
 * the weights of its best epoch, also when the training ran to its end.
 *
 * @example
 * ```ts
 * import { callbacks } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * const stop = callbacks.earlyStopping({ monitor: "val_accuracy", patience: 5, restoreBestWeights: true });
 * assertEquals(stop.patience, 5);
 * // model.fit(x, y, { epochs: 100, validationSplit: 0.1, callbacks: [stop] })
 * ```
 */
export function earlyStopping(options: EarlyStoppingOptions = {}): EarlyStopping {
  return new EarlyStopping(options);
}
