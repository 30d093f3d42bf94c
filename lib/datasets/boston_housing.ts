import { parseNpz } from "baeum/formats";
import { random } from "baeum/tensors";
import { fetchFile, type FetchOptions } from "./fetch_file.ts";
import { bostonHousingNpz } from "./published_files.ts";
import { type Rows, rowsOf } from "./tables.ts";

/** What the columns are: crime rate, large lots, industry, river, nitric oxides, rooms, age, distances, highways, tax, … */
export const featureNames: readonly string[] = [
  "CRIM",
  "ZN",
  "INDUS",
  "CHAS",
  "NOX",
  "RM",
  "AGE",
  "DIS",
  "RAD",
  "TAX",
  "PTRATIO",
  "B",
  "LSTAT",
];

/** What {@linkcode load} can be told. */
export interface BostonHousingOptions extends FetchOptions {
  /** The share of rows to test with, 0 to 1. Default: 0.2. */
  testSplit?: number;
  /** Of the shuffle, 0 to 2³² − 1. Default: 113, as in Keras. */
  seed?: number;
}

/**
 * Boston's house prices of 1978, 506 districts, shuffled and split as `keras.datasets.boston_housing.load_data()`.
 *
 * - `x` is `[404, 13]` (test: `[102, 13]`), float32, the columns of {@linkcode featureNames};
 * - `y` is `[404]` (test: `[102]`), float32, the median price in 1000 dollars.
 *
 * **Column B is 1000 (Bk − 0.63)², Bk being the share of Black inhabitants.** Its authors assumed that segregation raises
 * prices; scikit-learn removed the data set for that in version 1.2. Use it to talk about that, or to hold numbers
 * against a lecture that used it; `californiaHousing` is the better table for anything else.
 *
 * 57 KB. Licence: none stated (Harrison and Rubinfeld 1978, StatLib).
 *
 * @throws {RangeError} if `testSplit` is not from 0 to 1 or `seed` no seed.
 * @throws {DataUnavailableError} if no source has the file; the message says what to put where.
 * @see https://keras.io/api/datasets/boston_housing/
 *
 * @example
 * ```ts ignore
 * import { bostonHousing } from "baeum/datasets";
 *
 * const { train, test } = await bostonHousing.load();
 * console.log(train.x.shape, test.x.shape); // [404, 13] [102, 13]
 * ```
 */
export async function load(
  { testSplit = 0.2, seed = 113, signal }: BostonHousingOptions = {},
): Promise<{ train: Rows; test: Rows }> {
  if (!(testSplit >= 0 && testSplit <= 1)) throw new RangeError(`testSplit is from 0 to 1. Received: ${testSplit}`);
  const state = new random.RandomState(seed);
  const { bytes } = await fetchFile([bostonHousingNpz], { signal });
  const arrays = parseNpz(bytes, { maxBytes: 100_000 });
  const [x, y] = [arrays.x.data, arrays.y.data] as [Float64Array, Float64Array];
  const order = state.shuffle(Array.from(y.keys()));
  const width = featureNames.length;
  const take = (rows: number[]) =>
    rowsOf(
      Float64Array.from(rows.flatMap((row) => [...x.subarray(row * width, (row + 1) * width)])),
      Float64Array.from(rows, (row) => y[row]),
    );
  const border = Math.trunc(y.length * (1 - testSplit));
  return { train: take(order.slice(0, border)), test: take(order.slice(border)) };
}
