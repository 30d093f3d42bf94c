import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import { createRequire } from "node:module";

/** Tells tfjs where its own `.wasm` files lie: in the npm package, wherever Deno has put it. */
export function locateWasmFiles(): void {
  const require = createRequire(import.meta.url);
  const file = require.resolve("@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm");
  setWasmPaths(file.slice(0, file.lastIndexOf("tfjs-backend-wasm-simd.wasm")));
}
