import { assert, assertEquals, assertThrows } from "@std/assert";
import { plotBars } from "baeum/plots";
import { assertSnapshot } from "./snapshot.ts";

const shrinking = (factor: number) => Array.from({ length: 10 }, (_, i) => 0.03 * factor ** (9 - i));
const bars = (svg: string) => svg.match(/<rect /g)?.length ?? 0;

Deno.test("Bars of several series stand side by side, on a logarithmic axis from a power of ten", async () => {
  const figure = plotBars([
    { name: "시그모이드", values: shrinking(0.2) },
    { name: "tanh", values: shrinking(0.8) },
    { name: "ReLU", values: shrinking(0.7) },
  ], { title: "층마다 남은 기울기", xLabel: "층", yLabel: "평균 |기울기|", yScale: "log" });
  assert(figure.alt.startsWith("층마다 남은 기울기. 평균 |기울기| over 층. 시그모이드: 1.54e-8, 7.68e-8, "));
  await assertSnapshot(figure, "bars");
});

Deno.test("Bars on a linear axis begin at 0, also those below it", async () => {
  const figure = plotBars([{ name: "변화", values: [0.5, -0.25, 0] }], { labels: ["가", "나", "다"] });
  assertEquals(figure.alt, "y over x. 변화: 가 0.5, 나 -0.25, 다 0.");
  await assertSnapshot(figure, "bars_below_zero");
});

Deno.test("A number that cannot be drawn has no bar", () => {
  const values = [1, NaN, Infinity, 0, -1];
  // One square is the legend's.
  assertEquals(bars(plotBars([{ name: "a", values }]).svg), 3 + 1);
  assertEquals(bars(plotBars([{ name: "a", values }], { yScale: "log" }).svg), 1 + 1);
  assert(!plotBars([{ name: "a", values: [NaN] }]).svg.includes("NaN"));
  assert(!plotBars([{ name: "a", values: [0] }], { yScale: "log" }).svg.includes("NaN"));
});

Deno.test("No series, no bars, too few bars and more series than colours are refused", () => {
  const one = { name: "a", values: [1] };
  assertThrows(() => plotBars([]), RangeError, "Received: 0");
  assertThrows(() => plotBars([{ name: "a", values: [] }]), RangeError, "Received: 0 for a");
  assertThrows(() => plotBars([one], { labels: ["x", "y"] }), RangeError, "Received: 1 for a");
  assertThrows(() => plotBars(Array(9).fill(one)), RangeError, "Received: 9");
});
