import { rect } from "@observablehq/plot";
import { compose, MARGIN, TITLE_HEIGHT } from "./compose.ts";
import { draw, type Drawing } from "./drawing.ts";
import type { Figure } from "./figure.ts";
import { blue, vermilion } from "./palette.ts";
import { escapeXml, textWidth } from "./text.ts";

/** What lies where. */
export interface MapPoints {
  /** Degrees, east positive. */
  longitude: ArrayLike<number>;
  /** Degrees, north positive. */
  latitude: ArrayLike<number>;
  values: ArrayLike<number>;
}

/** What {@linkcode plotMap} can be told. */
export interface PlotMapOptions {
  /** A heading above the figure. */
  title?: string;
  /** What the axes are called (default "Longitude (°)" and "Latitude (°)"). */
  xLabel?: string;
  yLabel?: string;
  /** What the values measure, with unit (default "Mean"). */
  valueLabel?: string;
  /** The side of a square in degrees of latitude (default 0.2, about 22 km). */
  cell?: number;
  /** The value of the strongest colour (default: the one that 98 of 100 squares do not exceed); more looks the same. */
  limit?: number;
  /** Pixels of the map's width (default 460). */
  width?: number;
}

const LEGEND_HEIGHT = 40;
const SWATCHES = 5;
/** What lies on an edge but for rounding, 32 bits a number, belongs to the square beyond it: a share of a square. */
const ROUNDING = 1e-4;
const SIDES = { left: 58, right: 14, top: 10, bottom: 42 };

/**
 * A map of means: squares of a country, each coloured by the mean of the values measured in it. Below zero is blue, above
 * it vermilion, the stronger the farther from zero; squares without a value are left empty.
 *
 * @throws {RangeError} if there is no point, the lists differ in length, a number is not finite, or `cell` is not positive.
 *
 * @example
 * ```ts
 * import { plotMap } from "baeum/plots";
 * import { assertEquals } from "@std/assert";
 *
 * const figure = plotMap({ longitude: [-122.45, -122.41, -118.25], latitude: [37.77, 37.75, 34.05], values: [1, 2, -1] });
 * assertEquals(figure.alt, "Mean of 3 places in 2 squares of 0.2°, from -1 to 1.5.");
 * ```
 */
export function plotMap({ longitude, latitude, values }: MapPoints, options: PlotMapOptions = {}): Figure {
  const { title, xLabel = "Longitude (°)", yLabel = "Latitude (°)", valueLabel = "Mean" } = options;
  const { cell = 0.2, width = 460 } = options;
  if (values.length === 0 || longitude.length !== values.length || latitude.length !== values.length) {
    throw new RangeError(
      "Each value needs a place. Received: " +
        `${longitude.length} longitudes, ${latitude.length} latitudes, ${values.length} values`,
    );
  }
  if (!(cell > 0)) throw new RangeError(`cell is a number of degrees above 0. Received: ${cell}`);
  const squares = squaresOf({ longitude, latitude, values }, cell);
  const means = squares.map(({ mean }) => mean);
  const sizes = means.map(Math.abs).sort((a, b) => a - b);
  const limit = options.limit ?? (sizes[Math.floor(0.98 * (sizes.length - 1))] || 1);
  const [west, east] = extent(squares.flatMap(({ x1, x2 }) => [x1, x2]));
  const [south, north] = extent(squares.flatMap(({ y1, y2 }) => [y1, y2]));
  // A degree of longitude is shorter, the farther from the equator.
  const shrink = Math.cos((south + north) / 2 * Math.PI / 180);
  const across = width - SIDES.left - SIDES.right;
  const height = Math.round(across * (north - south) / ((east - west) * shrink)) + SIDES.top + SIDES.bottom;
  const axis = { labelArrow: "none", labelAnchor: "center", ticks: 6, tickFormat: String } as const;
  const country = draw({
    width,
    height,
    marginTop: SIDES.top,
    marginLeft: SIDES.left,
    marginRight: SIDES.right,
    marginBottom: SIDES.bottom,
    x: { ...axis, label: xLabel, domain: [west, east], labelOffset: 36 },
    y: { ...axis, label: yLabel, domain: [south, north], labelOffset: 48 },
    color: { type: "identity" },
    opacity: { type: "identity" },
    marks: [
      rect(squares, {
        x1: "x1",
        x2: "x2",
        y1: "y1",
        y2: "y2",
        fill: ({ mean }) => colourOf(mean),
        fillOpacity: ({ mean }) => opacityOf(mean, limit),
        stroke: "currentColor",
        strokeOpacity: 0.15,
        strokeWidth: 0.5,
      }),
    ],
  });
  const legend = legendOf(valueLabel, limit, means.some((mean) => mean < 0));
  const top = (title === undefined ? MARGIN : TITLE_HEIGHT) + LEGEND_HEIGHT;
  const [least, most] = extent(means).map((value) => Number(value.toPrecision(4)));
  const sentence = `${valueLabel} of ${values.length} places in ${squares.length} squares of ${cell}°, ` +
    `from ${least} to ${most}`;
  return compose({
    parts: [{ ...legend, x: MARGIN, y: top - LEGEND_HEIGHT }, { ...country, x: MARGIN, y: top }],
    title,
    width: Math.max(width, legend.width) + 2 * MARGIN,
    height: top + height,
    alt: [title, sentence].filter((part) => part !== undefined).join(". ") + ".",
  });
}

interface Square {
  x1: number;
  x2: number;
  y1: number;
  y2: number;
  mean: number;
}

/** The squares with at least one value, from west to east and south to north. */
function squaresOf({ longitude, latitude, values }: MapPoints, cell: number): Square[] {
  const sums = new Map<string, { column: number; row: number; sum: number; count: number }>();
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(longitude[i] + latitude[i] + values[i])) {
      throw new RangeError(`Point ${i} is no finite number: ${longitude[i]}, ${latitude[i]}, ${values[i]}`);
    }
    const [column, row] = [longitude[i], latitude[i]].map((degrees) => Math.floor(degrees / cell + ROUNDING));
    const key = `${column} ${row}`;
    const square = sums.get(key) ?? { column, row, sum: 0, count: 0 };
    square.sum += values[i];
    square.count += 1;
    sums.set(key, square);
  }
  return [...sums.values()].sort((a, b) => a.column - b.column || a.row - b.row).map(({ column, row, sum, count }) => ({
    x1: column * cell,
    x2: (column + 1) * cell,
    y1: row * cell,
    y2: (row + 1) * cell,
    mean: sum / count,
  }));
}

function colourOf(mean: number): string {
  return mean < 0 ? blue : vermilion;
}

function opacityOf(mean: number, limit: number): number {
  return Math.round(Math.min(1, Math.abs(mean) / limit) * 100) / 100;
}

function extent(values: readonly number[]): [number, number] {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

/** What is measured, and below it a row of swatches with what they stand for. */
function legendOf(label: string, limit: number, below: boolean): Drawing {
  const count = below ? 2 * SWATCHES - 1 : SWATCHES;
  const values = Array.from({ length: count }, (_, i) => (i - (count - SWATCHES)) / (SWATCHES - 1) * limit);
  const side = 36;
  const swatches = values.map((value, i) =>
    `<rect x="${i * side}" y="17" width="${side}" height="8" fill="${colourOf(value)}" ` +
    `fill-opacity="${opacityOf(value, limit)}" stroke="currentColor" stroke-opacity="0.3"/>` +
    `<text x="${(i + 0.5) * side}" y="36" text-anchor="middle" font-size="10">${Number(value.toPrecision(2))}</text>`
  );
  const width = Math.max(count * side, textWidth(label));
  return {
    markup: `<svg width="${width}" height="${LEGEND_HEIGHT}"><text x="0" y="12">${escapeXml(label)}</text>${
      swatches.join("")
    }</svg>`,
    width,
    height: LEGEND_HEIGHT,
  };
}
