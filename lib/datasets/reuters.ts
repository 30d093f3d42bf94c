import { FormatError, parseNpyObjects, parseNpz, type PickleValue, readZip } from "baeum/formats";
import { random, tf } from "baeum/tensors";
import { fetchFile, type FetchOptions } from "./fetch_file.ts";
import { reutersNpz, reutersSample, reutersWordIndex } from "./published_files.ts";

/** What the topics 0 to 45 are. */
// deno-fmt-ignore
export const classNames: readonly string[] = [
  "cocoa", "grain", "veg-oil", "earn", "acq", "wheat", "copper", "housing", "money-supply", "coffee", "sugar",
  "trade", "reserves", "ship", "cotton", "carcass", "crude", "nat-gas", "cpi", "money-fx", "interest", "gnp",
  "meal-feed", "alum", "oilseed", "gold", "tin", "strategic-metal", "livestock", "retail", "ipi", "iron-steel",
  "rubber", "heat", "jobs", "lei", "bop", "zinc", "orange", "pet-chem", "dlr", "gas", "silver", "wpi", "hog", "lead",
];

/** What {@linkcode load} can be told; the names and defaults are Keras'. */
export interface ReutersOptions extends FetchOptions {
  /** Only words whose number, `indexFrom` included, is below this one are kept. Default: all. */
  numWords?: number;
  /** Words whose number, `indexFrom` included, is below this one are left out, too. Default: 0. */
  skipTop?: number;
  /** Newswires of this many words or more, the start mark counted, are left out. Default: none are. */
  maxLen?: number;
  /** The share to test with, from 0 to below 1. Default: 0.2. */
  testSplit?: number;
  /** Of the shuffle, 0 to 2³² − 1. Default: 113. */
  seed?: number;
  /** What each newswire begins with; null: nothing. Default: 1. */
  startChar?: number | null;
  /** What stands for a word that is left out; null: nothing does. Default: 2. */
  oovChar?: number | null;
  /** What is added to each word's number. Default: 3. */
  indexFrom?: number;
  /** Take 300 made-up newswires that a mirror may have, to try out code with; they mean nothing. Default: false. */
  sample?: boolean;
}

/** Newswires with their topics. */
export interface Newswires {
  /** A list of word numbers for each newswire; `padSequences` makes a tensor of them. */
  x: number[][];
  /** `[newswires]`, int32, 0 to 45 ({@linkcode classNames}). */
  y: tf.Tensor1D;
  /** The topics as plain bytes. */
  raw: { y: Uint8Array };
}

/**
 * Reuters' newswires of 1987: 8,982 to learn from and 2,246 to test with, in 46 topics, as
 * `keras.datasets.reuters.load_data()`.
 *
 * Words are numbered by how often they occur; 0 is for padding, 1 begins a newswire, 2 stands for words left out.
 *
 * 2.1 MB. Licence: David D. Lewis, Reuters-21578, for research.
 *
 * @throws {RangeError} if an option is out of range, or `maxLen` leaves no newswire.
 * @throws {DataUnavailableError} if no source has the file; the message says what to put where.
 * @see https://keras.io/api/datasets/reuters/
 *
 * @example
 * ```ts ignore
 * import { reuters } from "baeum/datasets";
 *
 * const { train, test } = await reuters.load({ numWords: 10_000 });
 * console.log(train.x.length, test.x.length); // 8982 2246
 * ```
 */
export async function load(
  { sample = false, signal, ...options }: ReutersOptions = {},
): Promise<{ train: Newswires; test: Newswires }> {
  const { bytes } = await fetchFile([sample ? reutersSample : reutersNpz], { signal });
  return splitNewswires(bytes, options);
}

/**
 * The number of each word, without `indexFrom`: `wordIndex()["the"]` is 1, and "the" is 4 in a newswire.
 *
 * @throws {DataUnavailableError} if no source has the file; the message says what to put where.
 */
export async function wordIndex(options: FetchOptions = {}): Promise<Record<string, number>> {
  const { bytes } = await fetchFile([reutersWordIndex], options);
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** Shuffles, marks and cuts the newswires of Keras' file, step by step as Keras does. */
export function splitNewswires(
  bytes: Uint8Array,
  options: Omit<ReutersOptions, "signal" | "sample">,
): { train: Newswires; test: Newswires } {
  const { maxLen, testSplit = 0.2, seed = 113, startChar = 1, indexFrom = 3 } = options;
  if (!(testSplit >= 0 && testSplit < 1)) {
    throw new RangeError(`testSplit is from 0 to below 1. Received: ${testSplit}`);
  }
  const stored = readNewswires(bytes);
  const start = startChar === null ? [] : [startChar];
  const shuffled = Array.from(
    new random.RandomState(seed).permutation(stored.length),
    (i) => ({ words: [...start, ...stored[i].words.map((word) => word + indexFrom)], topic: stored[i].topic }),
  );
  const newswires = maxLen ? shuffled.filter(({ words }) => words.length < maxLen) : shuffled;
  if (newswires.length === 0) throw new RangeError(`maxLen leaves no newswire. Received: ${maxLen}`);
  const kept = keepWords(newswires.map(({ words }) => words), options);
  const border = Math.trunc(newswires.length * (1 - testSplit));
  const part = (from: number, to: number): Newswires => {
    const topics = Uint8Array.from(newswires.slice(from, to), ({ topic }) => topic);
    return { x: kept.slice(from, to), y: tf.tensor1d(topics, "int32"), raw: { y: topics } };
  };
  return { train: part(0, border), test: part(border, newswires.length) };
}

/** Without `numWords` Keras takes the largest number for the bound, so that the rarest word is left out. */
function keepWords(newswires: number[][], { numWords, skipTop = 0, oovChar = 2 }: ReutersOptions): number[][] {
  const largest = () => newswires.reduce((most, words) => words.reduce((a, b) => Math.max(a, b), most), 0);
  const bound = numWords || largest();
  const isKept = (word: number) => word >= skipTop && word < bound;
  if (oovChar === null) return newswires.map((words) => words.filter(isKept));
  return newswires.map((words) => words.map((word) => isKept(word) ? word : oovChar));
}

interface Newswire {
  words: number[];
  topic: number;
}

/** `x` is an array of lists of numbers, `y` one of 64-bit numbers. */
function readNewswires(bytes: Uint8Array): Newswire[] {
  const x = readZip(bytes).get("x.npy");
  const { y } = parseNpz(bytes, { names: ["y"], maxBytes: MAX_BYTES });
  if (!x) throw new FormatError("NPZ", 0, 'there is no array "x"');
  if (x.size > MAX_BYTES) {
    throw new FormatError("NPZ", 0, `at most ${MAX_BYTES} bytes are accepted. Received: ${x.size}`);
  }
  const lists = parseNpyObjects(x.read());
  const topics = Array.from(y.data as ArrayLike<bigint | number>, Number);
  if (lists.length !== topics.length || !topics.every((topic) => topic >= 0 && topic < classNames.length)) {
    throw new FormatError(
      "NPZ",
      0,
      `every newswire has a topic from 0 to 45. Received: ${topics.length} for ${lists.length}`,
    );
  }
  return lists.map((words, i) => ({ words: numbersOf(words), topic: topics[i] }));
}

/** Of Keras' own file, which unpacks to 10 MB. */
const MAX_BYTES = 30_000_000;

function numbersOf(list: PickleValue): number[] {
  if (Array.isArray(list) && list.every((word) => Number.isSafeInteger(word))) return list as number[];
  throw new FormatError("NPZ", 0, "a newswire is a list of whole numbers");
}
