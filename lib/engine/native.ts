import { tf } from "baeum/tensors";

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
  add: BinaryFunction;
  sub: BinaryFunction;
  mul: BinaryFunction;
  div: BinaryFunction;
  maximum: BinaryFunction;
  minimum: BinaryFunction;
  squaredDifference: BinaryFunction;
  relu: UnaryFunction;
  sigmoid: UnaryFunction;
  tanh: UnaryFunction;
  exp: UnaryFunction;
  log: UnaryFunction;
  sqrt: UnaryFunction;
  square: UnaryFunction;
  neg: UnaryFunction;
  abs: UnaryFunction;
  boolToFloat: UnaryFunction;
  intToFloat: UnaryFunction;
  fill(n: number, value: number, out: number): void;
  equalWords(n: number, a: number, b: number, out: number): void;
  equalFloats(n: number, a: number, b: number, out: number): void;
  sum(outer: number, n: number, inner: number, x: number, out: number, scale: number): void;
  max(outer: number, n: number, inner: number, x: number, out: number): void;
  argMax(outer: number, n: number, x: number, out: number): void;
  softmax(rows: number, n: number, x: number, out: number): void;
  softmaxCrossEntropy(rows: number, n: number, target: number, logits: number, loss: number, gradient: number): void;
  sparseSoftmaxCrossEntropy(
    rows: number,
    n: number,
    target: number,
    logits: number,
    loss: number,
    gradient: number,
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
