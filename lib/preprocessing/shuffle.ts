import { numpyRandom, random } from "baeum/tensors";
import { samplesAndOptions } from "./samples_and_options.ts";
import { commonLength, type Samples, takeRows } from "./take_rows.ts";

/** What {@linkcode shuffle} can be told. */
export interface ShuffleOptions {
  /** 0 to 2³² − 1. Default: none, so that every call shuffles anew (or as `seed(n)` has it). */
  randomState?: number;
}

/**
 * Rearranges the samples of all given data in one and the same random order, as `sklearn.utils.shuffle`.
 *
 * Takes any number of arrays, typed arrays, tensors (along their first axis) or tables, then the options; answers new
 * data of the same kinds.
 *
 * @throws {RangeError} if the numbers of samples differ.
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.utils.shuffle.html
 *
 * @example
 * ```ts
 * import { shuffle } from "baeum/preprocessing";
 * import { assertEquals } from "@std/assert";
 *
 * const [x, y] = shuffle([10, 20, 30, 40], ["a", "b", "c", "d"], { randomState: 0 });
 * assertEquals([x, y], [[30, 40, 20, 10], ["c", "d", "b", "a"]]);
 * ```
 */
export function shuffle<S extends Samples[]>(...data: [...arrays: S, options: ShuffleOptions]): S;
/** Shuffles anew with every call. */
export function shuffle<S extends Samples[]>(...arrays: S): S;
export function shuffle(...data: (Samples | ShuffleOptions)[]): Samples[] {
  const { arrays, options: { randomState } } = samplesAndOptions<ShuffleOptions>(data);
  const count = commonLength(arrays);
  const state = randomState === undefined ? numpyRandom() : new random.RandomState(randomState);
  const order = [...state.permutation(count)];
  return arrays.map((array) => takeRows(array, order));
}
