import { blas } from "../blas.ts";
import { kernelModule, memory, memoryIsShared, native } from "../native.ts";
import { physicalCores } from "../physical_cores.ts";
import { Team } from "./team.ts";

let made: Team | undefined;
let asked = false;

/**
 * Threads that run the engine's kernels on tfjs' heap. Undefined where the heap is not shared, and beside a BLAS library,
 * whose own threads and ours would take the cores from each other.
 */
export function team(): Team | undefined {
  if (!asked) {
    asked = true;
    const cores = physicalCores();
    if (memoryIsShared && cores > 1 && !blas()) made = newTeam(cores);
  }
  return made;
}

/** A team of its own for the engine's kernels. */
export function newTeam(threads: number): Team {
  return new Team(memory, kernelModule, native as unknown as WebAssembly.Exports, threads);
}
