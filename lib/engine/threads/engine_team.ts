import { type Blas, blas } from "../blas.ts";
import { kernelModule, memory, memoryIsShared, native } from "../native.ts";
import { physicalCores } from "../physical_cores.ts";
import { Team } from "./team.ts";

let made: Team | undefined;
let asked = false;

/**
 * On more threads than this a product is left to the library, whose threads share what each of ours would lay out for
 * itself.
 */
const DIVIDED_MOST = 4;

/**
 * Threads that run the engine's kernels on tfjs' heap, and pieces of the products that a BLAS library computes. Undefined
 * where the heap is not shared, and beside a library that keeps threads of its own, which would take the cores from ours.
 */
export function team(): Team | undefined {
  if (!asked) {
    asked = true;
    const library = blas();
    const threads = library?.threadsAsked ?? physicalCores();
    const ours = !library || (library.setThreads !== undefined && threads <= DIVIDED_MOST);
    if (memoryIsShared && threads > 1 && ours) made = newTeam(threads, library);
    // For the whole process: Workers that open the library, too, have as many threads of their own.
    library?.setThreads?.(made ? 1 : threads);
  }
  return made;
}

/** A team of its own for the engine's kernels. */
export function newTeam(threads: number, library?: Blas): Team {
  return new Team(memory, kernelModule, native as unknown as WebAssembly.Exports, threads, library);
}
