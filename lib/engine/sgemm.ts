/** A matrix product on the heap whose matrices may be parts of wider ones; the arguments are numbers, as threads hand them on. */
export type Sgemm = (
  transposeA: number,
  transposeB: number,
  m: number,
  n: number,
  k: number,
  a: number,
  aLine: number,
  b: number,
  bLine: number,
  c: number,
  cLine: number,
  beta: number,
) => void;

/** Where a library's `cblas_sgemm` is. */
export interface SgemmPlace {
  path: string;
  symbol: string;
}

const ROW_MAJOR = 101;
const NOT_TRANSPOSED = 111;
const TRANSPOSED = 112;

const i32 = "i32" as const;
const f32 = "f32" as const;
const signature = {
  parameters: [i32, i32, i32, i32, i32, i32, f32, "usize", i32, "usize", i32, f32, "usize", i32],
  result: "void",
} as const;

/**
 * Opens the library, which a thread must do for itself.
 *
 * @param base The address at which offset 0 of the heap lies, asked for at every call.
 * @throws {Error} where there is no such library or function.
 */
export function openSgemm({ path, symbol }: SgemmPlace, base: () => number): Sgemm {
  const { symbols } = Deno.dlopen(path, { sgemm: { ...signature, name: symbol } });
  // Deno takes an address as a number too, which costs less than making a bigint of it for every call.
  const sgemm = symbols.sgemm as unknown as (...args: number[]) => void;
  return (transposeA, transposeB, m, n, k, a, aLine, b, bLine, c, cLine, beta) => {
    const heap = base();
    const [opA, opB] = [transposeA ? TRANSPOSED : NOT_TRANSPOSED, transposeB ? TRANSPOSED : NOT_TRANSPOSED];
    sgemm(ROW_MAJOR, opA, opB, m, n, k, 1, heap + a, aLine, heap + b, bLine, beta, heap + c, cLine);
  };
}
