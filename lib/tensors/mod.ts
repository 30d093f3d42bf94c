/**
 * The one door to TensorFlow.js: tensors, the choice of backend, and seeded randomness.
 *
 * Importing this module (or any that needs it) makes the WASM backend ready; a lesson needs no set-up call.
 *
 * @example
 * ```ts
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const x = tf.tensor2d([[1, 2], [3, 4]]);
 * assertEquals(x.div(2).arraySync(), [[0.5, 1], [1.5, 2]]);
 * ```
 *
 * @module
 */
import { Tensor } from "@tensorflow/tfjs";
import { startDefaultBackend } from "./backend.ts";
import { installDisplay } from "./display.ts";

await startDefaultBackend();
installDisplay(Tensor.prototype);

export * as tf from "@tensorflow/tfjs";
export { type BackendInfo, backendInfo, type BackendName, describeBackend, useBackend } from "./backend.ts";
export { formatTensor } from "./display.ts";
export { nextSeed, numpyRandom, seed } from "./seed.ts";
export * as random from "./random/mod.ts";
