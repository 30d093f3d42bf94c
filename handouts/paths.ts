import type { Root } from "hast";
import { visitElements } from "./sanitize.ts";

/** How far, in pixels, a point may lie beside the line between its neighbours and still count as on it. */
const TOLERANCE = 0.05;

/**
 * Writes the outlines in figures shorter, as they look: points on a straight line between others go, the others are written as
 * steps of tenths of a pixel. Contours and fields, of a point for every pixel, become a third as long.
 */
export function shortenPaths(tree: Root): void {
  visitElements(tree, (element) => {
    const { d } = element.properties;
    if (element.tagName === "path" && typeof d === "string") element.properties.d = shortPath(d);
  });
}

type Point = [x: number, y: number];

/** A path of straight lines between absolute points, shorter; any other as it is. */
export function shortPath(d: string): string {
  if (d.length < 100 || !/^(?:[ML]\s*-?[\d.]+(?:[\s,]+-?[\d.]+|-[\d.]+)|Z|\s)+$/.test(d)) return d;
  let written = "";
  // Each step starts from the point as it was written, so that rounding does not add up.
  let at: Point = [0, 0];
  for (const [, part, close] of d.matchAll(/(M[^MZ]*)(Z?)/g)) {
    const points = (part.match(/-?\d*\.?\d+/g) ?? []).map(Number);
    const corners = straightened(
      Array.from({ length: points.length / 2 }, (_, i): Point => [points[2 * i], points[2 * i + 1]]),
    );
    for (const [index, [x, y]] of corners.entries()) {
      const dx = rounded(x - at[0]), dy = rounded(y - at[1]);
      if (index > 0 && dx === 0 && dy === 0 && corners.length > 2) continue;
      written += index === 0
        ? `M${pair(rounded(x), rounded(y))}`
        : dy === 0
        ? `h${dx}`
        : dx === 0
        ? `v${dy}`
        : `l${pair(dx, dy)}`;
      at = index === 0 ? [rounded(x), rounded(y)] : [at[0] + dx, at[1] + dy];
    }
    written += close;
  }
  return written.length < d.length ? written : d;
}

/** Without the points that lie on the line between the one before and the one after. */
function straightened(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    while (kept.length > 1 && between(kept.at(-2)!, kept.at(-1)!, point)) kept.pop();
    kept.push(point);
  }
  return kept;
}

function between([ax, ay]: Point, [bx, by]: Point, [cx, cy]: Point): boolean {
  const length = Math.hypot(cx - ax, cy - ay);
  if (length === 0) return false;
  const beside = Math.abs((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / length;
  const along = ((bx - ax) * (cx - ax) + (by - ay) * (cy - ay)) / length;
  return beside < TOLERANCE && along >= 0 && along <= length;
}

const rounded = (value: number) => Math.round(value * 10) / 10;
const pair = (x: number, y: number) => `${x}${y < 0 ? "" : ","}${y}`;
