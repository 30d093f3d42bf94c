/**
 * Data sets, one line each: `const { train, test } = await mnist.load();`.
 *
 * Files come from the cache, from Keras' folder, from a mirror (`BAEUM_MIRROR`) or from their published address, are
 * checked by sha256 before use, and are kept in the cache (`BAEUM_CACHE`), so that all but the first load works offline.
 *
 * @module
 */
export * as bostonHousing from "./boston_housing.ts";
export * as californiaHousing from "./california_housing.ts";
export { ChecksumError } from "./checksum.ts";
export * as cifar10 from "./cifar10.ts";
export * as fashionMnist from "./fashion_mnist.ts";
export { dataTable, type RowsTableOptions } from "./data_table.ts";
export { DataUnavailableError, type FetchOptions } from "./fetch_file.ts";
export * as gates from "./gates.ts";
export { type Images, type ImageSplits } from "./images.ts";
export * as iris from "./iris.ts";
export * as mnist from "./mnist.ts";
export * as reuters from "./reuters.ts";
export { type Rows } from "./tables.ts";
