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
