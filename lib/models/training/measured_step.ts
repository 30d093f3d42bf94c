import type { Step } from "baeum/engine";
import type { Logs } from "../callbacks/mod.ts";
import type { Batch } from "./batches.ts";
import type { NamedMetric, OutputPlan } from "./compile.ts";

/** A number in the logs, and how it is read from the sums: of the losses, and of each metric. */
interface Entry {
  key: string;
  read: (losses: Float64Array, sums: Float64Array[]) => number;
}

/** A recorded step that counts what it has seen, and what its sums stand for: first the losses, then each metric's. */
export class MeasuredStep {
  readonly step: Step;
  readonly #metrics: NamedMetric[];
  readonly #lossKeys: string[];
  readonly #severalOutputs: boolean;
  readonly #entries: Entry[];
  #samples = 0;
  #batches = 0;

  constructor(step: Step, outputs: readonly OutputPlan[]) {
    this.step = step;
    this.#severalOutputs = outputs.length > 1;
    this.#lossKeys = outputs.flatMap(({ lossKey }) => lossKey ?? []);
    this.#metrics = [...outputs.flatMap(({ metrics }) => metrics), ...outputs.flatMap((o) => o.weightedMetrics)];
    const entries: Entry[] = [
      { key: "loss", read: (losses) => losses[0] / this.#samples },
      ...this.#lossKeys.map((key, i): Entry => ({ key, read: (losses) => losses[1 + i] / this.#batches })),
      ...this.#metrics.map(({ key, metric }, i): Entry => ({ key, read: (_, sums) => metric.result(sums[1 + i]) })),
    ];
    this.#entries = entries.sort((a, b) => inOrder(a.key, b.key));
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
    const sums = await this.step.sums();
    const logs: Logs = {};
    for (const { key, read } of this.#entries) logs[key] = read(sums[0], sums);
    return logs;
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

  /** Whether a metric's name has its output's name in front. */
  #isPrefixed(key: string): boolean {
    return this.#severalOutputs && this.#metrics.every(({ metric }) => metric.name !== key);
  }
}

function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The logs sorted by name. */
export function inKerasOrder(logs: Logs): Logs {
  return Object.fromEntries(Object.entries(logs).sort(([a], [b]) => inOrder(a, b)));
}
