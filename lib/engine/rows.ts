/** Which rows of the data make a batch: a list of row numbers, or a stretch of them. */
export type Rows = Int32Array | { from: number; to: number };

/** The number of rows. */
export function rowCount(rows: Rows): number {
  return rows instanceof Int32Array ? rows.length : rows.to - rows.from;
}
