/** One line of {@linkcode describe}: a statistic's name, then its value for each column of numbers. */
export type Description = { statistic: string } & Record<string, number | string>;

/**
 * Count, mean, standard deviation, extremes and quartiles of each column of numbers, as pandas' `DataFrame.describe()`.
 *
 * Missing values (undefined, null, NaN) are left out of their column. Columns that hold anything but numbers are left
 * out of the result. The standard deviation is the sample's (divided by count − 1); quartiles lie between two values in
 * proportion.
 *
 * @param rows An object for each row; an Arquero table is one such.
 * @returns Eight rows: count, mean, std, min, 25%, 50%, 75%, max.
 * @throws {RangeError} if no column holds numbers.
 *
 * @example
 * ```ts
 * import { describe } from "baeum/preprocessing";
 * import { assertEquals } from "@std/assert";
 *
 * const [count, mean, , , quarter] = describe([{ rooms: 4 }, { rooms: 6 }, { rooms: 8 }]);
 * assertEquals([count, mean, quarter], [
 *   { statistic: "count", rooms: 3 },
 *   { statistic: "mean", rooms: 6 },
 *   { statistic: "25%", rooms: 5 },
 * ]);
 * ```
 */
export function describe(rows: Iterable<object>): Description[] {
  const columns = new Map<string, unknown[]>();
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      if (!columns.has(name)) columns.set(name, []);
      if (!isMissing(value)) columns.get(name)!.push(value);
    }
  }
  const numbers = [...columns].filter((entry): entry is [string, number[]] =>
    entry[1].length > 0 && entry[1].every((value) => typeof value === "number")
  );
  if (numbers.length === 0) {
    throw new RangeError(
      `describe needs a column of numbers. Received: ${[...columns.keys()].join(", ") || "no rows"}`,
    );
  }
  const described = numbers.map(([name, values]) => [name, statisticsOf(Float64Array.from(values).sort())] as const);
  const names = Object.keys(described[0][1]);
  return names.map((statistic) =>
    Object.fromEntries([
      ["statistic", statistic],
      ...described.map(([name, values]) => [name, values[statistic]]),
    ]) as Description
  );
}

function isMissing(value: unknown): boolean {
  return value === undefined || value === null || Number.isNaN(value);
}

function statisticsOf(sorted: Float64Array): Record<string, number> {
  const count = sorted.length;
  const mean = sorted.reduce((sum, value) => sum + value, 0) / count;
  const squares = sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    count,
    mean,
    std: count > 1 ? Math.sqrt(squares / (count - 1)) : NaN,
    min: sorted[0],
    "25%": quantile(sorted, 0.25),
    "50%": quantile(sorted, 0.5),
    "75%": quantile(sorted, 0.75),
    max: sorted[count - 1],
  };
}

function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
}
