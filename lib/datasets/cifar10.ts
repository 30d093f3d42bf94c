import { FormatError, gunzip, parseTar } from "baeum/formats";
import type { tf } from "baeum/tensors";
import { fetchFile, type FetchOptions } from "./fetch_file.ts";
import { type ImageSplits, imageSplits } from "./images.ts";
import { cifar10Archive, cifar10Subset } from "./published_files.ts";

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

const PIXELS = 32 * 32;
const RECORD = 1 + 3 * PIXELS;
const MAX_BYTES = 200_000_000;

/**
 * CIFAR-10: 50,000 + 10,000 small colour photographs in 10 classes ({@linkcode classNames}), as
 * `keras.datasets.cifar10.load_data()`, but for `y`, which has one axis here and two there.
 *
 * - `x` is `[50000, 32, 32, 3]` (test: `[10000, 32, 32, 3]`), int32, red, green and blue from 0 to 255;
 * - `y` is `[50000]` (test: `[10000]`), int32, 0 to 9.
 *
 * 170.1 MB to download, 737 MB as tensors. The authors state no licence and ask to be cited: Alex Krizhevsky, "Learning
 * Multiple Layers of Features from Tiny Images", 2009.
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
  const { bytes } = await fetchFile([subset ? cifar10Subset : cifar10Archive], { signal });
  const files = parseTar(gunzip(bytes, { maxBytes: MAX_BYTES }));
  const read = (name: string) => recordsOf(files.get(`cifar-10-batches-bin/${name}.bin`)!);
  return imageSplits<tf.Tensor4D>({
    train: readRecords([1, 2, 3, 4, 5].map((i) => read(`data_batch_${i}`))),
    test: readRecords([read("test_batch")]),
    shape: [32, 32, 3],
  });
}

function recordsOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length % RECORD === 0) return bytes;
  throw new FormatError(
    "CIFAR-10",
    bytes.length,
    `a file is whole records of ${RECORD} bytes. Received: ${bytes.length}`,
  );
}

/** A record is the class and three planes, red, green and blue; the result has the colours of a pixel side by side. */
function readRecords(files: Uint8Array[]): { x: Uint8Array; y: Uint8Array } {
  const count = files.reduce((sum, file) => sum + file.length / RECORD, 0);
  const x = new Uint8Array(count * 3 * PIXELS);
  const y = new Uint8Array(count);
  let image = 0;
  for (const file of files) {
    for (let start = 0; start < file.length; start += RECORD, image++) {
      y[image] = file[start];
      for (let pixel = 0, to = image * 3 * PIXELS; pixel < PIXELS; pixel++, to += 3) {
        const from = start + 1 + pixel;
        x[to] = file[from];
        x[to + 1] = file[from + PIXELS];
        x[to + 2] = file[from + 2 * PIXELS];
      }
    }
  }
  return { x, y };
}
