import { assert, assertEquals, assertThrows } from "@std/assert";
import { plotRegions } from "baeum/plots";
import { assertSnapshot } from "./snapshot.ts";

const points = [{ x: 0, y: 0, label: 0 }, { x: 0, y: 1, label: 0 }, { x: 1, y: 0, label: 0 }, { x: 1, y: 1, label: 1 }];

Deno.test("Regions show a panel for each classifier, with its samples by symbol and colour", async () => {
  const figure = plotRegions([
    { title: "1회", predict: (x, y) => x + 0.5 * y > 0.7 ? 1 : 0, points },
    { title: "2회", predict: (x, y) => x + y > 1.5 ? 1 : 0, points },
  ], { title: "AND" });
  assertEquals(
    figure.alt,
    "AND. x₁ and x₂. 1회: 4 points, 1 of them in another class's region. " +
      "2회: 4 points, 0 of them in another class's region.",
  );
  await assertSnapshot(figure, "regions");
});

Deno.test("Three classes have three symbols and the names that they are given", () => {
  const { svg } = plotRegions({
    predict: (x) => x < 0 ? 0 : x < 1 ? 1 : 2,
    points: [{ x: -1, y: 0, label: 0 }, { x: 0.5, y: 1, label: 1 }, { x: 2, y: 0, label: 2, name: "여기" }],
  }, { classNames: ["가", "나", "다"] });
  for (const name of ["가", "나", "다", "여기"]) assert(svg.includes(`>${name}</text>`), name);
});

Deno.test("A classifier that answers the same everywhere is drawn, and so are samples without any", () => {
  for (const predict of [() => 0, () => 1, undefined]) {
    assert(plotRegions({ predict, points }).svg.includes("x₁"));
  }
});

Deno.test("A bent grid is drawn as lines, and the plane reaches around it", () => {
  const { svg } = plotRegions({ lines: [[[0, 0], [5, 5]], [[5, 0], [10, 10]]] });
  assert(svg.includes(">10</text>"));
});

Deno.test("Regions refuse no panel, an empty one and a fourth class", () => {
  assertThrows(() => plotRegions([]), RangeError, "no panel");
  assertThrows(() => plotRegions({ predict: () => 0 }), RangeError, "xDomain and yDomain");
  assertThrows(() => plotRegions({ points: [{ x: 0, y: 0, label: 3 }] }), RangeError, "Received: 4");
});
