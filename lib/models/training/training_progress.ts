import { progressLine } from "baeum/notebook";

/** 0: nothing, 1: a bar for each epoch, 2: a line for each epoch. */
export type Verbosity = 0 | 1 | 2;

/** Milliseconds between two pictures of the bar. */
const REFRESH = 100;
const BAR = 20;

/** Keras' lines about the epochs of a `fit`, or about an `evaluate`. */
export class TrainingProgress {
  readonly #verbose: Verbosity;
  readonly #epochs: number;
  readonly #line: ReturnType<typeof progressLine> | undefined;
  #steps: number | undefined;
  #done = 0;
  #epoch = 0;
  #begun = 0;
  #lastUpdate = 0;

  constructor({ verbose, epochs }: { verbose: Verbosity; epochs: number }) {
    if (![0, 1, 2].includes(verbose)) throw new RangeError(`verbose is 0, 1 or 2. Received: ${verbose}`);
    this.#verbose = verbose;
    this.#epochs = epochs;
    this.#line = verbose > 0 ? progressLine() : undefined;
  }

  /** An epoch starts, counted from 0; its number of steps may not be known yet. */
  beginEpoch(epoch: number, steps: number | undefined): void {
    this.#epoch = epoch;
    this.#steps = steps;
    this.#done = 0;
    this.#begun = this.#lastUpdate = performance.now();
  }

  /** Whether it is time for another picture. */
  wantsUpdate(now: number): boolean {
    return this.#verbose === 1 && now - this.#lastUpdate >= REFRESH;
  }

  /** So many steps are done. */
  update(done: number, logs: Record<string, number>): void {
    this.#lastUpdate = performance.now();
    this.#done = done;
    this.#line?.update(this.#text(logs));
  }

  /** The epoch is over, after so many steps. */
  endEpoch(done: number, logs: Record<string, number>): void {
    this.#done = done;
    this.#steps ??= done;
    this.#line?.done(this.#text(logs));
  }

  /** The training is over. */
  end(): void {
    this.#line?.close();
  }

  #text(logs: Record<string, number>): string {
    const milliseconds = performance.now() - this.#begun;
    const seconds = `${Math.round(milliseconds / 1000)}s`;
    const each = duration(milliseconds / Math.max(this.#done, 1));
    const values = Object.entries(logs).map(([name, value]) => ` - ${name}: ${formatMetric(value)}`).join("");
    const epoch = this.#epochs > 1 ? `Epoch ${this.#epoch + 1}/${this.#epochs}  ` : "";
    if (this.#verbose === 2) return `${epoch}${this.#count} - ${seconds} - ${each}/step${values}`;
    return `${epoch}${this.#count} ${this.#bar}- ${seconds} ${each}/step${values}`;
  }

  /** ` 12/469`: the steps done, of how many. */
  get #count(): string {
    const total = String(this.#steps ?? "unknown");
    return `${String(this.#done).padStart(total.length)}/${total}`;
  }

  /** `[=======>............]`, where the number of steps is known. */
  get #bar(): string {
    if (this.#steps === undefined) return "";
    const filled = Math.floor(BAR * Math.min(1, this.#done / this.#steps));
    if (filled === BAR) return `[${"=".repeat(BAR)}] `;
    return `[${"=".repeat(filled)}>${".".repeat(BAR - filled - 1)}] `;
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
