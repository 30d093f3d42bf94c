import { tf } from "baeum/tensors";

/** The functions of `assembly/index.ts`: offsets in bytes, sizes in numbers. */
export interface NativeKernels {
  sgd(n: number, param: number, grad: number, rate: number): void;
  sgdMomentum(
    n: number,
    param: number,
    grad: number,
    momentum: number,
    rate: number,
    decay: number,
    nesterov: number,
  ): void;
  adam(
    n: number,
    param: number,
    grad: number,
    m: number,
    v: number,
    alpha: number,
    oneMinusBeta1: number,
    oneMinusBeta2: number,
    epsilon: number,
  ): void;
  biasActivation(y: number, bias: number, rows: number, columns: number, kind: number, scratch: number): void;
  activationBiasGradient(
    dy: number,
    y: number,
    dz: number,
    dbias: number,
    rows: number,
    columns: number,
    kind: number,
  ): void;
}

const folder = new URL("./assembly/", import.meta.url);

/** Loads the kernels onto the heap of tfjs' WASM backend, with relaxed SIMD where the engine has it. */
async function load(): Promise<NativeKernels> {
  const backend = tf.findBackend("wasm");
  const { memory } = (backend as unknown as { wasm: { asm: { memory: WebAssembly.Memory } } }).wasm.asm;
  const imports = { env: { memory } };
  const read = async (file: string) => new Uint8Array(await (await fetch(new URL(file, folder))).arrayBuffer());
  const relaxed = await read("kernels.wasm");
  const bytes = WebAssembly.validate(relaxed) ? relaxed : await read("kernels_plain_simd.wasm");
  const { instance } = await WebAssembly.instantiate(bytes, imports);
  return instance.exports as unknown as NativeKernels;
}

/** The engine's own WASM functions, on the heap that tfjs' tensors are on. */
export const native: NativeKernels = await load();
