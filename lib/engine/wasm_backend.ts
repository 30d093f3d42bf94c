import * as tf from "@tensorflow/tfjs";

/** What the engine needs of tfjs' WASM backend; its own types leave these members out. */
export interface WasmBackend {
  readonly wasm: {
    readonly HEAPU8: Uint8Array;
    readonly HEAPF32: Float32Array;
    _malloc(bytes: number): number;
    _free(offset: number): void;
    readonly tfjs: { registerTensor(id: number, size: number, offset: number): void; disposeData(id: number): void };
  };
  readonly dataIdMap: {
    get(dataId: object): { id: number; memoryOffset: number; refCount: number };
    has(dataId: object): boolean;
    delete(dataId: object): boolean;
  };
  makeOutput(shape: number[], dtype: tf.DataType, offset?: number, values?: tf.BackendValues): tf.TensorInfo;
  disposeData(dataId: object, force?: boolean): boolean;
  incRef(dataId: object): void;
  read(dataId: object): Promise<tf.BackendValues>;
  readSync(dataId: object, start?: number, end?: number): tf.BackendValues;
}

/** tfjs' WASM backend, or undefined where another one is in use. */
export function wasmBackend(): WasmBackend | undefined {
  return tf.getBackend() === "wasm" ? tf.backend() as unknown as WasmBackend : undefined;
}

/** The byte offset of a tensor's memory on the heap. WASM's own numbers are signed: beyond 2 GiB they come out negative. */
export function offsetOf(backend: WasmBackend, dataId: object): number {
  return backend.dataIdMap.get(dataId).memoryOffset >>> 0;
}

/** The bytes that a tensor of this shape takes. */
export function bytesOf(shape: number[], dtype: tf.DataType): number {
  return shape.reduce((a, b) => a * b, 1) * (dtype === "bool" ? 1 : 4);
}

let wasmSeen: WasmBackend | undefined;

/** tfjs' WASM backend, in use or not. */
function theBackend(): WasmBackend {
  return wasmSeen ??= tf.findBackend("wasm") as unknown as WasmBackend;
}

/** The WASM heap as it is now: growing the heap makes older views useless. */
export function heapBytes(): Uint8Array {
  return theBackend().wasm.HEAPU8;
}

/**
 * The offset of fresh memory on the heap.
 *
 * @throws {RangeError} when the heap, at most 4 GiB, is full.
 */
export function allocate(bytes: number): number {
  return theBackend().wasm._malloc(Math.max(bytes, 1));
}
