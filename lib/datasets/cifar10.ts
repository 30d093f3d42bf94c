import type { tf } from "baeum/tensors";
import { binaryBatches, joinBatches, pythonBatches } from "./cifar10_batches.ts";
import { fetchFile, type FetchOptions } from "./fetch_file.ts";
import { type ImageSplits, imageSplits } from "./images.ts";
import { cifar10Archive, cifar10PythonArchive, cifar10Subset } from "./published_files.ts";

/** What the classes 0 to 9 are. */
export const classNames: readonly string[] = [
  "airplane",
  "automobile",
  "bird",
  "cat",
  "deer",
  "dog",
  "frog",
  "horse",
  "ship",
  "truck",
];

/** What {@linkcode load} can be told. */
export interface Cifar10Options extends FetchOptions {
  /**
   * Take the tenth of the data that a mirror may have instead of the whole: 5,000 images to learn from and 1,000 to test
   * with, 100 of each class from each of the six files. Default: false.
   */
  subset?: boolean;
}

/**
 * CIFAR-10: 50,000 + 10,000 small colour photographs in 10 classes ({@linkcode classNames}), as
 * `keras.datasets.cifar10.load_data()`, but for `y`, which has one axis here and two there.
 *
 * - `x` is `[50000, 32, 32, 3]` (test: `[10000, 32, 32, 3]`), int32, red, green and blue from 0 to 255;
 * - `y` is `[50000]` (test: `[10000]`), int32, 0 to 9.
 *
 * 170 MB to download, as the authors' binary archive or as the Python one that Keras takes; 737 MB as tensors. The authors
 * state no licence and ask to be cited: Alex Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009.
 *
 * @throws {DataUnavailableError} if no source has the file; the message says what to put where.
 * @see https://www.cs.toronto.edu/~kriz/cifar.html
 *
 * @example
 * ```ts ignore
 * import { cifar10 } from "baeum/datasets";
 *
 * const { train } = await cifar10.load();
 * console.log(train.x.shape); // [50000, 32, 32, 3]
 * ```
 */
export async function load({ subset = false, signal }: Cifar10Options = {}): Promise<ImageSplits<tf.Tensor4D>> {
  const { file, bytes } = await fetchFile(subset ? [cifar10Subset] : [cifar10Archive, cifar10PythonArchive], {
    signal,
  });
  const { train, test } = file === cifar10PythonArchive ? pythonBatches(bytes) : binaryBatches(bytes);
  return imageSplits<tf.Tensor4D>({ train: joinBatches(train), test: joinBatches(test), shape: [32, 32, 3] });
}
