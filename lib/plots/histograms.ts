import { areaY, axisFx, axisFy, axisX, ruleY } from "@observablehq/plot";
import { compose, MARGIN, TITLE_HEIGHT } from "./compose.ts";
import { draw } from "./drawing.ts";
import type { Figure } from "./figure.ts";
import { palette } from "./palette.ts";
import { textWidth } from "./text.ts";

/** Histograms side by side: the same quantity in each layer, say. */
export interface HistogramRow {
  /** What stands before the row. */
  name: string;
  /** The numbers of each histogram. */
  samples: readonly ArrayLike<number>[];
}

/** What {@linkcode plotHistograms} can be told. */
export interface PlotHistogramsOptions {
  /** A heading above the figure. */
  title?: string;
  /** What stands above each column (default "1", "2", …). */
  columnNames?: readonly string[];
  /** What the numbers are, with unit (default "x"). */
  xLabel?: string;
  /** From where to where the histograms go. What lies outside is counted in the outermost bins. */
  xDomain: [low: number, high: number];
  /** How many bins a histogram has (default 24). */
  bins?: number;
  /** Pixels of one histogram (default 54 and 46). */
  panelWidth?: number;
  panelHeight?: number;
}

/**
 * Small histograms in rows and columns over one axis: how the numbers of ten layers spread, for several initial weights.
 *
 * The highest bin of each is as high as its panel, as their shapes are to be compared. What is no finite number is left out.
 *
 * @throws {RangeError} if there is no histogram, the rows differ in length, or `xDomain` does not rise.
 *
 * @example
 * ```ts
 * import { plotHistograms } from "baeum/plots";
 * import { assertEquals } from "@std/assert";
 *
 * const figure = plotHistograms([{ name: "Xavier", samples: [[-1, 1], [-0.5, 0.5]] }], {
 *   title: "Activations",
 *   xDomain: [-2, 2],
 * });
 * assertEquals(figure.alt, "Activations. Histograms of x. Xavier: standard deviation 1, 0.5.");
 * ```
 */
export function plotHistograms(rows: readonly HistogramRow[], options: PlotHistogramsOptions): Figure {
  const { title, xLabel = "x", xDomain, bins = 24, panelWidth = 54, panelHeight = 46 } = options;
  const columns = options.columnNames ?? (rows[0]?.samples ?? []).map((_, i) => String(i + 1));
  if (rows.length === 0 || columns.length === 0) throw new RangeError("There is no histogram to draw");
  for (const { name, samples } of rows) {
    if (samples.length !== columns.length) {
      throw new RangeError(`A row has ${columns.length} histograms. Received: ${samples.length} for ${name}`);
    }
  }
  if (!(xDomain[0] < xDomain[1])) throw new RangeError(`xDomain must rise. Received: [${xDomain.join(", ")}]`);

  const places = rows.flatMap(({ name, samples }) =>
    samples.flatMap((numbers, i) =>
      outline(numbers, xDomain, bins).map((at) => ({ ...at, row: name, column: columns[i] }))
    )
  );
  const marginLeft = Math.max(...rows.map(({ name }) => textWidth(name))) + 16;
  const [marginTop, marginRight, marginBottom] = [20, 16, 42];
  const width = marginLeft + columns.length * panelWidth + marginRight;
  const height = marginTop + rows.length * panelHeight + marginBottom;
  const names = rows.map(({ name }) => name);
  const edge = { labelArrow: "none", tickFormat: (value: number) => String(value).replace("-", "−") } as const;
  const panels = draw({
    width,
    height,
    marginTop,
    marginLeft,
    marginRight,
    marginBottom,
    fx: { domain: columns, paddingInner: 0.14, paddingOuter: 0, label: null },
    fy: { domain: names, paddingInner: 0.16, paddingOuter: 0, label: null },
    x: { domain: xDomain, label: xLabel },
    y: { domain: [0, 1], axis: null },
    marks: [
      axisFx({ anchor: "top", label: null }),
      axisFy({ anchor: "left", label: null }),
      // Between two panels there is no room for a number in the middle of its tick.
      axisX({
        ...edge,
        ticks: [xDomain[0]],
        textAnchor: "start",
        label: xLabel,
        labelAnchor: "center",
        labelOffset: 36,
      }),
      axisX({ ...edge, ticks: [xDomain[1]], textAnchor: "end", label: null }),
      areaY(places, { fx: "column", fy: "row", x: "x", y: "share", curve: "step-after", fill: palette[0] }),
      ruleY([0], { strokeOpacity: 0.5 }),
    ],
  });
  const top = title === undefined ? MARGIN : TITLE_HEIGHT;
  const spreads = rows.map(({ name, samples }) => `${name}: standard deviation ${samples.map(spread).join(", ")}`);
  return compose({
    parts: [{ ...panels, x: MARGIN, y: top }],
    title,
    width: width + 2 * MARGIN,
    height: top + height,
    alt: [title, `Histograms of ${xLabel}`, ...spreads].filter((part) => part !== undefined).join(". ") + ".",
  });
}

/** The left edge of each bin and how high it is (the highest is 1), and the last one's right edge. */
function outline(numbers: ArrayLike<number>, [low, high]: [number, number], bins: number) {
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < numbers.length; i++) {
    if (!Number.isFinite(numbers[i])) continue;
    const bin = Math.floor((numbers[i] - low) / (high - low) * bins);
    counts[Math.min(bins - 1, Math.max(0, bin))] += 1;
  }
  const highest = Math.max(1, ...counts);
  return [...counts, counts[bins - 1]].map((count, i) => ({
    x: low + (high - low) * i / bins,
    share: count / highest,
  }));
}

function spread(numbers: ArrayLike<number>): number | "none" {
  const finite = Array.from(numbers).filter(Number.isFinite);
  if (finite.length === 0) return "none";
  const mean = finite.reduce((a, b) => a + b) / finite.length;
  return Number(Math.sqrt(finite.reduce((sum, x) => sum + (x - mean) ** 2, 0) / finite.length).toPrecision(3));
}
