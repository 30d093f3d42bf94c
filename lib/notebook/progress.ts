import { progressLine } from "./progress_line.ts";

/** What {@linkcode progress} can be told. */
export interface ProgressOptions {
  /** What is being done, in front of the bar. */
  label?: string;
}

/** A bar that fills. */
export interface Progress {
  /** So many more are done (default 1); `note` is shown behind the bar. */
  advance(by?: number, note?: string): void;
  /** Ends the bar where it stands. Called by itself when the total is reached. */
  close(): void;
}

const WIDTH = 20;

/**
 * A progress bar for a loop: count, bar and seconds, updated in place.
 *
 * @param total How many there are to do, a whole number from 0.
 * @throws {RangeError} if `total` is no such number.
 *
 * @example
 * ```ts
 * import { progress } from "baeum/notebook";
 *
 * const bar = progress(3, { label: "rounds" });
 * for (let round = 0; round < 3; round++) bar.advance();
 * ```
 */
export function progress(total: number, { label = "" }: ProgressOptions = {}): Progress {
  if (!Number.isInteger(total) || total < 0) throw new RangeError(`total is a whole number from 0. Received: ${total}`);
  const line = progressLine();
  const begun = performance.now();
  let count = 0;
  let closed = false;
  let text = "";
  const close = () => {
    if (closed) return;
    closed = true;
    line.done(text);
    line.close();
  };
  const advance = (by = 1, note = "") => {
    if (closed) return;
    count = Math.min(total, count + by);
    const seconds = Math.round((performance.now() - begun) / 1000);
    text = [label, `${count}/${total}`, bar(count / (total || 1)), `${seconds}s`, note].filter(Boolean).join(" ");
    line.update(text);
    if (count === total) close();
  };
  advance(0);
  return { advance, close };
}

/** `━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌`: a share of 0 to 1 as a bar. */
function bar(share: number): string {
  const filled = Math.round(WIDTH * share);
  return "━".repeat(filled) + "╌".repeat(WIDTH - filled);
}
