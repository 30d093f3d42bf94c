import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";
import { writeZip } from "baeum/formats";

/** Some images of `shape`, one after another, and their classes. */
export interface ImageBytes {
  x: Uint8Array;
  y: Uint8Array;
  shape: readonly number[];
}

/** The images to learn from and those to test with. */
export interface ImageSplitBytes {
  train: ImageBytes;
  test: ImageBytes;
}

/** As Keras publishes MNIST: four arrays in NumPy's format. */
export function npzOf({ train, test }: ImageSplitBytes): Uint8Array<ArrayBuffer> {
  return writeZip({
    "x_train.npy": npy(train.x, [train.y.length, ...train.shape]),
    "y_train.npy": npy(train.y, [train.y.length]),
    "x_test.npy": npy(test.x, [test.y.length, ...test.shape]),
    "y_test.npy": npy(test.y, [test.y.length]),
  });
}

function npy(bytes: Uint8Array, shape: readonly number[]): Uint8Array {
  const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(", ")},), }`;
  const header = text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11) + "\n";
  const start = [0x93, ...Buffer.from("NUMPY"), 1, 0, header.length & 255, header.length >> 8];
  return Buffer.concat([Buffer.from(start), Buffer.from(header), bytes]);
}

/** As MNIST's authors publish an array of bytes. */
export function idxGzip(bytes: Uint8Array, shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.set([0, 0, 8, shape.length]);
  shape.forEach((length, axis) => header.writeUInt32BE(length, 4 + 4 * axis));
  return stored(Buffer.concat([header, bytes]));
}

/** As CIFAR-10's authors publish it: records of a class and three planes, here all in the first file to learn from. */
export function cifarArchive({ train, test }: ImageSplitBytes): Uint8Array<ArrayBuffer> {
  const names = ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"];
  const contents = names.map((name) =>
    name === "test_batch" ? records(test) : name.endsWith("1") ? records(train) : []
  );
  const entries = names.flatMap((name, i) =>
    tarEntry(`cifar-10-batches-bin/${name}.bin`, Uint8Array.from(contents[i]))
  );
  return stored(Buffer.concat([...entries, Buffer.alloc(1024)]));
}

function records({ x, y, shape: [height, width, colours] }: ImageBytes): number[] {
  const pixels = height * width;
  const found: number[] = [];
  y.forEach((label, image) => {
    found.push(label);
    for (let colour = 0; colour < colours; colour++) {
      for (let pixel = 0; pixel < pixels; pixel++) found.push(x[(image * pixels + pixel) * colours + colour]);
    }
  });
  return found;
}

function tarEntry(path: string, content: Uint8Array): Uint8Array[] {
  const header = Buffer.alloc(512);
  header.write(path, 0);
  header.write(content.length.toString(8).padStart(11, "0"), 124);
  header.write("        0", 148);
  const sum = header.reduce((sum, byte) => sum + byte, 0);
  header.write(sum.toString(8).padStart(6, "0") + "\0 ", 148);
  return [header, content, Buffer.alloc((512 - content.length % 512) % 512)];
}

/** In the format, but not made smaller: a page compresses all of its files itself. */
const stored = (bytes: Uint8Array) => new Uint8Array(gzipSync(bytes, { level: 0 }));
