import { assert, assertEquals, assertThrows } from "@std/assert";
import { plotHistograms } from "baeum/plots";
import { random } from "baeum/tensors";
import { assertSnapshot } from "./snapshot.ts";

/** The drawn shapes, one for each histogram. */
const shapes = (svg: string) => [...svg.matchAll(/<path d="([^"]+Z)"/g)].map(([, d]) => d);

Deno.test("Histograms stand in rows and columns over one axis", async () => {
  const rng = new random.RandomState(0);
  const normal = (scale: number) => [1, 2, 3].map((layer) => rng.normal(0, scale ** layer, 500));
  const figure = plotHistograms([
    { name: "그대로", samples: normal(1) },
    { name: "줄어든다", samples: normal(0.5) },
  ], { title: "층마다의 출력", columnNames: ["1층", "2층", "3층"], xLabel: "출력", xDomain: [-3, 3] });
  assert(figure.alt.startsWith("층마다의 출력. Histograms of 출력. 그대로: standard deviation "));
  assertEquals(shapes(figure.svg).length, 6);
  await assertSnapshot(figure, "histograms");
});

Deno.test("What lies outside is counted in the outermost bins, what is no finite number nowhere", () => {
  const drawn = (samples: number[]) =>
    shapes(plotHistograms([{ name: "a", samples: [samples] }], { xDomain: [0, 4], bins: 4 }).svg);
  assertEquals(drawn([-9, 9, 9, NaN, Infinity]), drawn([0, 4, 3.5]));
  const empty = plotHistograms([{ name: "a", samples: [[NaN]] }], { xDomain: [0, 1] });
  assertEquals(empty.alt, "Histograms of x. a: standard deviation none.");
  assert(!empty.svg.includes("NaN"));
});

Deno.test("No histogram, rows of other lengths and an axis that does not rise are refused", () => {
  const row = { name: "a", samples: [[1]] };
  assertThrows(() => plotHistograms([], { xDomain: [0, 1] }), RangeError, "no histogram");
  assertThrows(() => plotHistograms([{ name: "a", samples: [] }], { xDomain: [0, 1] }), RangeError, "no histogram");
  assertThrows(
    () => plotHistograms([row, { name: "b", samples: [[1], [2]] }], { xDomain: [0, 1] }),
    RangeError,
    "Received: 2 for b",
  );
  assertThrows(() => plotHistograms([row], { xDomain: [1, 1] }), RangeError, "Received: [1, 1]");
});
