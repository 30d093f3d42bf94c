import { native } from "../native.ts";
import { team } from "../threads/engine_team.ts";

/** Fewer numbers than this are done sooner by one thread. */
const ALONE = 1 << 15;

/** Short stretches of long rows make poor use of the memory. */
const NARROW = 64;

/**
 * `y[r, c] = activation(y[r, c] + bias[c])` where y lies, on all threads where there are many numbers.
 *
 * It is cut as the product is that made y, so that each thread finds what it has just computed in its own cache.
 */
export function biasActivation(
  y: number,
  bias: number,
  rows: number,
  columns: number,
  kind: number,
): void {
  const threads = rows * columns < ALONE ? undefined : team();
  if (!threads) return native.biasActivation(y, bias, rows, columns, columns, kind);
  const byRows = rows >= columns;
  threads.run({
    kernel: "biasActivation",
    values: [y, bias, rows, columns, columns, kind],
    steps: byRows ? [4 * columns, 0, 0, 0, 0, 0] : [4, 4, 0, 0, 0, 0],
    lengthAt: byRows ? 2 : 3,
    chunk: wholeLines((byRows ? rows : columns) / threads.threads),
  });
}

/** Whole cache lines, so that no two threads write to one. */
function wholeLines(length: number): number {
  return Math.ceil(length / 16) * 16;
}

/**
 * `dz = dy · activation′` and `dbias[c] = Σ dz[·, c]`, the columns on all threads where there are many numbers. `dz` may be
 * where `dy` is.
 */
export function activationBiasGradient(
  dy: number,
  y: number,
  dz: number,
  dbias: number,
  rows: number,
  columns: number,
  kind: number,
): void {
  const threads = rows * columns < ALONE || columns < 2 * NARROW ? undefined : team();
  if (!threads) return native.activationBiasGradient(dy, y, dz, dbias, rows, columns, columns, kind);
  threads.run({
    kernel: "activationBiasGradient",
    values: [dy, y, dz, dbias, rows, columns, columns, kind],
    steps: [4, 4, 4, 4, 0, 0, 0, 0],
    lengthAt: 5,
    chunk: Math.max(NARROW, wholeLines(columns / threads.threads)),
  });
}
