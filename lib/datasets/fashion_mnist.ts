import { gunzip, parseIdx } from "baeum/formats";
import type { DataFile } from "./data_file.ts";
import { fetchFile, type FetchOptions } from "./fetch_file.ts";
import { type ImageSplits, imageSplits } from "./images.ts";
import { fashionMnistFiles } from "./published_files.ts";

/** What the classes 0 to 9 are. */
export const classNames: readonly string[] = [
  "T-shirt/top",
  "Trouser",
  "Pullover",
  "Dress",
  "Coat",
  "Sandal",
  "Shirt",
  "Sneaker",
  "Bag",
  "Ankle boot",
];

/** More than any of the files unpacks to. */
const MAX_BYTES = 50_000_000;

/**
 * Fashion-MNIST: 60,000 + 10,000 pictures of clothes in 10 classes ({@linkcode classNames}), made to replace MNIST
 * where that is too easy, as `keras.datasets.fashion_mnist.load_data()`.
 *
 * - `x` is `[60000, 28, 28]` (test: `[10000, 28, 28]`), int32, 0 to 255;
 * - `y` is `[60000]` (test: `[10000]`), int32, 0 to 9.
 *
 * 30.9 MB. Licence: MIT (Zalando SE).
 *
 * @throws {DataUnavailableError} if no source has a file; the message says what to put where.
 * @see https://github.com/zalandoresearch/fashion-mnist
 *
 * @example
 * ```ts ignore
 * import { fashionMnist } from "baeum/datasets";
 *
 * const { train } = await fashionMnist.load();
 * console.log(fashionMnist.classNames[train.raw.y[0]]); // Ankle boot
 * ```
 */
export async function load(options: FetchOptions = {}): Promise<ImageSplits> {
  const read = async (file: DataFile) => {
    const { bytes } = await fetchFile([file], options);
    return parseIdx(gunzip(bytes, { maxBytes: MAX_BYTES })).data as Uint8Array;
  };
  const { trainX, trainY, testX, testY } = fashionMnistFiles;
  return imageSplits({
    train: { y: await read(trainY), x: await read(trainX) },
    test: { y: await read(testY), x: await read(testX) },
    shape: [28, 28],
  });
}
