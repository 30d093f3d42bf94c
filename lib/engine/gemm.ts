import { blas } from "./blas.ts";
import { native } from "./native.ts";
import type { Sgemm } from "./sgemm.ts";
import { team } from "./threads/engine_team.ts";
import type { Team } from "./threads/team.ts";
import { allocate } from "./wasm_backend.ts";

/** A matrix product on the heap: `C = op(A)·op(B) + beta·C`, row-major in float32. */
export type Gemm = (
  transposeA: boolean,
  transposeB: boolean,
  m: number,
  n: number,
  k: number,
  a: number,
  b: number,
  c: number,
  beta: number,
) => void;

/**
 * Products of fewer multiplications are done by a plain loop in WASM: the call into a library, and laying matrices out in
 * panels, cost more than they save. Measured: 16 × 16 × 16 takes 0.6 µs by the loop, 0.8 by BLAS, 0.6 by panels.
 */
const SMALL = 4096;

let large: Gemm | undefined;

/** The fastest matrix product that there is here. */
export function gemm(): Gemm {
  large ??= chooseGemm();
  return multiply;
}

function multiply(
  transposeA: boolean,
  transposeB: boolean,
  m: number,
  n: number,
  k: number,
  a: number,
  b: number,
  c: number,
  beta: number,
): void {
  // This is also where products over nothing go, which BLAS refuses.
  if (m * n * k <= SMALL) native.gemmSmall(transposeA, transposeB, m, n, k, a, b, c, beta);
  else large!(transposeA, transposeB, m, n, k, a, b, c, beta);
}

function chooseGemm(): Gemm {
  const threads = team();
  const library = blas();
  if (library) return threads ? dividedGemm(threads, library.sgemm) : wholeGemm(library.sgemm);
  return threads ? threadedGemm(threads) : packedGemm();
}

/** A library's product as it is. */
export function wholeGemm(sgemm: Sgemm): Gemm {
  return (transposeA, transposeB, m, n, k, a, b, c, beta) =>
    sgemm(+transposeA, +transposeB, m, n, k, a, transposeA ? m : k, b, transposeB ? k : n, c, n, beta);
}

/** A library's products of fewer multiplications, some 7 µs, are not worth a second thread. */
const LIBRARY_ALONE = 1 << 19;

/** A product's arguments as {@linkcode Sgemm} has them, and how they are cut along the rows of C, or along its columns. */
function cutProduct(byRows: boolean, ...[transposeA, transposeB, m, n, k, a, b, c, beta]: Parameters<Gemm>) {
  const values = [+transposeA, +transposeB, m, n, k, a, transposeA ? m : k, b, transposeB ? k : n, c, n, beta];
  // By how much the addresses of A, B and C grow with each row of C, or with each column.
  const [aStep, bStep, cStep] = byRows ? [transposeA ? 4 : 4 * k, 0, 4 * n] : [0, transposeB ? 4 * k : 4, 4];
  return { values, steps: [0, 0, 0, 0, 0, aStep, 0, bStep, 0, cStep, 0, 0], lengthAt: byRows ? 2 : 3 };
}

/** A library's product, one piece of C for each thread: the library lays the other operand out anew for every piece. */
export function dividedGemm(threads: Team, sgemm: Sgemm): Gemm {
  const alone = wholeGemm(sgemm);
  return (transposeA, transposeB, m, n, k, a, b, c, beta) => {
    if (m * n * k < LIBRARY_ALONE) return alone(transposeA, transposeB, m, n, k, a, b, c, beta);
    // Every piece lays out the whole of the operand that is not cut: that should be the smaller one, unless both are small.
    // With A transposed the operands are read alike, and rows of C are written faster: 5% less for 784 × 1024 × 128.
    const byRows = m >= (transposeA ? n / 2 : n) || k < SHALLOW;
    const cut = cutProduct(byRows, transposeA, transposeB, m, n, k, a, b, c, beta);
    const chunk = Math.ceil((byRows ? m : n) / threads.threads / TILE) * TILE;
    threads.run({ kernel: "sgemm", ...cut, chunk, asCut: true });
  };
}

/** With fewer numbers to sum for each of C, to write C takes longer than to lay out operands: rows are written faster. */
const SHALLOW = 64;

/** The library computes C in tiles of so many columns. */
const TILE = 16;

/** The WASM kernel, with memory of its own for the panels. */
export function packedGemm(): Gemm {
  const scratch = allocate(native.gemmScratchBytes());
  return (transposeA, transposeB, m, n, k, a, b, c, beta) =>
    native.gemmPacked(transposeA, transposeB, m, n, k, a, b, c, beta, scratch);
}

/** Products of fewer multiplications, some 30 µs, are not worth a second thread. */
const ALONE = 1 << 19;

/** No piece has fewer rows or columns: each lays the whole of the other matrix out in panels. */
const NARROWEST = 32;

/** Pieces narrower than this spend much of their time on that. */
const NARROW = 96;

/** The WASM kernel on all threads that there are, each on parts of C. The result does not depend on how many they are. */
export function threadedGemm(threads: Team): Gemm {
  const alone = packedGemm();
  const bytes = native.gemmScratchBytes();
  const scratch = allocate(bytes * threads.threads);
  const own = { at: 12, bytes };
  return (transposeA, transposeB, m, n, k, a, b, c, beta) => {
    if (m * n * k < ALONE) return alone(transposeA, transposeB, m, n, k, a, b, c, beta);
    const byRows = m > n;
    const { values, steps, lengthAt } = cutProduct(byRows, transposeA, transposeB, m, n, k, a, b, c, beta);
    values.push(scratch);
    steps.push(0);
    // Pieces of whole tiles, which have 5 rows and 8 columns, or 8 and 5.
    const tile = byRows !== Boolean(native.isBetterAcross(m, n, k)) ? 5 : 8;
    const length = Math.max(m, n);
    // Two pieces for each thread, if they are not narrow: one that is held up then leaves its second to the others.
    const pieces = length / threads.threads >= 2 * NARROW ? 2 * threads.threads : threads.threads;
    const chunk = Math.max(NARROWEST, length / pieces);
    threads.run({ kernel: "gemmPart", values, steps, lengthAt, chunk: Math.ceil(chunk / tile) * tile, own });
  };
}
