import { assert, assertEquals } from "@std/assert";
import { outputToHtml } from "../../handouts/outputs.ts";
import { shortPath } from "../../handouts/paths.ts";
import { shown } from "./notebooks.ts";

/** The points that a path of steps goes through. */
function points(d: string): [number, number][] {
  const found: [number, number][] = [];
  let [x, y] = [0, 0];
  for (const [, step, numbers] of d.matchAll(/([MLlmhv])([^MLlmhvZ]*)/g)) {
    const [a, b] = (numbers.match(/-?\d*\.?\d+/g) ?? []).map(Number);
    if (step === "M" || step === "L") [x, y] = [a, b];
    else if (step === "h") x += a;
    else if (step === "v") y += a;
    else [x, y] = [x + a, y + b];
    found.push([x, y]);
  }
  return found;
}

Deno.test("a shortened path has the corners of the original, to a tenth of a pixel, after any number of steps", () => {
  const corners = Array.from({ length: 500 }, (_, i): [number, number] => [i * 0.37, 100 + 40 * Math.sin(i / 3)]);
  const d = `M${corners.map((corner) => corner.map((value) => value.toFixed(2)).join(",")).join("L")}Z`;
  const short = shortPath(d);
  assert(short.length < 0.8 * d.length);
  for (const [x, y] of points(short)) {
    assert(corners.some(([cx, cy]) => Math.abs(cx - x) < 0.07 && Math.abs(cy - y) < 0.07), `${x}, ${y}`);
  }
});

Deno.test("points on a straight line go, turns back and closed outlines stay", () => {
  const up = Array.from({ length: 100 }, (_, i) => `10,${i}`);
  assertEquals(shortPath(`M${up.join("L")}L50,99Z`), "M10,0v99h40Z");
  assertEquals(shortPath(`M${up.join("L")}L10,3`), "M10,0v99v-96");
});

Deno.test("a path with curves, and a short one, are left as they are", () => {
  const curve = `M0,0${"C1,1,2,2,3,3".repeat(20)}`;
  assertEquals(shortPath(curve), curve);
  assertEquals(shortPath("M0,0L1,1L2,2"), "M0,0L1,1L2,2");
});

Deno.test("a cloud of translucent dots keeps each dot, and none touches another in its path", () => {
  const dots = Array.from({ length: 400 }, (_, i) => ({ cx: (i * 7919) % 300 / 3, cy: (i * 104729) % 300 / 3 }));
  const circles = dots.map(({ cx, cy }) => `<circle r="1.5" cx="${cx.toFixed(2)}" cy="${cy.toFixed(2)}"/>`).join("");
  const svg = `<svg role="img" aria-label="점"><g fill="#0072B2" fill-opacity="0.3">${circles}</g></svg>`;
  const html = outputToHtml(shown({ "text/html": svg }), { id: "o" });
  assert(
    html.includes('stroke="#0072B2" stroke-linecap="round" stroke-width="3" stroke-opacity="0.3"'),
    html.slice(0, 300),
  );
  const layers = [...html.matchAll(/ d="([^"]*)"/g)].map(([, d]) => points(d).filter((_, index) => index % 2 === 0));
  assertEquals(layers.flat().length, dots.length);
  for (const { cx, cy } of dots) {
    assert(layers.flat().some(([x, y]) => Math.abs(x - cx) < 0.07 && Math.abs(y - cy) < 0.07), `${cx}, ${cy}`);
  }
  for (const layer of layers) {
    layer.forEach(([ax, ay], i) =>
      layer.slice(i + 1).forEach(([bx, by]) => assert(Math.hypot(ax - bx, ay - by) > 2.8))
    );
  }
});

Deno.test("dots of different sizes, or with outlines, stay circles", () => {
  const circle = (i: number) => `<circle r="${1 + i % 2}" cx="${i}" cy="0"></circle>`;
  const svg = `<svg role="img" aria-label="점"><g fill="red">${
    Array.from({ length: 300 }, (_, i) => circle(i)).join("")
  }</g></svg>`;
  assertEquals(outputToHtml(shown({ "text/html": svg }), { id: "o" }).match(/<circle/g)?.length, 300);
});
