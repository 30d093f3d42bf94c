import { tf } from "baeum/tensors";
import { shareMemory } from "../../tensors/shared_memory.ts";
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

/** Threads that run the engine's kernels on tfjs' heap; undefined where the heap is not shared. */
export const team: Team | undefined = shared
  ? new Team(memory, compile, native as unknown as WebAssembly.Exports, physicalCores())
  : undefined;
