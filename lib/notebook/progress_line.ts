import { jupyterChannel } from "./kernel.ts";
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

/** So many lines share one output; a longer text would be sent again and again for each new line. */
const BLOCK = 50;

class NotebookLines implements ProgressLine {
  #place = new Place();
  #finished: string[] = [];

  update(text: string): void {
    this.#show([...this.#finished, text]);
  }

  done(text: string): void {
    this.#finished.push(text);
    this.#show(this.#finished);
    if (this.#finished.length < BLOCK) return;
    this.close();
    this.#place = new Place();
    this.#finished = [];
  }

  close(): void {
    this.#place.flush();
  }

  #show(lines: string[]): void {
    this.#place.set(() => ({ "text/plain": lines.join("\n") }));
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
