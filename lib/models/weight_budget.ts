import { formatShape } from "./shape.ts";

/** Layers that are tried out while a file is loaded are given so many numbers at most. */
const MOST_TRIED = 2 ** 26;

let left: number | undefined;

/**
 * Makes layers whose weights a file holds: they begin as zeros, and may have as many numbers as the file altogether. So a
 * config that lies about sizes takes no memory.
 */
export function withWeightBudget<T>(numbers: number, make: () => T): T {
  const before = left;
  left = numbers;
  try {
    return make();
  } finally {
    left = before;
  }
}

/**
 * The first values of a weight that a file holds; undefined where none is being loaded.
 *
 * @throws {RangeError} when the file has fewer numbers than the weights so far.
 */
export function valuesToCome(name: string, shape: readonly number[]): Float32Array | undefined {
  if (left === undefined) return undefined;
  const size = shape.reduce((a, b) => a * b, 1);
  left -= size;
  if (!(left >= 0)) {
    throw new RangeError(
      `The config tells of more weights than the file has: there is no room for "${name}" of the shape ${
        formatShape(shape)
      }`,
    );
  }
  return new Float32Array(size);
}

/**
 * Refuses to try a layer of a file out on an input that is out of all measure.
 *
 * @throws {RangeError} if it is.
 */
export function checkTrial(name: string, shape: readonly number[]): void {
  if (left === undefined || shape.reduce((a, b) => a * b, 1) <= MOST_TRIED) return;
  throw new RangeError(
    `The config's shape (${shape.join(", ")}) for "${name}" has more than ${MOST_TRIED} numbers for one sample`,
  );
}
