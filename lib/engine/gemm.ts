import { blas } from "./blas.ts";
import { native } from "./native.ts";
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

/** Computes the products that are not small by something else than BLAS or the WASM kernel on one thread. */
export function useGemm(other: Gemm): void {
  large = other;
}

/** The fastest matrix product that there is here. */
export function gemm(): Gemm {
  large ??= blas()?.sgemm ?? packedGemm();
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

/** The WASM kernel, with memory of its own for the panels. */
export function packedGemm(): Gemm {
  const scratch = allocate(native.gemmScratchBytes());
  return (transposeA, transposeB, m, n, k, a, b, c, beta) =>
    native.gemmPacked(transposeA, transposeB, m, n, k, a, b, c, beta, scratch);
}
