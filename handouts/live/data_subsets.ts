import { Buffer } from "node:buffer";
import { DataUnavailableError, mnist } from "baeum/datasets";
import { writeZip } from "baeum/formats";
import { bostonHousingNpz, californiaHousingTable, mnistNpz } from "../../lib/datasets/published_files.ts";
import { fetchFile } from "../../lib/datasets/fetch_file.ts";

type Files = Record<string, Uint8Array<ArrayBuffer>>;

/** As many images as the lessons' quick mode takes, and some to test with. */
const TRAIN = 6000;
const TEST = 150;

/** The files of each data set that a page can carry: images are the first of the set, tables are whole. */
const makers: Record<string, () => Promise<Files>> = {
  mnist: async () => {
    const { train, test } = await mnist.load();
    return {
      [mnistNpz.path]: npz({
        x_train: [train.raw.x, [TRAIN, 28, 28]],
        y_train: [train.raw.y, [TRAIN]],
        x_test: [test.raw.x, [TEST, 28, 28]],
        y_test: [test.raw.y, [TEST]],
      }),
    };
  },
  bostonHousing: async () => ({ [bostonHousingNpz.path]: (await fetchFile([bostonHousingNpz])).bytes }),
  californiaHousing: async () => ({ [californiaHousingTable.path]: (await fetchFile([californiaHousingTable])).bytes }),
};

/**
 * The data that the code of a lesson's cells loads, as files for its page. A set that is too large for a page is left out, and so is,
 * with a report, one that cannot be had here.
 */
export async function dataFor(sources: readonly string[], report: (line: string) => void): Promise<Files> {
  const code = sources.join("\n");
  const wanted = Object.keys(makers).filter((name) => new RegExp(`\\b${name}\\.load\\(`).test(code));
  const found: Files = {};
  for (const name of wanted) {
    try {
      Object.assign(found, await makers[name]());
    } catch (error) {
      if (!(error instanceof DataUnavailableError)) throw error;
      report(`${name} is not at hand: a live page goes without it. ${error.message}`);
    }
  }
  return found;
}

const take = (bytes: Uint8Array, shape: readonly number[]) => bytes.subarray(0, shape.reduce((a, b) => a * b, 1));

/** Arrays of bytes in NumPy's format. */
function npz(arrays: Record<string, [Uint8Array, number[]]>): Uint8Array<ArrayBuffer> {
  return writeZip(
    Object.fromEntries(
      Object.entries(arrays).map(([name, [bytes, shape]]) => {
        const text = `{'descr': '|u1', 'fortran_order': False, 'shape': (${shape.join(", ")},), }`;
        const padded = text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11) + "\n";
        const header = new Uint8Array([
          0x93,
          ...new TextEncoder().encode("NUMPY"),
          1,
          0,
          padded.length & 255,
          padded.length >> 8,
        ]);
        return [`${name}.npy`, Buffer.concat([header, new TextEncoder().encode(padded), take(bytes, shape)])];
      }),
    ),
  );
}
