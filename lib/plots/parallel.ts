import { dot, line, ruleX, text } from "@observablehq/plot";
import { compose, MARGIN, TITLE_HEIGHT } from "./compose.ts";
import { draw } from "./drawing.ts";
import type { Figure } from "./figure.ts";
import { blue, vermilion } from "./palette.ts";
import { textWidth } from "./text.ts";

/** What {@linkcode plotParallel} can be told. */
export interface PlotParallelOptions {
  /** The columns, from left to right, each an axis; the last one measures how good a row is, the more the better. */
  columns: readonly string[];
  /** Those of them whose values grow by factors. */
  log?: readonly string[];
  /** A heading above the figure. */
  title?: string;
  /** Pixels (default 620 and 300). */
  width?: number;
  height?: number;
}

/** Axes with so few different values have each of them written beside them. */
const FEW = 6;
/** How much wider a letter of the axes' headings is than one of other text. */
const BOLD = 1.15;

/**
 * Parallel coordinates: an upright axis for each column and a line across them for each row, so that one sees which settings
 * the good results come from. The better a row, the stronger its line; the best one is vermilion.
 *
 * Numbers lie on their axis by size, everything else evenly in the order of appearance. A row whose last value is no finite
 * number, as of a trial that failed, is a thin dashed line that ends before the last axis.
 *
 * @param rows What a search found, a row for each of its candidates: `search.table()`.
 * @throws {RangeError} for less than two columns, no row with a finite last value, a setting that is missing in a row, or a
 * value on a logarithmic axis that is not above 0.
 *
 * @example
 * ```ts
 * import { plotParallel } from "baeum/plots";
 * import { assertEquals } from "@std/assert";
 *
 * const rows = [{ units: 10, optimizer: "sgd", score: 0.8 }, { units: 30, optimizer: "adam", score: 0.9 }];
 * const figure = plotParallel(rows, { columns: ["units", "optimizer", "score"] });
 * assertEquals(figure.alt, "2 rows over units, optimizer, score. The best: units 30, optimizer adam, score 0.9.");
 * ```
 */
export function plotParallel(rows: readonly Record<string, unknown>[], options: PlotParallelOptions): Figure {
  const { columns, log = [], title, width = 620, height = 300 } = options;
  if (columns.length < 2) throw new RangeError(`columns names two at least. Received: ${columns.length}`);
  const measure = columns[columns.length - 1];
  const score = (row: Record<string, unknown>) => typeof row[measure] === "number" ? row[measure] : NaN;
  const good = rows.filter((row) => Number.isFinite(score(row)));
  if (good.length === 0) throw new RangeError(`No row has a finite number "${measure}"`);
  const axes = columns.map((name, i) =>
    axisOf(name, (i === columns.length - 1 ? good : rows).map((row) => row[name]), log.includes(name))
  );
  const scores = good.map(score);
  const [low, high] = [Math.min(...scores), Math.max(...scores)];
  const best = good[scores.indexOf(high)];
  const lines = [...rows].sort((a, b) => (a === best ? 1 : b === best ? -1 : 0) || (score(a) || 0) - (score(b) || 0))
    .map((row) => {
      const finite = Number.isFinite(score(row));
      const strength = high === low ? 0.5 : (score(row) - low) / (high - low);
      return {
        points: axes.slice(0, finite ? undefined : -1).map((
          { place },
          x,
        ): [number, number] => [x, place(row[columns[x]])]),
        stroke: row === best ? vermilion : finite ? blue : "currentColor",
        strokeWidth: row === best ? 3 : 1.5,
        strokeOpacity: row === best ? 1 : finite ? 0.3 + 0.6 * strength ** 2 : 0.35,
        strokeDasharray: finite ? undefined : "3 3",
      };
    });
  const ticks = axes.flatMap(({ ticks }, x) => ticks.map(([y, label]) => ({ x, y, label })));
  const widths = (x: number) => Math.max(...axes[x].ticks.map(([, label]) => textWidth(label)));
  const headWidth = (x: number) => Math.ceil(BOLD * textWidth(columns[x]));
  const side = (x: number) => Math.max(headWidth(x) / 2, widths(x) + 8) + MARGIN;
  const end = columns.length - 1;
  const tickText = { x: "x", y: "y", text: "label", fill: "currentColor" };
  const panel = draw({
    width,
    height,
    marginTop: 38,
    marginBottom: 14,
    marginLeft: side(0),
    marginRight: side(end),
    x: { axis: null, domain: [0, end] },
    y: { axis: null, domain: [0, 1] },
    marks: [
      ...lines.map(({ points, ...look }) => line(points, look)),
      ruleX(axes.map((_, x) => x), { stroke: "currentColor", strokeOpacity: 0.6 }),
      dot(ticks, { x: "x", y: "y", r: 2, fill: "currentColor" }),
      // Left of the first axis no line crosses them.
      text(ticks.filter(({ x }) => x === 0), { ...tickText, dx: -7, textAnchor: "end" }),
      text(ticks.filter(({ x }) => x > 0), { ...tickText, dx: 7, dy: -6, textAnchor: "start" }),
      text(columns, { x: (_, i) => i, y: 1, text: (name) => name, dy: -26, fontWeight: 600 }),
    ],
  });
  const told = columns.map((name) => `${name} ${written(best[name])}`).join(", ");
  const count = `${rows.length} rows over ${columns.join(", ")}`;
  const top = title === undefined ? MARGIN : TITLE_HEIGHT;
  return compose({
    parts: [{ ...panel, x: 0, y: top }],
    title,
    width,
    height: top + height,
    alt: [...(title === undefined ? [] : [title]), count, `The best: ${told}.`].join(". "),
  });
}

interface Axis {
  /** Where a value lies, from 0 at the bottom to 1. */
  place(value: unknown): number;
  ticks: [place: number, label: string][];
}

function axisOf(name: string, values: readonly unknown[], log: boolean): Axis {
  if (values.includes(undefined)) throw new RangeError(`A row has no "${name}"`);
  const different = [...new Set(values)];
  const numbers = different.filter((value): value is number => typeof value === "number" && Number.isFinite(value));
  if (numbers.length < different.length) {
    if (log) throw new RangeError(`A logarithmic axis needs numbers. "${name}" has: ${written(different[0])}`);
    const keys = [...new Set(different.map(written))];
    const place = (value: unknown) => (keys.indexOf(written(value)) + 0.5) / keys.length;
    return { place, ticks: keys.map((key) => [place(key), key]) };
  }
  const scale = log ? Math.log : (value: number) => value;
  const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
  if (log && !(low > 0)) throw new RangeError(`A logarithmic axis needs numbers above 0. "${name}" has: ${low}`);
  const span = scale(high) - scale(low);
  const place = (value: unknown) => span === 0 ? 0.5 : (scale(value as number) - scale(low)) / span;
  const middle = log ? Math.sqrt(low * high) : (low + high) / 2;
  const shown = numbers.length <= FEW ? numbers : [low, middle, high];
  return { place, ticks: shown.map((value) => [place(value), written(value)]) };
}

function written(value: unknown): string {
  if (typeof value === "number") return String(Number(value.toPrecision(3)));
  return typeof value === "string" ? value : JSON.stringify(value);
}
