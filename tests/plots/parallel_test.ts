import { assert, assertEquals, assertThrows } from "@std/assert";
import { plotParallel } from "baeum/plots";
import { assertSnapshot } from "./snapshot.ts";

const rows = [
  { nHidden: 1, learningRate: 0.001, optimizer: "sgd", meanTestScore: -0.71 },
  { nHidden: 1, learningRate: 0.01, optimizer: "adam", meanTestScore: -0.42 },
  { nHidden: 2, learningRate: 0.01, optimizer: "sgd", meanTestScore: -0.39 },
  { nHidden: 3, learningRate: 0.03, optimizer: "adam", meanTestScore: -0.33 },
  { nHidden: 3, learningRate: 0.3, optimizer: "sgd", meanTestScore: NaN },
];
const columns = ["nHidden", "learningRate", "optimizer", "meanTestScore"];

Deno.test("Parallel coordinates draw a line for each row, the best one in another colour, a failed one dashed", async () => {
  const figure = plotParallel(rows, { columns, log: ["learningRate"], title: "어느 설정이 좋은가" });
  assertEquals(
    figure.alt,
    "어느 설정이 좋은가. 5 rows over nHidden, learningRate, optimizer, meanTestScore. " +
      "The best: nHidden 3, learningRate 0.03, optimizer adam, meanTestScore -0.33.",
  );
  assertEquals(figure.svg.match(/stroke-dasharray/g)?.length, 1);
  assertEquals(figure.svg.match(/#D55E00/g)?.length, 1);
  assert(!figure.svg.includes("NaN"));
  await assertSnapshot(figure, "parallel");
});

Deno.test("A logarithmic axis has equal distances for equal factors", () => {
  const three = [0.01, 0.1, 1].map((rate, i) => ({ rate, score: i }));
  const heights = (log: string[]) =>
    [...plotParallel(three, { columns: ["rate", "score"], log }).svg.matchAll(/d="M[\d.]+,([\d.]+)L/g)]
      .map(([, y]) => Number(y)).sort((a, b) => a - b);
  const [a, b, c] = heights(["rate"]);
  assert(Math.abs((b - a) - (c - b)) < 0.1, `${a} ${b} ${c}`);
  const [d, e, f] = heights([]);
  assert(e - d > 5 * (f - e), `${d} ${e} ${f}`);
});

Deno.test("Many values are told by the axis' ends and middle, a constant column by one", () => {
  const many = Array.from({ length: 20 }, (_, i) => ({ a: i, same: 7, score: i / 10 }));
  const { svg } = plotParallel(many, { columns: ["a", "same", "score"] });
  for (const label of ["0", "9.5", "19", "7", "1.9"]) assert(svg.includes(`>${label}</text>`), label);
  assert(!svg.includes("NaN"));
});

Deno.test("Parallel coordinates refuse what they could not place", () => {
  assertThrows(() => plotParallel(rows, { columns: ["nHidden"] }), RangeError, "Received: 1");
  assertThrows(() => plotParallel([], { columns }), RangeError, '"meanTestScore"');
  assertThrows(() => plotParallel(rows, { columns: ["depth", "meanTestScore"] }), RangeError, '"depth"');
  assertThrows(() => plotParallel(rows, { columns, log: ["optimizer"] }), RangeError, "sgd");
  assertThrows(
    () => plotParallel([{ a: 0, b: 1 }], { columns: ["a", "b"], log: ["a"] }),
    RangeError,
    "above 0",
  );
});
