import { native } from "../native.ts";
import { team } from "../threads/engine_team.ts";

/** Fewer numbers than this are done sooner by one thread. */
const ALONE = 1 << 15;

/** Short stretches of long rows make poor use of the memory. */
const NARROW = 64;

/** `y[r, c] = activation(y[r, c] + bias[c])` where y lies, its rows on all threads where there are many numbers. */
export function biasActivation(
  y: number,
  bias: number,
  rows: number,
  columns: number,
  kind: number,
): void {
  const threads = rows * columns < ALONE ? undefined : team();
  if (!threads) return native.biasActivation(y, bias, rows, columns, kind);
  threads.run({
    kernel: "biasActivation",
    values: [y, bias, rows, columns, kind],
    steps: [4 * columns, 0, 0, 0, 0],
    lengthAt: 2,
    chunk: Math.ceil(rows / (2 * threads.threads)),
  });
}

/** `dz = dy · activation′` and `dbias[c] = Σ dz[·, c]`, the columns on all threads where there are many numbers. */
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
    // Whole cache lines, so that no two threads write to one.
    chunk: Math.max(NARROW, Math.ceil(columns / (2 * threads.threads) / 16) * 16),
  });
}
