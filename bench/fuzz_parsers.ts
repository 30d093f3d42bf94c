/**
 * `deno task fuzz`: 100,000 altered files for each parser of `baeum/formats`.
 *
 * Each must be read or refused with a FormatError, within a second and without filling the memory. `--rounds=N`
 * changes the number, `--seed=N` the alterations.
 */
import { parseArgs } from "node:util";
import {
  FormatError,
  gunzip,
  parseCsv,
  parseIdx,
  parseNpy,
  parseNpyObjects,
  parseNpz,
  parseTar,
  parseTfRecords,
  readZip,
  unpickle,
} from "baeum/formats";
import { RandomState } from "../lib/tensors/random/random_state.ts";
import {
  csv,
  gzip,
  idx,
  npy,
  npz,
  pickledDictionary,
  pickledLists,
  pickledObjects,
  tar,
  tfRecords,
} from "../tests/formats/files.ts";

const { values } = parseArgs({
  args: Deno.args,
  options: { rounds: { type: "string", default: "100000" }, seed: { type: "string", default: "1" } },
});
const rounds = Number(values.rounds);
const state = new RandomState(Number(values.seed));
const MAX_MS = 1000;
const MAX_MEGABYTES = 128;
/** Garbage is collected every so many files (--expose-gc), so that what a parser needs shows. */
const COLLECT_EVERY = 500;
const { gc } = globalThis as { gc?: () => void };

const parsers: Record<string, [parse: (bytes: Uint8Array) => unknown, file: Uint8Array]> = {
  parseIdx: [parseIdx, idx],
  parseNpy: [parseNpy, npy("'<f4'", "(2, 3)", new Uint8Array(24), { fortran: true })],
  parseNpz: [parseNpz, npz],
  readZip: [(bytes) => [...readZip(bytes).values()].map((entry) => entry.read()), npz],
  gunzip: [gunzip, gzip],
  parseTar: [parseTar, tar({ "a.txt": new Uint8Array([1, 2, 3]), "b.txt": new Uint8Array(600) })],
  parseCsv: [(bytes) => parseCsv(bytes, { columns: 3 }), csv],
  unpickle: [unpickle, pickledLists],
  "unpickle (dict)": [unpickle, pickledDictionary],
  parseNpyObjects: [parseNpyObjects, pickledObjects],
  parseTfRecords: [parseTfRecords, tfRecords],
};

/** Bytes changed, cut out, doubled, or cut off; numbers that lengths like to be. */
function alter(file: Uint8Array): Uint8Array {
  let bytes = file.slice();
  for (let changes = state.randint(1, 6) as number; changes > 0; changes--) {
    const at = state.randint(0, Math.max(1, bytes.length)) as number;
    const length = state.randint(1, 9) as number;
    const kind = state.randint(0, 8) as number;
    if (kind < 4) bytes[at] = kind < 2 ? state.randint(0, 256) : [0, 127, 128, 255][state.randint(0, 4) as number];
    else if (kind === 4) bytes.fill(255, at, at + length);
    else if (kind === 5) bytes = new Uint8Array([...bytes.subarray(0, at), ...bytes.subarray(at + length)]);
    else if (kind === 6) bytes = new Uint8Array([...bytes.subarray(0, at + length), ...bytes.subarray(at)]);
    else bytes = bytes.slice(0, at);
  }
  return bytes;
}

let faults = 0;
for (const [name, [parse, file]] of Object.entries(parsers)) {
  parse(file);
  let refused = 0;
  let slowest = 0;
  const before = Deno.memoryUsage().rss;
  for (let round = 0; round < rounds; round++) {
    if (round % COLLECT_EVERY === 0) gc?.();
    const bytes = alter(file);
    const begun = performance.now();
    try {
      parse(bytes);
    } catch (error) {
      refused++;
      if (!(error instanceof FormatError)) {
        faults++;
        console.error(`${name}: ${error} for ${bytes.toBase64()}`);
      }
    }
    slowest = Math.max(slowest, performance.now() - begun);
  }
  const grown = Math.max(0, Deno.memoryUsage().rss - before) / 1e6;
  if (slowest > MAX_MS || grown > MAX_MEGABYTES) faults++;
  console.log(
    `${name.padEnd(16)} ${rounds} files, ${refused} refused, slowest ${slowest.toFixed(1)} ms, ${
      grown.toFixed(0)
    } MB more`,
  );
}
console.log(faults === 0 ? "No fault." : `${faults} faults.`);
if (faults > 0) Deno.exit(1);
