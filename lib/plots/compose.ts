import type { Drawing } from "./drawing.ts";
import { Figure } from "./figure.ts";
import { escapeXml, FONT_SIZE, textWidth } from "./text.ts";

/** A drawing and where its upper left corner lies in the figure. */
export interface Placed extends Drawing {
  x: number;
  y: number;
}

/** Pixels between the figure's edges and what is in it. */
export const MARGIN = 8;
/** Height of the line that holds a title. */
export const TITLE_HEIGHT = 28;

const TITLE_SIZE = 15;

/** Puts drawings and a title into one SVG that describes itself; it grows as wide as the title needs. */
export function compose(
  { parts, title, width, height, alt }: {
    parts: Placed[];
    title?: string;
    width: number;
    height: number;
    alt: string;
  },
): Figure {
  const whole = Math.max(width, title === undefined ? 0 : textWidth(title, TITLE_SIZE) + 2 * MARGIN);
  const attributes = [
    'xmlns="http://www.w3.org/2000/svg"',
    'xmlns:xlink="http://www.w3.org/1999/xlink"',
    `viewBox="0 0 ${whole} ${height}" width="${whole}" height="${height}"`,
    `role="img" aria-label="${escapeXml(alt)}"`,
    `fill="currentColor" font-family="system-ui, sans-serif" font-size="${FONT_SIZE}"`,
    'style="max-width: 100%; height: auto"',
  ];
  const heading = title === undefined ? [] : [
    `<text x="${MARGIN}" y="19" font-size="${TITLE_SIZE}" font-weight="600">${escapeXml(title)}</text>`,
  ];
  const placed = parts.map(({ x, y, markup }) => markup.replace("<svg ", `<svg x="${x}" y="${y}" `));
  return new Figure({ svg: [`<svg ${attributes.join(" ")}>`, ...heading, ...placed, "</svg>"].join("\n"), alt });
}
