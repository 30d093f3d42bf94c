import { findBlas, readVariable } from "./find_blas.ts";
import { physicalCores } from "./physical_cores.ts";
import { openSgemm, type Sgemm, type SgemmPlace } from "./sgemm.ts";
import { heapBytes } from "./wasm_backend.ts";

/** A BLAS library that was found and opened. */
export interface Blas {
  /** What it says of itself, or its path. */
  readonly name: string;
  /** The number of threads it uses by itself. */
  readonly threads: number;
  /** Sets that number; undefined for a library that cannot be told. */
  readonly setThreads?: (threads: number) => void;
  /** Where the product comes from, for another thread to open. */
  readonly place: SgemmPlace;
  /** A product of parts of matrices. */
  readonly part: Sgemm;
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

const i32 = "i32" as const;

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
  const place = { path, symbol: `${prefix}cblas_sgemm` };
  const part = openSgemm(place, heapAddress);
  const { threads, setThreads } = threadsOf(path, prefix);
  return {
    name: path.split("/").at(-1)!,
    threads,
    place,
    part,
    setThreads,
    sgemm: (transposeA, transposeB, m, n, k, a, b, c, beta) =>
      part(+transposeA, +transposeB, m, n, k, a, transposeA ? m : k, b, transposeB ? k : n, c, n, beta),
  };
}

let bytes: Uint8Array | undefined;
let address = 0;

/** Where the heap lies. It moves when it grows, and tfjs then makes new views: an old address would be of freed memory. */
export function heapAddress(): number {
  if (bytes !== heapBytes()) {
    bytes = heapBytes();
    address = Number(Deno.UnsafePointer.value(Deno.UnsafePointer.of(bytes as Uint8Array<ArrayBuffer>)));
  }
  return address;
}

/** Sets OpenBLAS to a thread for each core, unless the user has chosen; other libraries decide for themselves. */
function threadsOf(path: string, prefix: string): Pick<Blas, "threads" | "setThreads"> {
  const cores = physicalCores();
  try {
    const { symbols } = Deno.dlopen(path, {
      set: { name: `${prefix}openblas_set_num_threads`, parameters: [i32], result: "void" },
      get: { name: `${prefix}openblas_get_num_threads`, parameters: [], result: i32 },
    });
    if (!readVariable("OPENBLAS_NUM_THREADS") && !readVariable("OMP_NUM_THREADS")) symbols.set(cores);
    return { threads: symbols.get(), setThreads: symbols.set };
  } catch {
    return { threads: cores };
  }
}
