import type { Element, Root } from "hast";
import { visitElements } from "./sanitize.ts";

/** From how many dots in a row on it is worth while. */
const MANY = 200;

interface Dot {
  x: number;
  y: number;
}

/**
 * Writes clouds of equal dots shorter, as they look: thousands of `<circle>` become a few paths, each of dots that do not touch,
 * so that translucent ones add up to the same darkness.
 */
export function shortenDots(tree: Root): void {
  visitElements(tree, (element) => {
    const circles = element.children.filter((child): child is Element => child.type === "element");
    if (element.tagName !== "g" || circles.length < MANY || circles.length !== element.children.length) return;
    const { fill, fillOpacity, stroke } = element.properties;
    const [{ properties: { r } }] = circles;
    const plain = circles.every(({ tagName, properties }) =>
      tagName === "circle" && properties.r === r &&
      Object.keys(properties).every((name) => ["cx", "cy", "r"].includes(name))
    );
    if (!plain || typeof fill !== "string" || (stroke !== undefined && stroke !== "none")) return;
    const dots = circles.map(({ properties: { cx, cy } }) => ({ x: Number(cx ?? 0), y: Number(cy ?? 0) }));
    element.properties = {
      ...element.properties,
      fill: "none",
      stroke: fill,
      strokeLinecap: "round",
      strokeWidth: String(2 * Number(r)),
      ...(fillOpacity === undefined ? {} : { strokeOpacity: fillOpacity }),
    };
    element.children = apart(dots, 2 * Number(r)).map((layer) => ({
      type: "element",
      tagName: "path",
      properties: { d: pathOf(layer) },
      children: [],
    }));
  });
}

/** Shares dots among layers in each of which any two are at least `distance` apart. */
function apart(dots: readonly Dot[], distance: number): Dot[][] {
  const layers: { dots: Dot[]; cells: Map<string, Dot[]> }[] = [];
  const cellOf = (value: number) => Math.floor(value / distance);
  for (const dot of dots) {
    const free = layers.find(({ cells }) => {
      for (let i = -1; i <= 1; i++) {
        for (let j = -1; j <= 1; j++) {
          const near = cells.get(`${cellOf(dot.x) + i},${cellOf(dot.y) + j}`) ?? [];
          if (near.some(({ x, y }) => Math.hypot(x - dot.x, y - dot.y) < distance)) return false;
        }
      }
      return true;
    });
    const layer = free ?? { dots: [], cells: new Map<string, Dot[]>() };
    if (!free) layers.push(layer);
    layer.dots.push(dot);
    const cell = `${cellOf(dot.x)},${cellOf(dot.y)}`;
    layer.cells.set(cell, [...layer.cells.get(cell) ?? [], dot]);
  }
  return layers.map((layer) => layer.dots);
}

/** Dots as lines of no length, which a round cap makes discs; in tenths of a pixel. */
function pathOf(dots: readonly Dot[]): string {
  const tenths = dots.map(({ x, y }) => ({ x: Math.round(x * 10), y: Math.round(y * 10) }))
    .sort((a, b) => Math.floor(a.y / 40) - Math.floor(b.y / 40) || a.x - b.x);
  let at = { x: 0, y: 0 };
  let path = "";
  for (const dot of tenths) {
    const dx = short(dot.x - at.x), dy = short(dot.y - at.y);
    path += `m${dx}${dy.startsWith("-") ? "" : ","}${dy}h0`;
    at = dot;
  }
  return path;
}

const short = (tenths: number) => String(tenths / 10).replace(/^(-?)0\./, "$1.");
