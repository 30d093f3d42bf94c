import { findBlas, readVariable } from "./find_blas.ts";
import { physicalCores } from "./physical_cores.ts";
import { type BlasFile, openSgemm, type Sgemm } from "./sgemm.ts";
import { heapBytes } from "./wasm_backend.ts";

/** A BLAS library that was found and opened. */
export interface Blas {
  /** What it says of itself, or its path. */
  readonly name: string;
  /** Where it is, for threads that open it as well. */
  readonly file: BlasFile;
  /** The number of threads it uses for a product just now. */
  readonly threads: number;
  /** The number of threads that products are to have: one for each core, unless the user has chosen. */
  readonly threadsAsked: number;
  /** Changes the number of threads, for the whole process; undefined for a library that decides for itself. */
  readonly setThreads?: (count: number) => void;
  /** A product on the WASM heap. */
  readonly sgemm: Sgemm;
}

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
      return open({ path, prefix });
    } catch (error) {
      if (needed) throw new Error(`BAEUM_BLAS names a library that cannot be used: ${path}`, { cause: error });
    }
  }
  return undefined;
}

function open(file: BlasFile): Blas {
  // The heap moves when it grows, unless it is shared; tfjs then makes new views.
  const sgemm = openSgemm(file, heapBytes);
  const threads = threadsOf(file);
  return {
    name: file.path.split("/").at(-1)!,
    file,
    sgemm,
    threadsAsked: threadsAsked(),
    setThreads: threads.set,
    get threads() {
      return threads.count();
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
    library.setThreads?.(1);
  }
  try {
    return await run();
  } finally {
    if (--holders === 0) library?.setThreads?.(threadsBefore);
  }
}

/** How many threads the user has given OpenBLAS by its own variables, or one for each core. */
function threadsAsked(): number {
  const chosen = Number(readVariable("OPENBLAS_NUM_THREADS") ?? readVariable("OMP_NUM_THREADS"));
  return Number.isInteger(chosen) && chosen > 0 ? chosen : physicalCores();
}

/** How OpenBLAS is asked for the number of its threads, and told; other libraries decide for themselves. */
function threadsOf({ path, prefix }: BlasFile): { count(): number; set?: (count: number) => void } {
  try {
    const { symbols } = Deno.dlopen(path, {
      set: { name: `${prefix}openblas_set_num_threads`, parameters: ["i32"], result: "void" },
      get: { name: `${prefix}openblas_get_num_threads`, parameters: [], result: "i32" },
    });
    return { count: () => symbols.get(), set: (count) => symbols.set(count) };
  } catch {
    return { count: physicalCores };
  }
}
