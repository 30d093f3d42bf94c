import { type Blas, blas } from "./blas.ts";
import { native } from "./native.ts";
import { team } from "./threads/engine_team.ts";
import type { Job, Team } from "./threads/team.ts";
import { allocate } from "./wasm_backend.ts";

/** A matrix product on the heap: `C = op(A)·op(B) + beta·C`, as {@linkcode Blas.sgemm} computes it. */
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
  const [library, threads] = [blas(), team()];
  if (library) return threads ? threadedBlas(library, threads) : library.sgemm;
  return threads ? threadedGemm(threads) : packedGemm();
}

/** The WASM kernel, with memory of its own for the panels. */
export function packedGemm(): Gemm {
  const scratch = allocate(native.gemmScratchBytes());
  return (transposeA, transposeB, m, n, k, a, b, c, beta) =>
    native.gemmPacked(transposeA, transposeB, m, n, k, a, b, c, beta, scratch);
}

/** The WASM kernel on all threads that there are, each on parts of C. The result does not depend on how many they are. */
export function threadedGemm(threads: Team): Gemm {
  const bytes = native.gemmScratchBytes();
  const scratch = allocate(bytes * threads.threads);
  return cut(threads, packedGemm(), {
    kernel: "gemmPart",
    own: { at: 12, bytes },
    scratch,
    tile: [5, 8],
    alone: 1 << 19,
  });
}

/** The library's product on the engine's threads, one call of one thread for each part of C. */
export function threadedBlas(library: Blas, threads: Team): Gemm {
  library.setThreads?.(1);
  return cut(threads, library.sgemm, { kernel: "sgemm", tile: [16, 16], alone: 1 << 20 });
}

/** No piece has fewer rows or columns: each lays the whole of the other matrix out in panels. */
const NARROWEST = 32;

interface Cut {
  kernel: Job["kernel"];
  own?: Job["own"];
  /** Memory for the threads, the last of the kernel's arguments. */
  scratch?: number;
  /** Pieces have multiples of so many rows, or columns. */
  tile: [number, number];
  /** Products of fewer multiplications, some 30 µs, are not worth a second thread. */
  alone: number;
}

/** Cuts a product into rows or columns of C. */
function cut(threads: Team, one: Gemm, { kernel, own, scratch, tile, alone }: Cut): Gemm {
  return (transposeA, transposeB, m, n, k, a, b, c, beta) => {
    if (m * n * k < alone) return one(transposeA, transposeB, m, n, k, a, b, c, beta);
    const [aLine, bLine] = [transposeA ? m : k, transposeB ? k : n];
    const values = [+transposeA, +transposeB, m, n, k, a, aLine, b, bLine, c, n, beta];
    const [lengthAt, length, multiple] = m > n ? [2, m, tile[0]] : [3, n, tile[1]];
    // By how much the addresses of A, B and C grow with each row of C, or with each column.
    const [aStep, bStep, cStep] = m > n ? [transposeA ? 4 : 4 * k, 0, 4 * n] : [0, transposeB ? 4 * k : 4, 4];
    const steps = [0, 0, 0, 0, 0, aStep, 0, bStep, 0, cStep, 0, 0];
    if (scratch !== undefined) values.push(scratch), steps.push(0);
    // Two pieces for each thread: one that is held up then leaves its second to the others.
    const chunk = Math.max(NARROWEST, length / (2 * threads.threads));
    threads.run({ kernel, values, steps, lengthAt, chunk: Math.ceil(chunk / multiple) * multiple, own });
  };
}
