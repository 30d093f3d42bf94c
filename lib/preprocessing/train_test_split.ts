import { numpyRandom, random, tf } from "baeum/tensors";
import { samplesAndOptions } from "./samples_and_options.ts";
import { commonLength, type Samples, takeRows } from "./take_rows.ts";

/** What {@linkcode trainTestSplit} can be told. */
export interface TrainTestSplitOptions {
  /** How much to test with: a share between 0 and 1, or a number of samples. Default: what `trainSize` leaves, else 0.25. */
  testSize?: number;
  /** How much to learn from, likewise. Default: the rest. */
  trainSize?: number;
  /** Of the shuffle, 0 to 2³² − 1. Default: none, so that every call splits anew (or as `seed(n)` has it). */
  randomState?: number;
  /** Whether to shuffle before splitting. Default: true. */
  shuffle?: boolean;
  /** The class of each sample; both parts then get every class in its share. */
  stratify?: ArrayLike<number | string> | tf.Tensor;
}

/** `[A, B]` becomes `[A, A, B, B]`. */
export type SplitInTwo<S extends readonly Samples[]> = S extends readonly [infer First, ...infer Rest]
  ? Rest extends readonly Samples[] ? [First, First, ...SplitInTwo<Rest>] : never
  : [];

/**
 * Splits data into one part to learn from and one to test with, bit by bit as scikit-learn's `train_test_split`.
 *
 * Takes any number of arrays, typed arrays, tensors (along their first axis) or tables with the same number of samples,
 * then the options; answers `[xTrain, xTest, yTrain, yTest, …]`, each of its source's kind.
 *
 * @throws {RangeError} if the numbers of samples differ, a size does not fit, or a class is too small to be stratified.
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.model_selection.train_test_split.html
 *
 * @example
 * ```ts
 * import { trainTestSplit } from "baeum/preprocessing";
 * import { assertEquals } from "@std/assert";
 *
 * const [xTrain, xTest, yTrain, yTest] = trainTestSplit([[1], [2], [3], [4]], ["a", "b", "c", "d"], { randomState: 42 });
 * assertEquals([xTrain, xTest], [[[4], [1], [3]], [[2]]]);
 * assertEquals([yTrain, yTest], [["d", "a", "c"], ["b"]]);
 * ```
 */
export function trainTestSplit<S extends Samples[]>(
  ...data: [...arrays: S, options: TrainTestSplitOptions]
): SplitInTwo<S>;
/** Splits with the default options. */
export function trainTestSplit<S extends Samples[]>(...arrays: S): SplitInTwo<S>;
export function trainTestSplit(...data: (Samples | TrainTestSplitOptions)[]): Samples[] {
  const { arrays, options } = samplesAndOptions<TrainTestSplitOptions>(data);
  const { randomState, shuffle = true, stratify } = options;
  const count = commonLength(arrays);
  const [trainCount, testCount] = sizes(count, options);
  if (!shuffle && stratify !== undefined) throw new RangeError("stratify needs shuffle. Received: shuffle: false");
  const state = randomState === undefined ? numpyRandom() : new random.RandomState(randomState);
  let train: number[];
  let test: number[];
  if (!shuffle) {
    const order = Array.from({ length: trainCount + testCount }, (_, i) => i);
    [train, test] = [order.slice(0, trainCount), order.slice(trainCount)];
  } else if (stratify === undefined) {
    const order = [...state.permutation(count)];
    [train, test] = [order.slice(testCount, testCount + trainCount), order.slice(0, testCount)];
  } else {
    const labels = stratify instanceof tf.Tensor ? stratify.dataSync() : stratify;
    if (labels.length !== count) {
      throw new RangeError(`stratify needs a class for each of ${count} samples. Received: ${labels.length}`);
    }
    [train, test] = stratified(labels, trainCount, testCount, state);
  }
  return arrays.flatMap((array) => [takeRows(array, train), takeRows(array, test)]);
}

/** Shares are rounded up for the test part and down for the other, as scikit-learn does. */
function sizes(count: number, { testSize, trainSize }: TrainTestSplitOptions): [train: number, test: number] {
  const amount = (name: string, size: number, round: (share: number) => number) => {
    if (size > 0 && size < 1) return round(size * count);
    if (Number.isInteger(size) && size > 0 && size < count) return size;
    throw new RangeError(
      `${name} is a share between 0 and 1 or a number of samples below ${count}. Received: ${size}`,
    );
  };
  const given = testSize ?? (trainSize === undefined ? 0.25 : undefined);
  const wantedTest = given === undefined ? undefined : amount("testSize", given, Math.ceil);
  const wantedTrain = trainSize === undefined ? undefined : amount("trainSize", trainSize, Math.floor);
  const test = wantedTest ?? count - wantedTrain!;
  const train = wantedTrain ?? count - test;
  if (train + test > count || train < 1) {
    throw new RangeError(`${train} samples to learn from and ${test} to test with cannot be taken from ${count}`);
  }
  return [train, test];
}

/** scikit-learn's `StratifiedShuffleSplit`, step by step, since each step draws from the same generator. */
function stratified(
  labels: ArrayLike<number | string>,
  trainCount: number,
  testCount: number,
  state: random.RandomState,
): [train: number[], test: number[]] {
  const members = new Map<number | string, number[]>();
  for (let i = 0; i < labels.length; i++) {
    const group = members.get(labels[i]);
    group ? group.push(i) : members.set(labels[i], [i]);
  }
  const classes = [...members].sort(([a], [b]) => a < b ? -1 : 1).map(([, rows]) => rows);
  const smallest = Math.min(...classes.map((rows) => rows.length));
  if (smallest < 2) throw new RangeError("stratify needs two samples or more of every class. Received: a class of 1");
  if (Math.min(trainCount, testCount) < classes.length) {
    throw new RangeError(
      `stratify needs a sample of each of ${classes.length} classes in both parts. Received: ${trainCount} and ${testCount}`,
    );
  }
  const counts = classes.map((rows) => rows.length);
  const trainCounts = approximateMode(counts, trainCount, state);
  const testCounts = approximateMode(counts.map((n, i) => n - trainCounts[i]), testCount, state);
  const train: number[] = [];
  const test: number[] = [];
  classes.forEach((rows, i) => {
    const order = Array.from(state.permutation(rows.length), (place) => rows[place]);
    train.push(...order.slice(0, trainCounts[i]));
    test.push(...order.slice(trainCounts[i], trainCounts[i] + testCounts[i]));
  });
  return [state.shuffle(train), state.shuffle(test)];
}

/** How many of each class to draw so that `draws` come together: the shares, ties of their remainders drawn by lot. */
function approximateMode(counts: number[], draws: number, state: random.RandomState): number[] {
  const total = counts.reduce((sum, n) => sum + n, 0);
  const exact = counts.map((n) => n / total * draws);
  const result = exact.map(Math.floor);
  const remainders = exact.map((share, i) => share - result[i]);
  let missing = draws - result.reduce((sum, n) => sum + n, 0);
  for (const value of [...new Set(remainders)].sort((a, b) => b - a)) {
    if (missing <= 0) break;
    const tied = remainders.flatMap((remainder, i) => remainder === value ? [i] : []);
    const drawn = [...state.permutation(tied.length)].slice(0, missing);
    drawn.forEach((place) => result[tied[place]]++);
    missing -= drawn.length;
  }
  return result;
}
