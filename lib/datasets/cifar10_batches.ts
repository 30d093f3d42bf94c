import { FormatError, gunzip, parseTar, PickledArray, unpickle } from "baeum/formats";

/** Images as the files have them. */
export interface Batch {
  /** 3072 bytes each, a red, a green and a blue plane; views of the unpacked archive. */
  images: Uint8Array[];
  /** The class of each image, 0 to 9. */
  labels: number[];
}

/** CIFAR-10's six files, the last of which is for testing. */
export interface Batches {
  train: Batch[];
  test: Batch[];
}

const PLANES = 3 * 32 * 32;
const RECORD = 1 + PLANES;
const CLASSES = 10;
const MAX_BYTES = 200_000_000;

type Fault = (what: string) => FormatError;

/** Reads the archive of the "binary version": records of a class and three planes. */
export function binaryBatches(archive: Uint8Array): Batches {
  return batchesOf(archive, (name) => `cifar-10-batches-bin/${name}.bin`, readRecords);
}

function readRecords(file: Uint8Array, fault: Fault): Batch {
  if (file.length % RECORD > 0) throw fault(`is whole records of ${RECORD} bytes. Received: ${file.length}`);
  const starts = Array.from({ length: file.length / RECORD }, (_, i) => i * RECORD);
  return {
    images: starts.map((start) => file.subarray(start + 1, start + RECORD)),
    labels: starts.map((start) => file[start]),
  };
}

/** Reads the archive of the "python version": pickled dictionaries with an array `data` and a list `labels`. */
export function pythonBatches(archive: Uint8Array): Batches {
  return batchesOf(archive, (name) => `cifar-10-batches-py/${name}`, readPickle);
}

function readPickle(file: Uint8Array, fault: Fault): Batch {
  const batch = unpickle(file);
  const data = batch instanceof Map ? batch.get("data") : undefined;
  const labels = batch instanceof Map ? batch.get("labels") : undefined;
  if (!(data instanceof PickledArray) || !(data.data instanceof Uint8Array) || data.shape[1] !== PLANES) {
    throw fault(`has an array "data" of ${PLANES} bytes an image`);
  }
  if (!Array.isArray(labels) || labels.length !== data.shape[0] || !labels.every(Number.isInteger)) {
    throw fault(`has a list "labels" of ${data.shape[0]} whole numbers`);
  }
  const planes = data.data;
  const images = labels.map((_, i) => planes.subarray(i * PLANES, (i + 1) * PLANES));
  return { images, labels: labels as number[] };
}

/** @param pathOf The path of a file within the archive. */
function batchesOf(
  archive: Uint8Array,
  pathOf: (name: string) => string,
  read: (file: Uint8Array, fault: Fault) => Batch,
): Batches {
  const files = parseTar(gunzip(archive, { maxBytes: MAX_BYTES }));
  const batch = (name: string) => {
    const path = pathOf(name);
    const file = files.get(path);
    if (!file) throw new FormatError("CIFAR-10", 0, `there is no file "${path}"`);
    const fault = (what: string) => new FormatError("CIFAR-10", 0, `the file "${path}" ${what}`);
    const found = read(file, fault);
    const wrong = found.labels.find((label) => label < 0 || label >= CLASSES);
    if (wrong !== undefined) throw fault(`has classes from 0 to 9. Received: ${wrong}`);
    return found;
  };
  return { train: [1, 2, 3, 4, 5].map((number) => batch(`data_batch_${number}`)), test: [batch("test_batch")] };
}

/** All images of some files with the colours of a pixel side by side, `[images, 32, 32, 3]`, and their classes. */
export function joinBatches(batches: Batch[]): { x: Uint8Array; y: Uint8Array } {
  const images = batches.flatMap(({ images }) => images);
  const x = new Uint8Array(images.length * PLANES);
  const pixels = PLANES / 3;
  images.forEach((planes, image) => {
    for (let from = 0, to = image * PLANES; from < pixels; from++, to += 3) {
      x[to] = planes[from];
      x[to + 1] = planes[from + pixels];
      x[to + 2] = planes[from + 2 * pixels];
    }
  });
  return { x, y: Uint8Array.from(batches.flatMap(({ labels }) => labels)) };
}
