import { tf } from "baeum/tensors";
import { shareMemory } from "../../tensors/shared_memory.ts";
import { type Blas, blas, heapAddress } from "../blas.ts";
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
 * Threads that run the engine's kernels on tfjs' heap. Undefined where the heap is not shared, and beside a BLAS library
 * whose number of threads cannot be set: its threads and ours would take the cores from each other.
 */
export function team(): Team | undefined {
  if (!asked) {
    asked = true;
    const library = blas();
    if (shared && (!library || library.setThreads)) made = gather(library);
  }
  return made;
}

function gather(library: Blas | undefined): Team | undefined {
  const threads = library?.threads ?? physicalCores();
  if (threads < 2) return undefined;
  // Shared memory reserves all the addresses that it may grow to, and so never moves.
  const blasOf = library && { place: library.place, base: heapAddress() };
  return new Team({
    memory,
    compile,
    kernels: native as unknown as WebAssembly.Exports,
    blas: blasOf,
    sgemm: library?.part,
    threads,
  });
}
