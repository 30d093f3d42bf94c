import type { Step } from "baeum/engine";
import type { Logs } from "../callbacks/mod.ts";
import type { Batch } from "./batches.ts";
import type { OutputPlan } from "./compile.ts";

/** A recorded step that counts what it has seen, and what its sums stand for: first the losses, then each metric's. */
export class MeasuredStep {
  readonly step: Step;
  readonly outputs: readonly OutputPlan[];
  #samples = 0;
  #batches = 0;

  constructor(step: Step, outputs: readonly OutputPlan[]) {
    this.step = step;
    this.outputs = outputs;
  }

  /** Starts to measure anew. */
  reset(): void {
    this.step.resetSums();
    this.#samples = this.#batches = 0;
  }

  /** Computes a batch. */
  run({ sources, rows, size }: Batch): void {
    this.step.run(sources.tensors, rows);
    this.#samples += size;
    this.#batches++;
  }

  /**
   * Loss and metrics since the last {@linkcode reset}, in the order of their names as Keras' logs are: the loss a mean over
   * the samples, the losses of single outputs, as in Keras on TensorFlow, means over the batches.
   */
  async logs(): Promise<Logs> {
    const [losses, ...sums] = await this.step.sums();
    const logs: Logs = { loss: losses[0] / this.#samples };
    this.#lossKeys.forEach((key, i) => logs[key] = losses[1 + i] / this.#batches);
    this.#metrics.forEach(({ key, metric }, i) => logs[key] = metric.result(sums[i]));
    return inKerasOrder(logs);
  }

  /** The logs' values in the order that Keras' `evaluate` has. */
  values(logs: Logs): number[] {
    const first = ["loss", ...this.#metrics.map(({ key }) => key).filter((key) => !this.#isPrefixed(key))];
    const names = [...new Set([...first, ...this.#lossKeys, ...Object.keys(logs).sort()])];
    return names.map((name) => logs[name]);
  }

  /** Keras' class of the metric of a name. */
  classOf(name: string): string | undefined {
    return this.#metrics.find(({ key }) => key === name)?.metric.className;
  }

  get #lossKeys(): string[] {
    return this.outputs.flatMap(({ lossKey }) => lossKey ?? []);
  }

  get #metrics(): OutputPlan["metrics"] {
    return [...this.outputs.flatMap(({ metrics }) => metrics), ...this.outputs.flatMap((o) => o.weightedMetrics)];
  }

  /** Whether a metric's name has its output's name in front. */
  #isPrefixed(key: string): boolean {
    return this.outputs.length > 1 && this.#metrics.every(({ metric }) => metric.name !== key);
  }
}

/** The logs sorted by name. */
export function inKerasOrder(logs: Logs): Logs {
  return Object.fromEntries(Object.entries(logs).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
