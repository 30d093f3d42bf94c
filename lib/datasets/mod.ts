/**
 * Data sets, one line each: `const { train, test } = await mnist.load();`.
 *
 * Files come from the cache, from Keras' folder, from a mirror (`BAEUM_MIRROR`) or from their published address, are
 * checked by sha256 before use, and are kept in the cache (`BAEUM_CACHE`), so that all but the first load works offline.
 *
 * @module
 */
export { ChecksumError } from "./checksum.ts";
export { DataUnavailableError, type FetchOptions } from "./fetch_file.ts";
export { type Images, type ImageSplits } from "./images.ts";
export * as mnist from "./mnist.ts";
