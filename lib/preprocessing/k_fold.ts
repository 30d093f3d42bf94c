import { numpyRandom, random } from "baeum/tensors";
import { countRows, type Samples } from "./take_rows.ts";

/** What {@linkcode KFold} can be told. */
export interface KFoldOptions {
  /** How many parts, 2 or more. Default: 5. */
  splits?: number;
  /** Whether to shuffle before cutting. Default: false. */
  shuffle?: boolean;
  /** Of the shuffle, 0 to 2³² − 1. Default: none, so that every call cuts anew (or as `seed(n)` has it). */
  randomState?: number;
}

/** Which samples to learn from and which to test with: their places, rising. */
export interface Fold {
  train: Int32Array;
  test: Int32Array;
}

/**
 * Cuts samples into parts of equal size, each of which is the test part once, as scikit-learn's `KFold`.
 *
 * @throws {RangeError} if there are fewer than 2 parts, or a `randomState` that nothing is shuffled with.
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.KFold.html
 *
 * @example
 * ```ts
 * import { KFold } from "baeum/preprocessing";
 * import { assertEquals } from "@std/assert";
 *
 * const folds = [...new KFold({ splits: 2 }).split([10, 20, 30])];
 * assertEquals(folds.map(({ train, test }) => [[...train], [...test]]), [[[2], [0, 1]], [[0, 1], [2]]]);
 * ```
 */
export class KFold {
  readonly splits: number;
  readonly #shuffle: boolean;
  readonly #randomState: number | undefined;

  constructor({ splits = 5, shuffle = false, randomState }: KFoldOptions = {}) {
    if (!Number.isInteger(splits) || splits < 2) {
      throw new RangeError(`splits is a whole number from 2. Received: ${splits}`);
    }
    if (randomState !== undefined && !shuffle) {
      throw new RangeError(`randomState has no effect without shuffle: true. Received: ${randomState}`);
    }
    this.splits = splits;
    this.#shuffle = shuffle;
    this.#randomState = randomState;
  }

  /**
   * The folds of some data, one after another.
   *
   * @throws {RangeError} if there are fewer samples than parts.
   */
  *split(samples: Samples): Generator<Fold> {
    const count = countRows(samples);
    if (count < this.splits) {
      throw new RangeError(`${this.splits} parts need as many samples at least. Received: ${count}`);
    }
    const order = Int32Array.from({ length: count }, (_, i) => i);
    if (this.#shuffle) {
      const state = this.#randomState === undefined ? numpyRandom() : new random.RandomState(this.#randomState);
      state.shuffle(order);
    }
    for (let fold = 0, start = 0; fold < this.splits; fold++) {
      const size = Math.floor(count / this.splits) + (fold < count % this.splits ? 1 : 0);
      const test = order.slice(start, start + size).sort();
      const train = Int32Array.of(...order.slice(0, start), ...order.slice(start + size)).sort();
      start += size;
      yield { train, test };
    }
  }
}
