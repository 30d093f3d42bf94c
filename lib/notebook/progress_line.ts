import { jupyterChannel, type MimeBundle } from "./kernel.ts";
import { Place } from "./place.ts";

/** A line of text that changes in place until it is done. */
export interface ProgressLine {
  /** Replaces the line. */
  update(text: string): void;
  /** Replaces the line for the last time; what comes next goes below it. */
  done(text: string): void;
  /** Nothing more will come; an unfinished line stays as it is. */
  close(): void;
}

/**
 * A line that is updated in place: below a notebook's cell (which keeps the last state only) or in a terminal. Where
 * neither is at hand, as in a log file, only the finished lines are printed.
 *
 * @example
 * ```ts
 * import { progressLine } from "baeum/notebook";
 *
 * const line = progressLine();
 * for (let file = 1; file <= 3; file++) line.update(`reading file ${file} of 3`);
 * line.done("3 files read");
 * line.close();
 * ```
 */
export function progressLine(): ProgressLine {
  if (jupyterChannel()) return new NotebookLines();
  if (standardOutput()?.isTerminal()) return new TerminalLine();
  return { update: () => {}, done: (text) => console.log(text), close: () => {} };
}

/** Of more finished lines than the two together only the first and last are shown, so that no output grows without end. */
const FIRST = 20;
const LAST = 40;

class NotebookLines implements ProgressLine {
  readonly #place = new Place();
  readonly #first: string[] = [];
  readonly #last: string[] = [];
  #omitted = 0;

  update(text: string): void {
    this.#place.set(() => this.#picture(text));
  }

  done(text: string): void {
    if (this.#first.length < FIRST) this.#first.push(text);
    else this.#last.push(text);
    if (this.#last.length > LAST) {
      this.#last.shift();
      this.#omitted++;
    }
    this.#place.set(() => this.#picture());
  }

  close(): void {
    this.#place.flush();
  }

  #picture(running?: string): MimeBundle {
    const gap = this.#omitted > 0 ? [`… (${this.#omitted} more)`] : [];
    const lines = [...this.#first, ...gap, ...this.#last];
    if (running !== undefined) lines.push(running);
    return { "text/plain": lines.join("\n") };
  }
}

const CLEAR_LINE = "\r\x1b[2K";

class TerminalLine implements ProgressLine {
  #open = false;

  update(text: string): void {
    this.#write(CLEAR_LINE + fit(text, columns()));
    this.#open = true;
  }

  done(text: string): void {
    this.#write(`${this.#open ? CLEAR_LINE : ""}${text}\n`);
    this.#open = false;
  }

  close(): void {
    if (this.#open) this.#write("\n");
    this.#open = false;
  }

  #write(text: string): void {
    standardOutput()?.writeSync(new TextEncoder().encode(text));
  }
}

/** A line that wraps cannot be taken back. */
function fit(text: string, width: number): string {
  return text.length < width ? text : `${text.slice(0, width - 2)}…`;
}

function columns(): number {
  try {
    return Deno.consoleSize().columns;
  } catch {
    return 80;
  }
}

function standardOutput(): typeof Deno.stdout | undefined {
  return typeof Deno === "undefined" ? undefined : Deno.stdout;
}
