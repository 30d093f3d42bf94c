import type { Logs } from "./callback.ts";
import { MonitorCallback, type MonitorOptions } from "./monitor.ts";

/** Arguments of {@linkcode reduceLROnPlateau}. */
export interface ReduceLROnPlateauOptions extends MonitorOptions {
  /** What the learning rate is multiplied by, less than 1 (default 0.1). */
  factor?: number;
  /** How many epochs in a row may be no better (default 10). */
  patience?: number;
  /** Says when it reduces (default 0: silent). */
  verbose?: 0 | 1;
  /** By how much a value must be better to count as better (default 1e-4). */
  minDelta?: number;
  /** How many epochs to wait after a reduction before counting again (default 0). */
  cooldown?: number;
  /** The learning rate never falls below this (default 0). */
  minLr?: number;
}

/** Reduces the learning rate of a training that gets no better. Keras: `ReduceLROnPlateau`. */
export class ReduceLROnPlateau extends MonitorCallback {
  readonly factor: number;
  readonly patience: number;
  readonly verbose: 0 | 1;
  readonly cooldown: number;
  readonly minLr: number;
  #wait = 0;
  #cooling = 0;

  constructor(options: ReduceLROnPlateauOptions = {}) {
    super({ ...options, minDelta: options.minDelta ?? 1e-4 });
    const { factor = 0.1, patience = 10, verbose = 0, cooldown = 0, minLr = 0 } = options;
    if (!(factor < 1)) throw new RangeError(`factor must be less than 1. Received: ${factor}`);
    this.factor = factor;
    this.patience = patience;
    this.verbose = verbose;
    this.cooldown = cooldown;
    this.minLr = minLr;
  }

  override onTrainBegin(): void {
    this.best = undefined;
    this.#wait = this.#cooling = 0;
  }

  override onEpochEnd(epoch: number, logs: Logs): void {
    logs.learning_rate = this.model.optimizer.learningRate;
    const current = this.monitored(logs);
    if (current === undefined) return;
    if (this.#cooling > 0) {
      this.#cooling--;
      this.#wait = 0;
    }
    if (this.isBetter(current, this.best)) {
      this.best = current;
      this.#wait = 0;
    } else if (this.#cooling === 0 && ++this.#wait >= this.patience && this.#reduce(epoch)) {
      this.#cooling = this.cooldown;
      this.#wait = 0;
    }
  }

  #reduce(epoch: number): boolean {
    const { optimizer } = this.model;
    if (!(optimizer.learningRate > this.minLr)) return false;
    optimizer.learningRate = Math.max(optimizer.learningRate * this.factor, this.minLr);
    if (this.verbose) {
      console.log(`Epoch ${epoch + 1}: ReduceLROnPlateau reducing learning rate to ${optimizer.learningRate}.`);
    }
    return true;
  }
}

/**
 * Multiplies the learning rate by `factor` when a number has not become better for `patience` epochs. The history gets
 * `learning_rate`.
 *
 * @throws {RangeError} for a factor of 1 or more; {TypeError} in training when the learning rate comes from a schedule.
 *
 * @example
 * ```ts
 * import { callbacks } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * const plateau = callbacks.reduceLROnPlateau({ monitor: "loss", factor: 0.5, patience: 3 });
 * assertEquals(plateau.minDelta, 1e-4);
 * ```
 */
export function reduceLROnPlateau(options: ReduceLROnPlateauOptions = {}): ReduceLROnPlateau {
  return new ReduceLROnPlateau(options);
}
