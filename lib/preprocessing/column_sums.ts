import type { Table } from "./columns.ts";

/**
 * The sum of each column, added in NumPy's order (`x.sum(axis=0)` of a C-contiguous array), so that the last bit is
 * NumPy's too: row after row, and pairwise where there is but one column.
 */
export function columnSums({ rows, columns, values }: Table): Float64Array {
  if (columns === 1) return Float64Array.of(pairwiseSum(values, 0, rows));
  const sums = new Float64Array(columns);
  for (let i = 0; i < values.length; i++) sums[i % columns] += values[i];
  return sums;
}

/** NumPy's pairwise summation: 8 running sums for up to 128 numbers, halves for more. */
function pairwiseSum(values: Float64Array, start: number, count: number): number {
  if (count < 8) {
    // Numpy begins with minus zero, which adding to keeps every number as it is.
    let sum = -0;
    for (let i = 0; i < count; i++) sum += values[start + i];
    return sum;
  }
  if (count <= 128) {
    const r = values.slice(start, start + 8);
    let i = 8;
    for (; i < count - (count % 8); i += 8) for (let k = 0; k < 8; k++) r[k] += values[start + i + k];
    let sum = ((r[0] + r[1]) + (r[2] + r[3])) + ((r[4] + r[5]) + (r[6] + r[7]));
    for (; i < count; i++) sum += values[start + i];
    return sum;
  }
  let half = Math.floor(count / 2);
  half -= half % 8;
  return pairwiseSum(values, start, half) + pairwiseSum(values, start + half, count - half);
}
