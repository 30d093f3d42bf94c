// Stands in for lib/tensors/wasm_path.ts: the page carries tfjs' module, whose memory stays unshared, as a page from a disk asks.
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { keptFile } from "./files.ts";

export function locateWasmFiles(): Promise<void> {
  const url = URL.createObjectURL(new Blob([keptFile("tfjs-backend-wasm-simd.wasm")!], { type: "application/wasm" }));
  setWasmPaths({
    "tfjs-backend-wasm.wasm": url,
    "tfjs-backend-wasm-simd.wasm": url,
    "tfjs-backend-wasm-threaded-simd.wasm": url,
  }, true);
  return Promise.resolve();
}
