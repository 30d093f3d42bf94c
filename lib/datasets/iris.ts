import { irisTenths } from "./iris_measures.ts";
import { type Rows, rowsOf } from "./tables.ts";

/** What the columns are, in centimetres. */
export const featureNames: readonly string[] = [
  "sepal length (cm)",
  "sepal width (cm)",
  "petal length (cm)",
  "petal width (cm)",
];

/** What the classes 0 to 2 are. */
export const classNames: readonly string[] = ["setosa", "versicolor", "virginica"];

/**
 * Fisher's irises: 150 flowers of three species, as `sklearn.datasets.load_iris()`. Nothing is downloaded.
 *
 * - `x` is `[150, 4]`, float32, the columns of {@linkcode featureNames};
 * - `y` is `[150]`, int32, 0 to 2 ({@linkcode classNames}), 50 of each, in this order.
 *
 * Licence: CC BY 4.0 (UCI; Fisher 1936).
 *
 * @example
 * ```ts
 * import { iris } from "baeum/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const { x, raw } = await iris.load();
 * assertEquals(x.shape, [150, 4]);
 * assertEquals([...raw.x.subarray(0, 4)], [5.1, 3.5, 1.4, 0.2]);
 * ```
 */
export function load(): Promise<
  Rows<Uint8Array> & { featureNames: readonly string[]; classNames: readonly string[] }
> {
  const x = Float64Array.from(irisTenths, (tenths) => tenths / 10);
  const y = Uint8Array.from({ length: 150 }, (_, flower) => Math.trunc(flower / 50));
  return Promise.resolve({ ...rowsOf(x, y), featureNames, classNames });
}
