import { tf } from "baeum/tensors";
import { shareMemory } from "../tensors/shared_memory.ts";
import type { NativeKernels } from "./assembly/kernels.d.ts";

/** `out = f(a, b)` over rows × columns; a step of 0 repeats a number, a row of 0 repeats a row. */
export type BinaryFunction = (
  rows: number,
  columns: number,
  a: number,
  aRow: number,
  aStep: number,
  b: number,
  bRow: number,
  bStep: number,
  out: number,
) => void;

/** `out = f(x)` for n numbers. */
export type UnaryFunction = (n: number, x: number, out: number) => void;

const folder = new URL("./assembly/", import.meta.url);

/** The memory that tfjs' tensors are on. */
export const memory: WebAssembly.Memory =
  (tf.findBackend("wasm") as unknown as { wasm: { asm: { memory: WebAssembly.Memory } } }).wasm.asm.memory;

/** Whether threads can share it. */
export const memoryIsShared: boolean = typeof SharedArrayBuffer !== "undefined" &&
  memory.buffer instanceof SharedArrayBuffer;

/** The kernels' module for that memory, with relaxed SIMD where the engine has it. */
export async function kernelModule(): Promise<WebAssembly.Module> {
  const read = async (file: string) => new Uint8Array(await (await fetch(new URL(file, folder))).arrayBuffer());
  const relaxed = await read("kernels.wasm");
  const bytes = WebAssembly.validate(relaxed) ? relaxed : await read("kernels_plain_simd.wasm");
  // Shared memory wants a module that says so.
  return await WebAssembly.compile(memoryIsShared ? shareMemory(bytes) : bytes);
}

async function load(): Promise<NativeKernels> {
  const instance = await WebAssembly.instantiate(await kernelModule(), { env: { memory } });
  return instance.exports as unknown as NativeKernels;
}

/** The engine's own WASM functions, on the heap that tfjs' tensors are on. */
export const native: NativeKernels = await load();
