import { blas } from "./blas.ts";

/** A matrix product on the heap, as {@linkcode Blas.sgemm} computes it. */
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

/** The fastest matrix product that there is here, or undefined where tfjs' own has to do. */
export function gemm(): Gemm | undefined {
  return blas()?.sgemm;
}
