import { compose, MARGIN, TITLE_HEIGHT } from "./compose.ts";
import type { Figure } from "./figure.ts";
import { blue, vermilion } from "./palette.ts";
import { escapeXml } from "./text.ts";

/** A neuron, an input or a step of a computation. */
export interface NetworkNode {
  /** What is written in the circle: short. */
  name: string;
  /** What is computed there, below the name. */
  value?: number;
  /** What comes back there in the backward pass, below the circle. */
  gradient?: number;
}

/** A connection between a node and one further right, both counted within their columns. */
export interface NetworkEdge {
  /** The column where it begins, and the nodes that it joins. */
  column: number;
  from: number;
  to: number;
  /** What is written on it, the weight for one. */
  label?: string;
}

/** What {@linkcode plotNetwork} can be told. */
export interface PlotNetworkOptions {
  /** A heading above the figure. */
  title?: string;
  /** Digits behind the point (default 3). */
  digits?: number;
  /** Pixels between columns and between rows (default 150 and 96). */
  columnGap?: number;
  rowGap?: number;
}

const RADIUS = 27;

/**
 * A small network with its numbers: what goes forward in the circles, what comes back below them.
 *
 * @param columns The nodes from left to right, each column from top to bottom.
 * @param edges The connections.
 * @throws {RangeError} for an edge whose end is not there.
 *
 * @example
 * ```ts
 * import { plotNetwork } from "baeum/plots";
 * import { assertEquals } from "@std/assert";
 *
 * const neuron = plotNetwork([[{ name: "x", value: 1 }], [{ name: "y", value: 0.5 }]], [
 *   { column: 0, from: 0, to: 0, label: "w = 0.5" },
 * ]);
 * assertEquals(neuron.alt, "x = 1; y = 0.5. x to y: w = 0.5.");
 * ```
 */
export function plotNetwork(
  columns: readonly (readonly NetworkNode[])[],
  edges: readonly NetworkEdge[],
  { title, digits = 3, columnGap = 150, rowGap = 96 }: PlotNetworkOptions = {},
): Figure {
  const rows = Math.max(0, ...columns.map((nodes) => nodes.length));
  const center = (column: number, row: number) => ({
    x: RADIUS + 4 + column * columnGap,
    y: RADIUS + 4 + (row + (rows - columns[column].length) / 2) * rowGap,
  });
  const written = (value: number) => String(Number(value.toFixed(digits))).replace("-", "−");
  const ends = edges.map(({ column, from, to, label }) => {
    const [source, target] = [columns[column]?.[from], columns[column + 1]?.[to]];
    if (!source || !target) throw new RangeError(`There are no nodes for the edge ${column}: ${from} to ${to}`);
    return { source, target, label, begin: center(column, from), end: center(column + 1, to) };
  });
  const strokes = ends.map(({ begin, end, label }, i) => {
    const [dx, dy] = [end.x - begin.x, end.y - begin.y];
    const length = Math.hypot(dx, dy);
    const at = (distance: number) => [begin.x + dx * distance / length, begin.y + dy * distance / length];
    const [[x1, y1], [x2, y2]] = [at(RADIUS), at(length - RADIUS - 2)];
    // Crossing edges would cross at their middle: labels sit by turns before and behind it.
    const [x, y] = at(RADIUS + (length - 2 * RADIUS) * (dy === 0 ? 0.5 : i % 2 === 0 ? 0.3 : 0.38));
    const angle = Math.atan2(dy, dx) * 180 / Math.PI;
    return `<line x1="${r(x1)}" y1="${r(y1)}" x2="${r(x2)}" y2="${
      r(y2)
    }" stroke="currentColor" stroke-opacity="0.6"/>` +
      (label === undefined ? "" : `<text transform="translate(${r(x)} ${r(y)}) rotate(${r(angle)})" y="-4" ` +
        `text-anchor="middle" font-size="11">${escapeXml(label)}</text>`);
  });
  const circles = columns.flatMap((nodes, column) =>
    nodes.map(({ name, value, gradient }, row) => {
      const { x, y } = center(column, row);
      const line = (text: string, dy: number, more = "") =>
        `<text x="${x}" y="${r(y + dy)}" text-anchor="middle"${more}>${escapeXml(text)}</text>`;
      return [
        `<circle cx="${x}" cy="${r(y)}" r="${RADIUS}" fill="none" stroke="currentColor"/>`,
        line(name, value === undefined ? 4 : -3, ' font-weight="600"'),
        value === undefined ? "" : line(written(value), 13, ` style="fill: ${BLUE}"`),
        gradient === undefined ? "" : line(`← ${written(gradient)}`, RADIUS + 15, ` style="fill: ${VERMILION}"`),
      ].join("");
    })
  );
  const width = 2 * RADIUS + 8 + Math.max(0, columns.length - 1) * columnGap;
  const height = 2 * RADIUS + 28 + Math.max(0, rows - 1) * rowGap;
  const top = title === undefined ? MARGIN : TITLE_HEIGHT;
  const nodes = columns.flat().map(({ name, value, gradient }) =>
    name + (value === undefined ? "" : ` = ${written(value)}`) +
    (gradient === undefined ? "" : ` (gradient ${written(gradient)})`)
  );
  const links = ends.filter(({ label }) => label !== undefined).map(({ source, target, label }) =>
    `${source.name} to ${target.name}: ${label}`
  );
  return compose({
    parts: [{
      markup: `<svg width="${width}" height="${height}">${strokes.join("")}${circles.join("")}</svg>`,
      width,
      height,
      x: MARGIN,
      y: top,
    }],
    title,
    width: width + 2 * MARGIN,
    height: height + top,
    alt: [title, nodes.join("; "), links.join("; ")].filter((part) => part).join(". ") + ".",
  });
}

/** Text needs more contrast than lines: the palette's hues, darker on a light page and lighter on a dark one. */
const BLUE = `color-mix(in srgb, ${blue} 75%, currentColor)`;
const VERMILION = `color-mix(in srgb, ${vermilion} 75%, currentColor)`;

function r(value: number): number {
  return Math.round(value * 100) / 100;
}
