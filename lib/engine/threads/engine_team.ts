import { tf } from "baeum/tensors";
import { shareMemory } from "../../tensors/shared_memory.ts";
import { blas } from "../blas.ts";
import { native } from "../native.ts";
import { physicalCores } from "../physical_cores.ts";
import { Team } from "./team.ts";

const { memory } = (tf.findBackend("wasm") as unknown as { wasm: { asm: { memory: WebAssembly.Memory } } }).wasm.asm;

/** The kernels as `native` has them, for a worker: only once one starts. */
async function compile(): Promise<WebAssembly.Module> {
  const read = async (file: string) => {
    const response = await fetch(new URL(`../assembly/${file}`, import.meta.url));
    return new Uint8Array(await response.arrayBuffer());
  };
  const relaxed = await read("kernels.wasm");
  return await WebAssembly.compile(
    shareMemory(WebAssembly.validate(relaxed) ? relaxed : await read("kernels_plain_simd.wasm")),
  );
}

const shared = typeof SharedArrayBuffer !== "undefined" && memory.buffer instanceof SharedArrayBuffer;

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
    if (shared && cores > 1 && !blas()) made = newTeam(cores);
  }
  return made;
}

/** A team of its own for the engine's kernels. */
export function newTeam(threads: number): Team {
  return new Team(memory, compile, native as unknown as WebAssembly.Exports, threads);
}
