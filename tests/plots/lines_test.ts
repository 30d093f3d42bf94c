import { assert, assertEquals, assertThrows } from "@std/assert";
import { plotLines } from "baeum/plots";
import { assertSnapshot } from "./snapshot.ts";

const sample = (f: (x: number) => number) =>
  Array.from({ length: 41 }, (_, i): [number, number] => [i / 5 - 4, f(i / 5 - 4)]);

Deno.test("Lines share their axes, each with a colour and a name in the legend", async () => {
  const figure = plotLines([
    { name: "시그모이드", points: sample((x) => 1 / (1 + Math.exp(-x))) },
    { name: "tanh", points: sample(Math.tanh) },
  ], { title: "활성화 함수", xLabel: "z", yLabel: "a" });
  assertEquals(
    figure.alt,
    "활성화 함수. a over z. 시그모이드: from 0.01799 to 0.982, between 0.01799 and 0.982. " +
      "tanh: from -0.9993 to 0.9993, between -0.9993 and 0.9993.",
  );
  await assertSnapshot(figure, "lines");
});

Deno.test("A value that is no finite number leaves a gap and is not counted", () => {
  const { svg, alt } = plotLines([{ name: "1/x", points: [[-1, -1], [0, NaN], [1, 1], [2, 0.5]] }]);
  assertEquals(alt, "y over x. 1/x: from -1 to 0.5, between -1 and 1.");
  assert(!svg.includes("NaN"));
});

Deno.test("A logarithmic axis shows factors", () => {
  const { svg } = plotLines([{ name: "loss", points: [[1, 1], [2, 0.1], [3, 0.001]] }], {
    yScale: "log",
    marked: true,
  });
  assert(svg.includes("<circle") && !svg.includes("NaN"));
});

Deno.test("A logarithmic axis of many decades names powers of ten, without prefixes such as µ", async () => {
  const powers = (factor: number) => Array.from({ length: 10 }, (_, i): [number, number] => [i + 1, factor ** (i + 1)]);
  const figure = plotLines([{ name: "폭발", points: powers(7) }, { name: "소실", points: powers(0.07) }], {
    xLabel: "층",
    yLabel: "표준편차",
    yScale: "log",
    marked: true,
  });
  const shown = [...figure.svg.matchAll(/>([^<>]*e[+-]\d+)<\/text>/g)].map(([, text]) => text);
  assertEquals(shown, ["1e-11", "1e-8", "1e-5", "1e+7"]);
  await assertSnapshot(figure, "lines_of_many_decades");
});

Deno.test("A few layers are named by whole numbers, without halves between them", () => {
  const ticks = (places: number[]) => {
    const { svg } = plotLines([{ name: "층", points: places.map((x): [number, number] => [x, 0.25]) }], {
      marked: true,
    });
    return [...svg.slice(svg.indexOf("x-axis tick label")).matchAll(/>([^<>]+)<\/text>/g)].map(([, text]) => text);
  };
  assertEquals(ticks([1, 2, 3, 4]).slice(0, -1), ["1", "2", "3", "4"]);
  assert(ticks([1, 2.5, 4]).includes("1.5"));
});

Deno.test("Measurements are dots without a line, in the figure and in its legend", () => {
  const { svg } = plotLines([
    { name: "자료", points: [[0, 0], [1, 2], [2, 1]], dots: true },
    { name: "곡선", points: [[0, 0], [2, 2]] },
  ]);
  assertEquals(svg.match(/<circle/g)?.length, 4);
  assertEquals(svg.match(/stroke="#0072B2"/g), null);
  assert(svg.includes('stroke="#D55E00"'));
});

Deno.test("More lines than colours, and none at all, are refused", () => {
  assertThrows(() => plotLines([]), RangeError, "Received: 0");
  const many = Array.from({ length: 9 }, (_, i) => ({ name: String(i), points: sample((x) => x * i) }));
  assertThrows(() => plotLines(many), RangeError, "Received: 9");
  assert(plotLines(many.slice(0, 8)).svg.includes(">7</text>"));
});
