import { assert, assertEquals, assertThrows } from "@std/assert";
import { plotMap } from "baeum/plots";
import { assertSnapshot } from "./snapshot.ts";

const places = Array.from({ length: 400 }, (_, i) => ({ x: -124 + i % 20 / 4, y: 33 + Math.floor(i / 20) / 4 }))
  .filter(({ x, y }) => Math.abs(x + 119 + (y - 35)) < 2);
const coast = { longitude: places.map(({ x }) => x), latitude: places.map(({ y }) => y) };

Deno.test("A map colours squares by the mean of what lies in them, below and above zero", async () => {
  const figure = plotMap({ ...coast, values: places.map(({ x, y }) => x + 119 + (y - 35)) }, {
    title: "어디에서 틀리는가",
    xLabel: "경도 (°)",
    yLabel: "위도 (°)",
    valueLabel: "평균 잔차 (10만 달러)",
    cell: 0.5,
  });
  assert(figure.alt.startsWith("어디에서 틀리는가. 평균 잔차 (10만 달러) of "), figure.alt);
  await assertSnapshot(figure, "map");
});

Deno.test("A square shows the mean of its places, not their sum", () => {
  const { alt } = plotMap({ longitude: [0.1, 0.2, 1.5], latitude: [0, 0, 0], values: [1, 3, 5] }, { cell: 1 });
  assertEquals(alt, "Mean of 3 places in 2 squares of 1°, from 2 to 5.");
});

Deno.test("A map without values below zero has no colour for them", () => {
  assert(!plotMap({ ...coast, values: places.map(() => 2) }).svg.includes("#0072B2"));
  assert(plotMap({ ...coast, values: places.map(() => -2) }).svg.includes("#0072B2"));
});

Deno.test("One place, and values that are all zero, are drawn", () => {
  for (const values of [[0], [3]]) assert(!plotMap({ longitude: [10], latitude: [50], values }).svg.includes("NaN"));
});

Deno.test("A map refuses no place, lists of different length, NaN and squares without size", () => {
  assertThrows(() => plotMap({ longitude: [], latitude: [], values: [] }), RangeError, "0 values");
  assertThrows(() => plotMap({ longitude: [1], latitude: [1, 2], values: [1] }), RangeError, "2 latitudes");
  assertThrows(() => plotMap({ longitude: [1], latitude: [NaN], values: [1] }), RangeError, "Point 0");
  assertThrows(() => plotMap({ longitude: [1], latitude: [1], values: [1] }, { cell: 0 }), RangeError, "Received: 0");
});
