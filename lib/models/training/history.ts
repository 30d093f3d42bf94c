import { table } from "baeum/notebook";
import type { CallbackParams } from "../callbacks/mod.ts";

/** Under this symbol Deno's kernel finds how a value wants to be shown. */
const display: unique symbol = Symbol.for("Jupyter.display") as never;
/** Of a longer training a cell shows so many epochs from the beginning, and as many from the end. */
const SHOWN = 3;

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

  /** In a notebook: loss and metrics of the first and the last epochs. */
  [display](): Record<string, string> {
    const rows: Record<string, number | string>[] = this.table();
    const left = rows.length - 2 * SHOWN;
    if (left > 1) rows.splice(SHOWN, left, { epoch: "…" });
    const count = this.epoch.length;
    const shown = table(rows, { caption: count === 1 ? "1 epoch" : `${count} epochs` });
    return (shown as { [display]?: () => Record<string, string> })[display]!();
  }
}
