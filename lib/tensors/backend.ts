import * as tf from "@tensorflow/tfjs";
import { refuseWhenFull } from "./full_heap.ts";
import { locateWasmFiles } from "./wasm_path.ts";

/** The backends a lesson can choose from: what "CPU, GPU, TPU" is in a hosted notebook. */
export type BackendName = "wasm" | "webgpu" | "cpu";

const backendNames: readonly BackendName[] = ["wasm", "webgpu", "cpu"];

/** What computes the tensors just now. */
export interface BackendInfo {
  /** The backend in use. */
  backend: BackendName;
  /** The version of TensorFlow.js. */
  tfjs: string;
  /** Further facts, for example the BLAS library and its threads, or the GPU's name. */
  details: Record<string, string | number | boolean>;
}

type Details = Record<string, string | number | boolean>;
const detailSources = new Map<BackendName, () => Details>();

/** Lets the engine add what it knows (its BLAS library, its threads) to {@linkcode backendInfo}. */
export function describeBackend(backend: BackendName, details: () => Details): void {
  detailSources.set(backend, details);
}

/**
 * Says which backend is in use and what it runs on.
 *
 * @example
 * ```ts
 * import { backendInfo } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(backendInfo().backend, "wasm");
 * ```
 */
export function backendInfo(): BackendInfo {
  const backend = tf.getBackend() as BackendName;
  return { backend, tfjs: tf.version["tfjs-core"], details: detailSources.get(backend)?.() ?? {} };
}

/**
 * Chooses the backend for all that follows.
 *
 * - `"wasm"` (default): WebAssembly with SIMD, on the CPU; what the lessons are written for.
 * - `"webgpu"`: the GPU, where Deno finds one.
 * - `"cpu"`: plain JavaScript; slow, for comparison.
 *
 * Tensors made before stay usable: tfjs moves them when they are next used.
 *
 * @throws {RangeError} for a name that is none of the three.
 * @throws {Error} for `"webgpu"` where there is no GPU adapter. The backend in use stays as it was.
 *
 * @example
 * ```ts
 * import { useBackend } from "baeum/tensors";
 *
 * const info = await useBackend("cpu");
 * console.log(info.backend); // cpu
 * await useBackend("wasm");
 * ```
 */
export async function useBackend(name: BackendName): Promise<BackendInfo> {
  if (!backendNames.includes(name)) {
    throw new RangeError(`The backend is one of ${backendNames.join(", ")}. Received: ${JSON.stringify(name)}`);
  }
  const before = tf.getBackend();
  if (name === "webgpu") await loadWebGpu();
  if (!(await tf.setBackend(name))) {
    if (before) await tf.setBackend(before);
    throw new Error(`The backend "${name}" did not start. "${before}" stays in use.`);
  }
  await tf.ready();
  // At its first use it would advise installing a package for Node, below whatever cell that is.
  if (name === "cpu") Object.assign(tf.backend(), { firstUse: false });
  return backendInfo();
}

async function loadWebGpu(): Promise<void> {
  const gpu = (navigator as { gpu?: { requestAdapter(): Promise<{ info?: { description?: string } } | null> } }).gpu;
  const adapter = await gpu?.requestAdapter();
  if (!adapter) {
    throw new Error(
      `No GPU adapter was found, so the backend "webgpu" cannot be used. "${tf.getBackend()}" stays in use: ` +
        "the lessons run on it just the same.",
    );
  }
  await import("@tensorflow/tfjs-backend-webgpu");
  describeBackend("webgpu", () => ({ device: adapter.info?.description ?? "unknown" }));
}

/** Starts WASM, the backend that every lesson starts on. */
export async function startDefaultBackend(): Promise<void> {
  if (tf.getBackend()) return;
  // The threaded build of tfjs does not start in Deno; the engine has its own threads.
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false);
  await locateWasmFiles();
  await tf.setBackend("wasm");
  await tf.ready();
  refuseWhenFull((tf.backend() as unknown as { wasm: Parameters<typeof refuseWhenFull>[0] }).wasm);
}
