import { findBlas, readVariable } from "./find_blas.ts";
import { physicalCores } from "./physical_cores.ts";
import { heapBytes } from "./wasm_backend.ts";

/** A BLAS library that was found and opened. */
export interface Blas {
  /** What it says of itself, or its path. */
  readonly name: string;
  /** The number of threads it uses. */
  readonly threads: number;
  /** Changes the number of threads, for the whole process; of a library that decides for itself it changes nothing. */
  setThreads(count: number): void;
  /**
   * `C = A·B + beta·C` in float32, row-major, on the WASM heap: A is `m×k` (or, transposed, `k×m`), B `k×n` (`n×k`),
   * C `m×n`; the offsets are in bytes.
   */
  sgemm(
    transposeA: boolean,
    transposeB: boolean,
    m: number,
    n: number,
    k: number,
    a: number,
    b: number,
    c: number,
    beta: number,
  ): void;
}

const ROW_MAJOR = 101;
const NOT_TRANSPOSED = 111;
const TRANSPOSED = 112;

const i32 = "i32" as const;
const f32 = "f32" as const;
const sgemmSymbol = {
  parameters: [i32, i32, i32, i32, i32, i32, f32, "usize", i32, "usize", i32, f32, "usize", i32],
  result: "void",
} as const;

let opened: Blas | undefined;
let searched = false;

/** The BLAS library to use, looked for once; undefined where there is none, as in a browser. */
export function blas(): Blas | undefined {
  if (!searched) {
    searched = true;
    opened = openBlas();
  }
  return opened;
}

function openBlas(): Blas | undefined {
  if (typeof Deno === "undefined" || typeof Deno.dlopen !== "function") return undefined;
  for (const { path, prefix, needed } of findBlas()) {
    try {
      return open(path, prefix);
    } catch (error) {
      if (needed) throw new Error(`BAEUM_BLAS names a library that cannot be used: ${path}`, { cause: error });
    }
  }
  return undefined;
}

function open(path: string, prefix: string): Blas {
  const { symbols } = Deno.dlopen(path, { sgemm: { ...sgemmSymbol, name: `${prefix}cblas_sgemm` } });
  // Deno takes an address as a number too, which costs less than making a bigint of it for every call.
  const sgemm = symbols.sgemm as unknown as (...args: number[]) => void;
  let bytes: Uint8Array | undefined;
  let base = 0;
  return {
    name: path.split("/").at(-1)!,
    ...threadsOf(path, prefix),
    sgemm(transposeA, transposeB, m, n, k, a, b, c, beta) {
      // The heap moves when it grows, and tfjs then makes new views: an old address would write into freed memory.
      if (bytes !== heapBytes()) {
        bytes = heapBytes();
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
        transposeA ? m : k,
        base + b,
        transposeB ? k : n,
        beta,
        base + c,
        n,
      );
    },
  };
}

let holders = 0;
let threadsBefore = 1;

/**
 * Runs something while the BLAS library computes each product with a single thread: several Workers that compute at once
 * fill the cores, and threads that wait for each other would make each many times slower.
 */
export async function withOneBlasThread<T>(run: () => Promise<T>): Promise<T> {
  const library = blas();
  if (holders++ === 0 && library) {
    threadsBefore = library.threads;
    library.setThreads(1);
  }
  try {
    return await run();
  } finally {
    if (--holders === 0) library?.setThreads(threadsBefore);
  }
}

/** Sets OpenBLAS to a thread for each core, unless the user has chosen; other libraries decide for themselves. */
function threadsOf(path: string, prefix: string): { threads: number; setThreads(count: number): void } {
  const cores = physicalCores();
  try {
    const { symbols } = Deno.dlopen(path, {
      set: { name: `${prefix}openblas_set_num_threads`, parameters: [i32], result: "void" },
      get: { name: `${prefix}openblas_get_num_threads`, parameters: [], result: i32 },
    });
    if (!readVariable("OPENBLAS_NUM_THREADS") && !readVariable("OMP_NUM_THREADS")) symbols.set(cores);
    return { threads: symbols.get(), setThreads: (count) => symbols.set(count) };
  } catch {
    return { threads: cores, setThreads: () => {} };
  }
}
