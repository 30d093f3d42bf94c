import { assert, assertEquals, assertThrows } from "@std/assert";
import { plotComparison } from "baeum/plots";
import { assertSnapshot } from "./snapshot.ts";

/** A training that comes near `limit`. */
const towards = (limit: number, speed: number, gap = 0) => ({
  history: Object.fromEntries(
    [["accuracy", limit], ["val_accuracy", limit - gap]].map(([name, end]) => [
      name as string,
      Array.from({ length: 12 }, (_, i) => (end as number) * (1 - 0.4 * Math.exp(-speed * i))),
    ]),
  ),
});

Deno.test("Each run has a colour, the training data a solid line and the validation data a dashed one", async () => {
  const figure = plotComparison([
    { name: "SGD", histories: [towards(0.85, 0.2, 0.01)] },
    { name: "Adam", histories: [towards(0.98, 0.5, 0.09)] },
  ], { title: "최적화 함수", xLabel: "세대", yLabel: "정확도", yDomain: [0.5, 1] });
  assertEquals(
    figure.alt,
    "최적화 함수: accuracy over 12 epochs. SGD: from 0.51 to 0.8123, validation from 0.504 to 0.8028. " +
      "Adam: from 0.588 to 0.9784, validation from 0.534 to 0.8885.",
  );
  assertEquals(figure.svg.match(/stroke-dasharray="6 4"/g)?.length, 3);
  await assertSnapshot(figure, "comparison");
});

Deno.test("Runs of several histories become the line of their mean in a band from the lowest to the highest", async () => {
  const figure = plotComparison([
    { name: "SGD", histories: [0.8, 0.84, 0.88].map((limit) => towards(limit, 0.2)) },
    { name: "Adam", histories: [0.95, 0.96, 0.98].map((limit) => towards(limit, 0.5)) },
  ], { metric: "val_accuracy", title: "Three seeds" });
  assertEquals(
    figure.alt,
    "Three seeds: val_accuracy over 12 epochs. SGD, mean of 3: from 0.504 to 0.8028 (0.7645 to 0.841). " +
      "Adam, mean of 3: from 0.578 to 0.9618 (0.9484 to 0.9784).",
  );
  assert(!figure.svg.includes(">validation<"));
  await assertSnapshot(figure, "comparison-bands");
});

Deno.test("Runs of one kind share a colour where they are told to, and differ in their dashes, in the legend too", () => {
  const run = (name: string, dashes?: string) => ({ name, histories: [towards(0.8, 0.3)], colour: "#009E73", dashes });
  const { svg } = plotComparison([run("0.001"), run("0.01", "7 3")], { metric: "val_accuracy" });
  assertEquals(svg.match(/stroke="#009E73"/g)?.length, 4);
  assertEquals(svg.match(/stroke-dasharray="7 3"/g)?.length, 2);
  assert(!svg.includes("#0072B2"));
});

Deno.test("What lies outside the axis, and what is no finite number, leaves a gap", () => {
  const history = { accuracy: [0.1, 0.7, NaN, 0.9] };
  const { svg } = plotComparison([{ name: "a", histories: [{ history }] }], { yDomain: [0.6, 1] });
  assert(!svg.includes("NaN"));
  const wide = { accuracy: [0.1, 0.9, 0.9, 0.9] };
  assert(!plotComparison([{ name: "a", histories: [{ history }, { history: wide }] }]).svg.includes("NaN"));
});

Deno.test("Runs that cannot be compared are refused", () => {
  const history = { accuracy: [0.5, 0.6] };
  assertThrows(() => plotComparison([]), RangeError, "Received: 0");
  assertThrows(() => plotComparison([{ name: "a", histories: [] }]), RangeError, "no history");
  assertThrows(
    () => plotComparison([{ name: "a", histories: [{ history }] }], { metric: "loss" }),
    RangeError,
    'no "loss". Received: accuracy',
  );
  assertThrows(
    () => plotComparison([{ name: "a", histories: [{ history }, { history: { accuracy: [1] } }] }]),
    RangeError,
    "Received: 2, 1",
  );
  const many = Array.from({ length: 9 }, (_, i) => ({ name: String(i), histories: [{ history }] }));
  assertThrows(() => plotComparison(many), RangeError, "Received: 9");
});
