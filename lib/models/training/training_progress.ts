import { progressLine } from "baeum/notebook";

/** 0: nothing, 1: a bar for each epoch, 2: a line for each epoch. */
export type Verbosity = 0 | 1 | 2;

/** Milliseconds between two pictures of the bar. */
const REFRESH = 100;
const BAR = 10;

/** Keras' lines about the epochs of a `fit`. */
export class TrainingProgress {
  readonly #verbose: Verbosity;
  readonly #epochs: number;
  readonly #steps: number;
  readonly #line: ReturnType<typeof progressLine> | undefined;
  #epoch = 0;
  #begun = 0;
  #lastUpdate = 0;

  constructor({ verbose, epochs, steps }: { verbose: Verbosity; epochs: number; steps: number }) {
    if (![0, 1, 2].includes(verbose)) throw new RangeError(`verbose is 0, 1 or 2. Received: ${verbose}`);
    this.#verbose = verbose;
    this.#epochs = epochs;
    this.#steps = steps;
    this.#line = verbose > 0 ? progressLine() : undefined;
  }

  /** An epoch starts, counted from 0. */
  beginEpoch(epoch: number): void {
    this.#epoch = epoch;
    this.#begun = this.#lastUpdate = performance.now();
  }

  /** Whether it is time for another picture. */
  wantsUpdate(now: number): boolean {
    return this.#verbose === 1 && now - this.#lastUpdate >= REFRESH;
  }

  /** So many steps are done. */
  update(done: number, logs: Record<string, number>): void {
    this.#lastUpdate = performance.now();
    this.#line?.update(this.#text(done, logs));
  }

  /** The epoch is over. */
  endEpoch(logs: Record<string, number>): void {
    this.#line?.done(this.#text(this.#steps, logs));
  }

  /** The training is over. */
  end(): void {
    this.#line?.close();
  }

  #text(done: number, logs: Record<string, number>): string {
    const milliseconds = performance.now() - this.#begun;
    const epoch = `Epoch ${this.#epoch + 1}/${this.#epochs}`;
    const each = duration(milliseconds / done);
    const values = Object.entries(logs).map(([name, value]) => ` - ${name}: ${formatMetric(value)}`).join("");
    const seconds = `${Math.round(milliseconds / 1000)}s`;
    if (this.#verbose === 2) return `${epoch} - ${seconds} - ${each}/step${values}`;
    const filled = Math.round(BAR * done / this.#steps);
    const bar = "━".repeat(filled) + "╌".repeat(BAR - filled);
    return `${epoch}  ${done}/${this.#steps} ${bar} ${seconds} ${each}/step${values}`;
  }
}

/** `4ms`, `350us`: a step's time as Keras prints it. */
function duration(milliseconds: number): string {
  if (milliseconds >= 1000) return `${(milliseconds / 1000).toFixed(1)}s`;
  if (milliseconds >= 1) return `${Math.round(milliseconds)}ms`;
  return `${Math.round(milliseconds * 1000)}us`;
}

/** Four decimals, or the exponential form where they would hide the number, as Keras prints a value. */
export function formatMetric(value: number): string {
  return Math.abs(value) > 1e-3 || value === 0 || !Number.isFinite(value) ? value.toFixed(4) : value.toExponential(4);
}
