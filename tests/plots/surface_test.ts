import { assert, assertEquals, assertThrows } from "@std/assert";
import { plotSurface } from "baeum/plots";
import { assertSnapshot } from "./snapshot.ts";

const ravine = (x: number, y: number) => x * x / 20 + y * y;
const domains = { xDomain: [-10, 10] as [number, number], yDomain: [-4, 4] as [number, number] };

Deno.test("A surface shows its depth and the ways over it", async () => {
  const descend = (rate: number) =>
    Array.from({ length: 20 }).reduce<[number, number][]>((places) => {
      const [x, y] = places[places.length - 1];
      return [...places, [x - rate * x / 10, y - rate * 2 * y]];
    }, [[-8, 3]]);
  const figure = plotSurface(ravine, {
    ...domains,
    title: "골짜기",
    paths: [{ name: "0.9", points: descend(0.9) }, { name: "0.2", points: descend(0.2), dashes: "6 4" }],
  });
  assertEquals(
    figure.alt,
    "골짜기. Surface over w₁ and w₂. 0.9: 21 places, height from 12.2 to 0.07478. " +
      "0.2: 21 places, height from 12.2 to 1.426.",
  );
  await assertSnapshot(figure, "surface");
});

Deno.test("The plane is filled to its corners, above the highest contour line too, where the surface has a height", () => {
  const square = { xDomain: [-1, 1] as [number, number], yDomain: [-1, 1] as [number, number], levels: 1 };
  const [whole, level] = surfacesOf(plotSurface((x, y) => x * x + y * y, square).svg);
  assertEquals(cornersOf(whole), ["top left", "top right", "bottom left", "bottom right"]);
  assertEquals(cornersOf(level), []);
  const [right] = surfacesOf(plotSurface((x) => Math.log(x), square).svg);
  assertEquals(cornersOf(right), ["top right", "bottom right"]);
});

/** The filled parts of the plane, the largest first. */
const surfacesOf = (svg: string) => svg.match(/<path d="M[^"]*Z"/g)!;

/** Into which corners of the plane of 54 to 406 by 10 to 318 pixels a path goes. */
function cornersOf(path: string): string[] {
  const corners = {
    "top left": [54, 10],
    "top right": [406, 10],
    "bottom left": [54, 318],
    "bottom right": [406, 318],
  };
  const places = path.match(/[\d.]+,[\d.]+/g)!.map((place) => place.split(",").map(Number));
  return Object.entries(corners)
    .filter(([, [x, y]]) => places.some((place) => Math.hypot(place[0] - x, place[1] - y) < 3))
    .map(([name]) => name);
}

Deno.test("A surface without a way has no legend, and a flat one is drawn", () => {
  assert(!plotSurface(ravine, domains).svg.includes("stroke-dasharray"));
  assert(plotSurface(() => 1, domains).svg.includes("w₁"));
});

Deno.test("A way that leaves the plane leaves a gap, and places without a height are left out", () => {
  const { svg } = plotSurface((x, y) => Math.log(x) + y, {
    ...domains,
    paths: [{ name: "a", points: [[0, 0], [99, 0]] }],
  });
  assert(!svg.includes("NaN"), svg.match(/.{40}NaN.{20}/)?.[0]);
});

Deno.test("A surface without any finite height, and an eighth way, are refused", () => {
  assertThrows(() => plotSurface(() => NaN, domains), RangeError, "no finite height");
  const paths = Array.from({ length: 8 }, (_, i) => ({ name: String(i), points: [[0, 0]] as [number, number][] }));
  assertThrows(() => plotSurface(ravine, { ...domains, paths }), RangeError, "Received: 8");
});
