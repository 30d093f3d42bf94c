import { type Changed, checkWidth, mapColumns, type Matrix, readMatrix } from "./columns.ts";

/** What a {@linkcode MinMaxScaler} learned; JSON can hold it. */
export interface MinMaxScalerParameters {
  /** What each column is multiplied with. */
  scale: number[];
  /** What is added then. */
  shift: number[];
}

/** What {@linkcode MinMaxScaler} can be told. */
export interface MinMaxScalerOptions {
  /** What the smallest and the largest number of each column become. Default: `[0, 1]`. */
  range?: [low: number, high: number];
  /** What another scaler learned. Default: nothing, so that `fit` comes first. */
  parameters?: MinMaxScalerParameters;
}

/**
 * Scales each column to a range, as scikit-learn's `MinMaxScaler`.
 *
 * `x` is `[rows, columns]`, rows of numbers or a tensor; the result is of the same kind and shape. Rows are computed in 64
 * bits and equal scikit-learn's to the last one; tensors hold 32. A constant column becomes `range[0]`.
 *
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.preprocessing.MinMaxScaler.html
 *
 * @example
 * ```ts
 * import { MinMaxScaler } from "baeum/preprocessing";
 * import { assertEquals } from "@std/assert";
 *
 * const scaler = new MinMaxScaler().fit([[1, 10], [3, 30]]);
 * assertEquals(scaler.transform([[2, 20]]), [[0.5, 0.5]]);
 * ```
 */
export class MinMaxScaler {
  readonly #range: [low: number, high: number];
  #parameters: MinMaxScalerParameters | undefined;

  /** @throws {RangeError} if the range does not rise. */
  constructor({ range = [0, 1], parameters }: MinMaxScalerOptions = {}) {
    if (!(range[0] < range[1])) throw new RangeError(`range must rise. Received: [${range.join(", ")}]`);
    this.#range = [...range];
    this.#parameters = parameters && structuredClone(parameters);
  }

  /** What `fit` learned; nothing before. */
  get parameters(): MinMaxScalerParameters | undefined {
    return this.#parameters && structuredClone(this.#parameters);
  }

  /**
   * Learns each column's smallest and largest number.
   *
   * @throws {RangeError} if there is no row, the rows differ in width, or a number is not finite.
   */
  fit(x: Matrix): this {
    const { rows, columns, values } = readMatrix(x);
    if (rows === 0) throw new RangeError("A scaler needs one row at least to learn from. Received: 0");
    const low = values.slice(0, columns);
    const high = values.slice(0, columns);
    values.forEach((value, i) => {
      low[i % columns] = Math.min(low[i % columns], value);
      high[i % columns] = Math.max(high[i % columns], value);
    });
    const [from, to] = this.#range;
    const scale = Array.from(high, (value, column) => (to - from) / widthOf(value - low[column]));
    this.#parameters = { scale, shift: scale.map((factor, column) => from - low[column] * factor) };
    return this;
  }

  /** `x · scale + shift`, column by column. */
  transform<M extends Matrix>(x: M): Changed<M> {
    const { scale, shift } = this.#fitted(x);
    return mapColumns(x, (value, column) => value * scale[column] + shift[column]);
  }

  /** `fit(x)`, then `transform(x)`. */
  fitTransform<M extends Matrix>(x: M): Changed<M> {
    return this.fit(x).transform(x);
  }

  /** Back to the numbers that `transform` was given. */
  inverseTransform<M extends Matrix>(x: M): Changed<M> {
    const { scale, shift } = this.#fitted(x);
    return mapColumns(x, (value, column) => (value - shift[column]) / scale[column]);
  }

  #fitted(x: Matrix): MinMaxScalerParameters {
    checkWidth("MinMaxScaler", this.#parameters?.scale.length, x);
    return this.#parameters!;
  }
}

/** A constant column is not stretched. */
function widthOf(range: number): number {
  return range < 10 * Number.EPSILON ? 1 : range;
}
