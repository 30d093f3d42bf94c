import { columnSums } from "./column_sums.ts";
import { type Changed, checkWidth, mapColumns, type Matrix, readMatrix } from "./columns.ts";

/** What a {@linkcode StandardScaler} learned; JSON can hold it. */
export interface StandardScalerParameters {
  mean: number[];
  /** The standard deviations; 1 for a constant column. */
  scale: number[];
}

/**
 * Shifts and scales each column to mean 0 and standard deviation 1, as scikit-learn's `StandardScaler`.
 *
 * `x` is `[rows, columns]`, rows of numbers or a tensor; the result is of the same kind and shape. Rows are computed in 64
 * bits and equal scikit-learn's to the last one; tensors hold 32. A constant column becomes 0.
 *
 * @see https://scikit-learn.org/stable/modules/generated/sklearn.preprocessing.StandardScaler.html
 *
 * @example
 * ```ts
 * import { StandardScaler } from "baeum/preprocessing";
 * import { assertEquals } from "@std/assert";
 *
 * const scaler = new StandardScaler().fit([[1, 5], [3, 5]]);
 * assertEquals(scaler.transform([[3, 5], [4, 6]]), [[1, 0], [2, 1]]);
 * assertEquals(scaler.parameters, { mean: [2, 5], scale: [1, 1] });
 * ```
 */
export class StandardScaler {
  #parameters: StandardScalerParameters | undefined;

  /** @param parameters What another scaler learned. Default: nothing, so that `fit` comes first. */
  constructor(parameters?: StandardScalerParameters) {
    this.#parameters = parameters && structuredClone(parameters);
  }

  /** What `fit` learned; nothing before. */
  get parameters(): StandardScalerParameters | undefined {
    return this.#parameters && structuredClone(this.#parameters);
  }

  /**
   * Learns each column's mean and standard deviation (of the population: divided by the number of rows).
   *
   * @throws {RangeError} if there is no row, the rows differ in width, or a number is not finite.
   */
  fit(x: Matrix): this {
    const table = readMatrix(x);
    const { rows, columns, values } = table;
    if (rows === 0) throw new RangeError("A scaler needs one row at least to learn from. Received: 0");
    const mean = columnSums(table).map((sum) => sum / rows);
    const centred = { rows, columns, values: values.map((value, i) => value - mean[i % columns]) };
    const correction = columnSums(centred);
    const squares = columnSums({ rows, columns, values: centred.values.map((value) => value * value) });
    const variance = squares.map((sum, column) => (sum - correction[column] ** 2 / rows) / rows);
    const scale = variance.map((v, column) => isConstant(v, mean[column], rows) ? 1 : Math.sqrt(v));
    this.#parameters = { mean: [...mean], scale: [...scale] };
    return this;
  }

  /** `(x − mean) / scale`, column by column. */
  transform<M extends Matrix>(x: M): Changed<M> {
    const { mean, scale } = this.#fitted(x);
    return mapColumns(x, (value, column) => (value - mean[column]) / scale[column]);
  }

  /** `fit(x)`, then `transform(x)`. */
  fitTransform<M extends Matrix>(x: M): Changed<M> {
    return this.fit(x).transform(x);
  }

  /** Back to the numbers that `transform` was given. */
  inverseTransform<M extends Matrix>(x: M): Changed<M> {
    const { mean, scale } = this.#fitted(x);
    return mapColumns(x, (value, column) => value * scale[column] + mean[column]);
  }

  #fitted(x: Matrix): StandardScalerParameters {
    checkWidth("StandardScaler", this.#parameters?.mean.length, x);
    return this.#parameters!;
  }
}

/** A variance within the rounding errors of its own computation. */
function isConstant(variance: number, mean: number, rows: number): boolean {
  return variance <= rows * Number.EPSILON * variance + (rows * mean * Number.EPSILON) ** 2;
}
