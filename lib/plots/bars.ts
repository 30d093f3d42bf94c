import { type Markish, rect, ruleY } from "@observablehq/plot";
import { compose, MARGIN, TITLE_HEIGHT } from "./compose.ts";
import { LEGEND_HEIGHT } from "./curves.ts";
import { draw, type Drawing } from "./drawing.ts";
import type { Figure } from "./figure.ts";
import { palette } from "./palette.ts";
import { escapeXml, textWidth } from "./text.ts";

/** A bar for each place along the axis. */
export interface Bars {
  /** What the legend calls them. */
  name: string;
  /** One number for each of the labels. */
  values: readonly number[];
}

/** What {@linkcode plotBars} can be told. */
export interface PlotBarsOptions {
  /** A heading above the figure. */
  title?: string;
  /** What stands below each place (default "1", "2", …). */
  labels?: readonly string[];
  /** What the axes measure, with unit (default "x" and "y"). */
  xLabel?: string;
  yLabel?: string;
  /** `"log"` for quantities that differ by factors (default `"linear"`). A bar then begins at a power of ten, not at 0. */
  yScale?: "linear" | "log";
  /** Pixels (default 520 and 280). */
  width?: number;
  height?: number;
}

/** The share of its place that a group of bars fills. */
const FILLED = 0.8;

/**
 * Bars side by side, a colour for each series: how large something is in each layer, for several networks.
 *
 * What is no finite number, and on a logarithmic axis what is not above 0, has no bar.
 *
 * @throws {RangeError} if there is no series, more of them than colours (seven and the text's own), or one that has not a
 * number for each label.
 *
 * @example
 * ```ts
 * import { plotBars } from "baeum/plots";
 * import { assertEquals } from "@std/assert";
 *
 * const figure = plotBars([{ name: "ReLU", values: [0.5, 0.25] }], { title: "기울기", xLabel: "층", yLabel: "크기" });
 * assertEquals(figure.alt, "기울기. 크기 over 층. ReLU: 0.5, 0.25.");
 * ```
 */
export function plotBars(series: readonly Bars[], options: PlotBarsOptions = {}): Figure {
  if (series.length === 0 || series.length > palette.length) {
    throw new RangeError(`From one to ${palette.length} series can be told apart. Received: ${series.length}`);
  }
  const { title, xLabel = "x", yLabel = "y", yScale = "linear", width = 520, height = 280 } = options;
  const labels = options.labels ?? series[0].values.map((_, i) => String(i + 1));
  for (const { name, values } of series) {
    if (values.length !== labels.length || labels.length === 0) {
      throw new RangeError(`Each label has a bar: ${labels.length} labels. Received: ${values.length} for ${name}`);
    }
  }
  const drawn = (value: number) => Number.isFinite(value) && (yScale === "linear" || value > 0);
  const heights = series.flatMap(({ values }) => values.filter(drawn));
  const domain = domainOf(heights, yScale);
  const thickness = FILLED / series.length;
  const marks: Markish[] = series.map(({ values }, s) =>
    rect(
      values.map((value, place) => ({ value, left: place - FILLED / 2 + s * thickness }))
        .filter(({ value }) => drawn(value)),
      {
        x1: "left",
        x2: ({ left }) => left + thickness,
        y1: yScale === "log" ? domain[0] : 0,
        y2: "value",
        insetRight: 1,
        fill: palette[s],
      },
    )
  );
  const legend = swatches(series.map(({ name }) => name));
  const top = (title === undefined ? MARGIN : TITLE_HEIGHT) + LEGEND_HEIGHT;
  const axis = { labelArrow: "none", labelAnchor: "center" } as const;
  const panel = draw({
    width,
    height,
    marginTop: 12,
    marginLeft: 64,
    marginRight: 14,
    marginBottom: 42,
    x: {
      ...axis,
      label: xLabel,
      labelOffset: 36,
      domain: [-0.5, labels.length - 0.5],
      ticks: labels.map((_, i) => i),
      tickFormat: (place: number) => labels[place],
      tickSize: 0,
    },
    y: {
      ...axis,
      label: yLabel,
      labelOffset: 56,
      type: yScale,
      domain,
      grid: true,
      ...(yScale === "log" ? { ticks: powersOfTen(domain), tickFormat: (value: number) => value.toExponential() } : {}),
    },
    marks: [...marks, ruleY([yScale === "log" ? domain[0] : 0])],
  });
  const short = (value: number) => Number.isFinite(value) ? Number(value.toPrecision(3)) : "none";
  const told = (value: number, place: number) =>
    options.labels === undefined ? `${short(value)}` : `${labels[place]} ${short(value)}`;
  const lists = series.map(({ name, values }) => `${name}: ${values.map(told).join(", ")}`);
  return compose({
    parts: [{ ...legend, x: MARGIN, y: top - LEGEND_HEIGHT }, { ...panel, x: MARGIN, y: top }],
    title,
    width: Math.max(width, legend.width) + 2 * MARGIN,
    height: top + height,
    alt: [title, `${yLabel} over ${xLabel}`, ...lists].filter((part) => part !== undefined).join(". ") + ".",
  });
}

/** From 0, or from the power of ten below the least, to the highest bar. */
function domainOf(heights: number[], scale: "linear" | "log"): [number, number] {
  const low = heights.reduce((a, b) => Math.min(a, b), Infinity);
  const high = heights.reduce((a, b) => Math.max(a, b), -Infinity);
  if (scale === "log") {
    if (heights.length === 0) return [0.1, 1];
    const [first, last] = [Math.ceil(Math.log10(low)) - 1, Math.ceil(Math.log10(high))];
    return [10 ** first, 10 ** last];
  }
  return heights.length === 0 || low === 0 && high === 0 ? [0, 1] : [Math.min(0, low), Math.max(0, high)];
}

/** At most eight powers of ten. */
function powersOfTen([low, high]: [number, number]): number[] {
  const [first, last] = [Math.round(Math.log10(low)), Math.round(Math.log10(high))];
  const step = Math.ceil((last - first) / 8);
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => Number(`1e${first + i * step}`));
}

/** A small square and a name for each series, in one line. */
function swatches(names: readonly string[]): Drawing {
  let x = 0;
  const items = names.map((name, i) => {
    const item = `<rect x="${x}" y="4" width="12" height="12" fill="${palette[i]}"/>` +
      `<text x="${x + 18}" y="14">${escapeXml(name)}</text>`;
    x += 18 + textWidth(name) + 18;
    return item;
  });
  return {
    markup: `<svg width="${x}" height="${LEGEND_HEIGHT}">${items.join("")}</svg>`,
    width: x,
    height: LEGEND_HEIGHT,
  };
}
