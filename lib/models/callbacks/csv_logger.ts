import { Callback, type Logs } from "./callback.ts";

/** Arguments of {@linkcode csvLogger}. */
export interface CSVLoggerOptions {
  /** What stands between two values (default `","`). */
  separator?: string;
  /** Whether to go on in a file that is there (default false: it is replaced). */
  append?: boolean;
}

/** Writes the numbers of each epoch into a file. Keras: `CSVLogger`. */
export class CSVLogger extends Callback {
  readonly filename: string | URL;
  readonly separator: string;
  readonly append: boolean;
  #columns?: string[];
  #wantsHeader = true;

  constructor(filename: string | URL, { separator = ",", append = false }: CSVLoggerOptions = {}) {
    super();
    this.filename = filename;
    this.separator = separator;
    this.append = append;
  }

  override async onTrainBegin(): Promise<void> {
    this.#columns = undefined;
    await Deno.writeTextFile(this.filename, "", { append: this.append });
    this.#wantsHeader = (await Deno.stat(this.filename)).size === 0;
  }

  override async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    const header = !this.#columns && this.#wantsHeader;
    const columns = this.#columns ??= columnsFor(logs);
    const lines = header ? [["epoch", ...columns]] : [];
    lines.push([String(epoch), ...columns.map((name) => name in logs ? String(logs[name]) : "NA")]);
    const text = lines.map((line) => `${line.map((value) => this.#quoted(value)).join(this.separator)}\r\n`).join("");
    await Deno.writeTextFile(this.filename, text, { append: true });
  }

  #quoted(value: string): string {
    const special = value.includes(this.separator) || /["\r\n]/.test(value);
    return special ? `"${value.replaceAll('"', '""')}"` : value;
  }
}

/** The names in order; where the first epoch has no validation, columns for it are kept, as later ones may. */
function columnsFor(logs: Logs): string[] {
  const names = Object.keys(logs).sort();
  return names.some((name) => name.startsWith("val_")) ? names : [...names, ...names.map((name) => `val_${name}`)];
}

/**
 * Writes a line with loss and metrics into a CSV file at the end of each epoch, so that what was trained can be read while
 * it goes on and after it broke off.
 *
 * @example
 * ```ts
 * import { callbacks, layers, sequential } from "baeum/models";
 * import { assert } from "@std/assert";
 *
 * const file = await Deno.makeTempFile({ suffix: ".csv" });
 * const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });
 * model.compile({ loss: "mse", optimizer: "sgd" });
 * await model.fit([[1], [2]], [[2], [4]], { epochs: 2, callbacks: [callbacks.csvLogger(file)], verbose: 0 });
 * assert((await Deno.readTextFile(file)).startsWith("epoch,loss,val_loss\r\n0,"));
 * ```
 */
export function csvLogger(filename: string | URL, options: CSVLoggerOptions = {}): CSVLogger {
  return new CSVLogger(filename, options);
}
