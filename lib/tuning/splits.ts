import { type Fold, KFold } from "baeum/preprocessing";

/**
 * The splits that `cv` stands for.
 *
 * @throws {RangeError} for rows that there are not, or a part without any.
 */
export function splitsOf(cv: number | KFold | readonly Fold[], count: number): Fold[] {
  if (typeof cv === "number" || cv instanceof KFold) {
    const kFold = typeof cv === "number" ? new KFold({ splits: cv }) : cv;
    return [...kFold.split(new Uint8Array(count))];
  }
  if (cv.length === 0) throw new RangeError("cv needs a split at least. Received: none");
  for (const { train, test } of cv) {
    for (const rows of [train, test]) {
      if (rows.length === 0) throw new RangeError("Each split of cv needs rows to train on and rows to test with");
      for (const row of rows) {
        if (Number.isInteger(row) && row >= 0 && row < count) continue;
        throw new RangeError(`cv names rows from 0 to ${count - 1}. Received: ${row}`);
      }
    }
  }
  return [...cv];
}
