import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { shareMemory } from "./shared_memory.ts";

/** The build of tfjs that is known to work on shared memory: that of @tensorflow/tfjs-backend-wasm 4.22.0. */
const KNOWN_BUILD = "77ebb28a6d34f371dbbf2086b7f2de8994acd8ea5a3cf1fa24d2c26c840cac7b";

/**
 * Tells tfjs where its own `.wasm` files lie: in the npm package, wherever Deno has put it.
 *
 * The file is read here and its memory made shared, so that the engine's threads can compute on the tensors where they lie.
 * Any other build than the known one, or a system without room for shared memory, gets the files as they are, and one thread.
 */
export async function locateWasmFiles(): Promise<void> {
  const require = createRequire(import.meta.url);
  const file = require.resolve("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm");
  const module = await sharedModule(file);
  if (!module) return setWasmPaths(file.slice(0, file.lastIndexOf("tfjs-backend-wasm-simd.wasm")));
  const url = URL.createObjectURL(new Blob([module], { type: "application/wasm" }));
  const asItIs = (name: string) => new URL(name, pathToFileURL(file)).href;
  setWasmPaths({
    "tfjs-backend-wasm.wasm": asItIs("tfjs-backend-wasm.wasm"),
    "tfjs-backend-wasm-simd.wasm": url,
    "tfjs-backend-wasm-threaded-simd.wasm": asItIs("tfjs-backend-wasm-threaded-simd.wasm"),
  }, true);
}

async function sharedModule(file: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = await Deno.readFile(file);
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
  return hash === KNOWN_BUILD && canShare() ? shareMemory(bytes) : undefined;
}

/** Shared memory reserves addresses for the 4 GiB that it may grow to, which a limit on addresses can forbid. */
function canShare(): boolean {
  try {
    new WebAssembly.Memory({ initial: 256, maximum: 65536, shared: true });
    return true;
  } catch {
    return false;
  }
}
