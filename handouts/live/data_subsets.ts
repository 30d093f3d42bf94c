import { cifar10, DataUnavailableError, fashionMnist, mnist } from "baeum/datasets";
import { fetchFile } from "../../lib/datasets/fetch_file.ts";
import {
  bostonHousingNpz,
  californiaHousingTable,
  cifar10Subset,
  fashionMnistFiles,
  mnistNpz,
} from "../../lib/datasets/published_files.ts";
import type { Notebook } from "../notebook.ts";
import { cifarArchive, idxGzip, type ImageSplitBytes, npzOf } from "./image_files.ts";

type Files = Record<string, Uint8Array<ArrayBuffer>>;

/** How many images, the first of the set, to learn from and to test with. */
type Counts = readonly [train: number, test: number];

/** The data of a page. */
export interface PageData {
  files: Files;
  /** What a reader has to know of data that is only a part of its set. */
  notes: string[];
}

/** Sets of images, of which a page carries a part. */
interface ImageSet {
  title: string;
  /** As many as the lessons' quick mode uses; a notebook's metadata, `live: { mnist: [100, 20] }`, can ask for others. */
  counts: Counts;
  read(counts: Counts): Promise<ImageSplitBytes>;
  files(images: ImageSplitBytes): Files;
}

const images: Record<string, ImageSet> = {
  mnist: {
    title: "MNIST",
    counts: [3000, 500],
    read: async (counts) => first(await mnist.load(), [28, 28], counts),
    files: (part) => ({ [mnistNpz.path]: npzOf(part) }),
  },
  fashionMnist: {
    title: "Fashion-MNIST",
    counts: [1100, 300],
    read: async (counts) => first(await fashionMnist.load(), [28, 28], counts),
    files: ({ train, test }) => ({
      [fashionMnistFiles.trainX.path]: idxGzip(train.x, [train.y.length, ...train.shape]),
      [fashionMnistFiles.trainY.path]: idxGzip(train.y, [train.y.length]),
      [fashionMnistFiles.testX.path]: idxGzip(test.x, [test.y.length, ...test.shape]),
      [fashionMnistFiles.testY.path]: idxGzip(test.y, [test.y.length]),
    }),
  },
  cifar10: {
    title: "CIFAR-10",
    counts: [100, 30],
    read: async (counts) => first(await cifar10.load({ subset: true }), [32, 32, 3], counts),
    files: (part) => ({ [cifar10Subset.path]: cifarArchive(part) }),
  },
};

/** Tables, which a page carries whole. */
const tables = { bostonHousing: bostonHousingNpz, californiaHousing: californiaHousingTable };

/**
 * The data that the code of a lesson's cells loads, as files for its page. A set that cannot be had here is left out, with a report;
 * one that is too large for a page, without.
 */
export async function dataFor(
  sources: readonly string[],
  metadata: Notebook["metadata"],
  report: (line: string) => void,
): Promise<PageData> {
  const code = sources.join("\n");
  const wanted = (name: string) => new RegExp(`\\b${name}\\.load\\(`).test(code);
  const found: PageData = { files: {}, notes: [] };
  const atHand = async (name: string, add: () => Promise<void>) => {
    try {
      await add();
    } catch (error) {
      if (!(error instanceof DataUnavailableError)) throw error;
      report(`${name} is not at hand: a live page goes without it. ${error.message}`);
    }
  };
  for (const [name, { title, counts, read, files }] of Object.entries(images)) {
    if (!wanted(name)) continue;
    await atHand(name, async () => {
      const part = await read((metadata.live as Record<string, Counts> | undefined)?.[name] ?? counts);
      Object.assign(found.files, files(part));
      const [train, test] = [part.train, part.test].map(({ y }) => y.length.toLocaleString("ko"));
      found.notes.push(`${title}는 학습용 ${train}장과 시험용 ${test}장만 들어 있습니다.`);
    });
  }
  for (const [name, file] of Object.entries(tables)) {
    if (!wanted(name)) continue;
    await atHand(name, async () => {
      found.files[file.path] = (await fetchFile([file])).bytes;
    });
  }
  return found;
}

type Loaded = Record<
  "train" | "test",
  { raw: { x: Uint8Array; y: Uint8Array }; x: { dispose(): void }; y: { dispose(): void } }
>;

function first(splits: Loaded, shape: readonly number[], [train, test]: Counts): ImageSplitBytes {
  const size = shape.reduce((a, b) => a * b, 1);
  const part = ({ raw, x, y }: Loaded["train"], count: number) => {
    x.dispose();
    y.dispose();
    return { x: raw.x.slice(0, count * size), y: raw.y.slice(0, count), shape };
  };
  return { train: part(splits.train, train), test: part(splits.test, test) };
}
