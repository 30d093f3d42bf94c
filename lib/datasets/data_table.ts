import { ColumnTable, table as tableOfColumns } from "arquero";
import { table } from "baeum/notebook";
import type { Rows } from "./tables.ts";

/** What {@linkcode dataTable} is told of rows: how their columns are called. */
export interface RowsTableOptions {
  /** The columns of `x`. */
  featureNames: readonly string[];
  /** The column of `y`. Default: "target". */
  target?: string;
  /** What the classes are, where `y` is one: the column then holds these names. */
  classNames?: readonly string[];
}

/**
 * An Arquero table, which can be filtered, grouped, joined and given to Observable Plot, and which a notebook shows by
 * its first ten rows: of a data set's rows, or of columns such as a training's `history.history`.
 *
 * @throws {RangeError} if there are not as many names as columns, or the columns differ in length.
 * @see https://idl.uw.edu/arquero/
 *
 * @example
 * ```ts
 * import { dataTable, iris } from "baeum/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const flowers = dataTable(await iris.load(), { ...iris, target: "species" });
 * assertEquals(flowers.numRows(), 150);
 * assertEquals(flowers.get("species", 149), "virginica");
 * ```
 */
export function dataTable(rows: Rows<Float64Array | Uint8Array>, options: RowsTableOptions): ColumnTable;
export function dataTable(columns: Record<string, ArrayLike<unknown>>): ColumnTable;
export function dataTable(
  source: Rows<Float64Array | Uint8Array> | Record<string, ArrayLike<unknown>>,
  options?: RowsTableOptions,
): ColumnTable {
  const columns: [name: string, values: ArrayLike<unknown>][] = options
    ? columnsOf(source as Rows, options)
    : Object.entries(source as Record<string, ArrayLike<unknown>>);
  const lengths = columns.map(([, { length }]) => length);
  if (lengths.some((length) => length !== lengths[0])) {
    throw new RangeError(`All columns need the same length. Received: ${lengths.join(", ")}`);
  }
  return tableOfColumns(Object.fromEntries(columns.map(([name, values]) => [name, Array.from(values)])));
}

function columnsOf(
  { raw: { x, y } }: Rows,
  { featureNames, target = "target", classNames }: RowsTableOptions,
): [name: string, values: ArrayLike<unknown>][] {
  const width = x.length / y.length;
  if (featureNames.length !== width) {
    throw new RangeError(`x has ${width} columns. Received: ${featureNames.length} names`);
  }
  return [
    ...featureNames.map((name, column): [string, ArrayLike<unknown>] => [
      name,
      Array.from({ length: y.length }, (_, row) => x[row * width + column]),
    ]),
    [target, classNames ? Array.from(y, (index) => classNames[index]) : y],
  ];
}

const SHOWN = 10;
/** Under this symbol Deno's kernel finds how a value wants to be shown. */
const display = Symbol.for("Jupyter.display");

// Arquero knows nothing of Deno's kernel; a table that is the last value of a cell would be shown as an object.
Object.defineProperty(ColumnTable.prototype, display, {
  configurable: true,
  value(this: ColumnTable) {
    const [rows, columns] = [this.numRows(), this.numCols()];
    const caption = `${rows} ${rows === 1 ? "row" : "rows"} × ${columns} ${columns === 1 ? "column" : "columns"}` +
      (rows > SHOWN ? `, the first ${SHOWN}` : "");
    const shown = table([...this.slice(0, SHOWN)] as object[], { caption });
    return (shown as { [display]?: () => Record<string, string> })[display]!();
  },
});
