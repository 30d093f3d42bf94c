import { compose, MARGIN, TITLE_HEIGHT } from "./compose.ts";
import type { Figure } from "./figure.ts";
import { blue } from "./palette.ts";
import { escapeXml, textWidth } from "./text.ts";

/** Something that happened in a year. */
export interface TimelineEvent {
  year: number;
  /** What it is called. */
  name: string;
  /** What it was about, in a few words. */
  note?: string;
}

/** What {@linkcode plotTimeline} can be told. */
export interface PlotTimelineOptions {
  /** A heading above the figure. */
  title?: string;
}

const ROW = 44;
/** Where the axis of the years stands, and where the texts begin. */
const AXIS = 52;
const TEXTS = 118;

/**
 * Events down an axis of years true to scale; a line leads from each year to its text, so that crowded years stay readable.
 *
 * @param events In any order.
 * @throws {RangeError} if there is no event, or a year is no whole number.
 *
 * @example
 * ```ts
 * import { plotTimeline } from "baeum/plots";
 * import { assertEquals } from "@std/assert";
 *
 * const figure = plotTimeline([{ year: 2012, name: "AlexNet" }, { year: 1998, name: "LeNet-5", note: "수표의 숫자" }]);
 * assertEquals(figure.alt, "Timeline from 1998 to 2012. 1998: LeNet-5, 수표의 숫자. 2012: AlexNet.");
 * ```
 */
export function plotTimeline(events: readonly TimelineEvent[], { title }: PlotTimelineOptions = {}): Figure {
  if (events.length === 0) throw new RangeError("There is no event to show");
  const wrong = events.find(({ year }) => !Number.isInteger(year));
  if (wrong) throw new RangeError(`A year is a whole number. Received: ${wrong.year}`);
  const sorted = events.toSorted((a, b) => a.year - b.year);
  const [first, last] = [sorted[0].year, sorted[sorted.length - 1].year];
  const [top, bottom] = [ROW / 2, ROW * (sorted.length - 0.5)];
  const heightOf = (year: number) => last === first ? top : top + (bottom - top) * (year - first) / (last - first);
  const rows = sorted.map(({ year, name, note }, row) => {
    const [at, beside] = [r(heightOf(year)), ROW * (row + 0.5)];
    const lead = `M${AXIS},${at}L${AXIS + 16},${at}L${TEXTS - 22},${beside}L${TEXTS - 8},${beside}`;
    return `<path d="${lead}" fill="none" stroke="currentColor" stroke-opacity="0.35"/>` +
      `<circle cx="${AXIS}" cy="${at}" r="5" fill="${blue}"/>` +
      `<text x="${TEXTS}" y="${beside + (note ? -3 : 4)}"><tspan font-weight="600">${year} ${escapeXml(name)}</tspan>` +
      `${note ? `<tspan x="${TEXTS}" dy="16">${escapeXml(note)}</tspan>` : ""}</text>`;
  });
  const ticks = decades(first, last).map((year) => {
    const y = r(heightOf(year));
    return `<path d="M${AXIS - 6},${y}L${AXIS},${y}" stroke="currentColor"/>` +
      `<text x="${AXIS - 10}" y="${r(y + 4)}" text-anchor="end">${year}</text>`;
  });
  const axis = `<path d="M${AXIS},${top}L${AXIS},${bottom}" stroke="currentColor"/>`;
  // Bold letters are wider than the usual ones.
  const widest = Math.max(...sorted.flatMap(({ year, name, note = "" }) => [
    1.3 * textWidth(`${year} ${name}`),
    textWidth(note),
  ]));
  const [width, height] = [Math.ceil(TEXTS + widest), ROW * sorted.length];
  const above = title === undefined ? MARGIN : TITLE_HEIGHT;
  const told = sorted.map(({ year, name, note }) => `${year}: ${name}${note ? `, ${note}` : ""}`);
  return compose({
    parts: [{
      markup: `<svg width="${width}" height="${height}">${axis}${ticks.join("")}${rows.join("")}</svg>`,
      width,
      height,
      x: MARGIN,
      y: above,
    }],
    title,
    width: width + 2 * MARGIN,
    height: height + above,
    alt: [title, `Timeline from ${first} to ${last}`, ...told].filter((part) => part !== undefined).join(". ") + ".",
  });
}

/** The years that end in 0, or the two ends where there are fewer than two of those. */
function decades(first: number, last: number): number[] {
  const begin = Math.ceil(first / 10) * 10;
  const years = Array.from({ length: Math.max(0, Math.floor((last - begin) / 10) + 1) }, (_, i) => begin + 10 * i);
  return years.length >= 2 ? years : [...new Set([first, last])];
}

function r(value: number): number {
  return Math.round(value * 100) / 100;
}
