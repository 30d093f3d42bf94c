import type { Model } from "../model.ts";
import { Callback, type Logs } from "./callback.ts";

/** Arguments of the callbacks that watch one number. */
export interface MonitorOptions {
  /** The name of the number in the logs (default `"val_loss"`). */
  monitor?: string;
  /** Whether less or more is better; `"auto"` (default) knows it from the metric. */
  mode?: "auto" | "min" | "max";
  /** By how much a value must be better to count as better (default 0; the sign does not matter). */
  minDelta?: number;
}

/** Keras' classes of metrics that are better when they are larger. */
const RISING = new Set([
  "Accuracy",
  "BinaryAccuracy",
  "CategoricalAccuracy",
  "SparseCategoricalAccuracy",
  "TopKCategoricalAccuracy",
  "SparseTopKCategoricalAccuracy",
  "TruePositives",
  "TrueNegatives",
  "Precision",
  "Recall",
  "SensitivityAtSpecificity",
  "SpecificityAtSensitivity",
  "PrecisionAtRecall",
  "RecallAtPrecision",
  "AUC",
  "FBetaScore",
  "F1Score",
  "R2Score",
  "CosineSimilarity",
  "MeanIoU",
]);

/** A callback that compares one number of each epoch with the best so far. */
export abstract class MonitorCallback extends Callback {
  readonly monitor: string;
  readonly mode: "auto" | "min" | "max";
  readonly minDelta: number;
  /** The best value so far. */
  best: number | undefined;
  #rising?: boolean;
  #warned = false;

  constructor({ monitor = "val_loss", mode = "auto", minDelta = 0 }: MonitorOptions) {
    super();
    if (!["auto", "min", "max"].includes(mode)) {
      throw new RangeError(`mode is "auto", "min" or "max". Received: "${mode}"`);
    }
    this.monitor = monitor;
    this.mode = mode;
    this.minDelta = Math.abs(minDelta);
  }

  override setModel(model: Model): void {
    super.setModel(model);
    this.#rising = undefined;
    this.#warned = false;
  }

  /** The number that is watched; where the logs lack it, a warning names those that they have. */
  protected monitored(logs: Logs): number | undefined {
    const value = logs[this.monitor];
    if (value === undefined && !this.#warned) {
      this.#warned = true;
      console.warn(
        `${this.constructor.name} watches "${this.monitor}", which the logs of this training do not have. ` +
          `They have: ${Object.keys(logs).join(", ")}`,
      );
    }
    return value;
  }

  /** @throws {RangeError} where `mode` is `"auto"` and it is not known whether less or more is better. */
  protected settleMode(): void {
    this.#rising ??= this.#risingIsBetter();
  }

  /** Whether a value is better than another by more than `minDelta`, in float32; anything is better than none. */
  protected isBetter(value: number, reference: number | undefined): boolean {
    this.settleMode();
    if (reference === undefined) return true;
    const bar = Math.fround(reference);
    return this.#rising ? Math.fround(value - this.minDelta) > bar : Math.fround(value + this.minDelta) < bar;
  }

  #risingIsBetter(): boolean {
    if (this.mode !== "auto") return this.mode === "max";
    const name = this.monitor.replace(/^val_/, "");
    if (name === "loss" || name.endsWith("_loss")) return false;
    const className = this.model.steps.metricClass(name);
    if (className !== undefined) return RISING.has(className);
    throw new RangeError(
      `${this.constructor.name} cannot tell whether less or more "${this.monitor}" is better. Give it mode: "min" or ` +
        'mode: "max"',
    );
  }
}
