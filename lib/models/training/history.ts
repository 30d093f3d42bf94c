import type { CallbackParams } from "../callbacks/mod.ts";

/** What `fit` gives back: loss and metrics of every epoch, under Keras' names. */
export class History {
  /** The epochs' numbers, from 0. */
  readonly epoch: number[] = [];
  /** `loss`, `accuracy`, `val_loss`, `val_accuracy` …, a value for each epoch. */
  readonly history: Record<string, number[]> = {};
  /** What the training was asked for. */
  readonly params: CallbackParams;

  constructor(params: CallbackParams) {
    this.params = params;
  }

  /** Adds an epoch. */
  record(epoch: number, logs: Record<string, number>): void {
    this.epoch.push(epoch);
    for (const name in logs) (this.history[name] ??= []).push(logs[name]);
  }

  /** A row for each epoch: `{ epoch, loss, accuracy, … }`, for tables and plots. */
  table(): Record<string, number>[] {
    return this.epoch.map((epoch, i) => ({
      epoch,
      ...Object.fromEntries(Object.entries(this.history).map(([name, values]) => [name, values[i]])),
    }));
  }
}
