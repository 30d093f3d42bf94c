// Imported by the threads, too, which have no tfjs: nothing here may need it.

/** A BLAS library on the disk, and what the names of its functions begin with. */
export interface BlasFile {
  path: string;
  prefix: string;
}

/**
 * `C = A·B + beta·C` in float32, row-major: A is `m×k` (or, transposed, `k×m`), B `k×n` (`n×k`), C `m×n`. The offsets are
 * in bytes; each line of a matrix as it lies begins so many numbers after the one before.
 */
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

const ROW_MAJOR = 101;
const NOT_TRANSPOSED = 111;
const TRANSPOSED = 112;

const i32 = "i32" as const;
const f32 = "f32" as const;
const parameters = [i32, i32, i32, i32, i32, i32, f32, "usize", i32, "usize", i32, f32, "usize", i32] as const;

/** Opens the library's product for matrices that lie in `heap()`: asked at each call, for a heap may move when it grows. */
export function openSgemm({ path, prefix }: BlasFile, heap: () => Uint8Array): Sgemm {
  const { symbols } = Deno.dlopen(path, { sgemm: { name: `${prefix}cblas_sgemm`, parameters, result: "void" } });
  // Deno takes an address as a number too, which costs less than making a bigint of it for every call.
  const sgemm = symbols.sgemm as unknown as (...args: number[]) => void;
  let bytes: Uint8Array | undefined;
  let base = 0;
  return (transposeA, transposeB, m, n, k, a, aLine, b, bLine, c, cLine, beta) => {
    // An old address would write into freed memory.
    if (bytes !== heap()) {
      bytes = heap();
      base = Number(Deno.UnsafePointer.value(Deno.UnsafePointer.of(bytes as Uint8Array<ArrayBuffer>)));
    }
    sgemm(
      ROW_MAJOR,
      transposeA ? TRANSPOSED : NOT_TRANSPOSED,
      transposeB ? TRANSPOSED : NOT_TRANSPOSED,
      m,
      n,
      k,
      1,
      base + a,
      aLine,
      base + b,
      bLine,
      beta,
      base + c,
      cLine,
    );
  };
}
