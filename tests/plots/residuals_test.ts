import { assert, assertEquals, assertThrows } from "@std/assert";
import { plotResiduals } from "baeum/plots";
import { assertSnapshot } from "./snapshot.ts";

/** Too low for large predictions, as under a ceiling: the residual bends. */
const predictions = Array.from({ length: 300 }, (_, i) => i / 60);
const targets = predictions.map((x, i) => x - 0.1 * (x - 2) ** 2 + Math.sin(i * 12.9898) / 2);

Deno.test("Residuals are drawn over their predictions, with their medians and how often each size occurs", async () => {
  const figure = plotResiduals(predictions, targets, {
    title: "남은 오차",
    xLabel: "예측 (10만 달러)",
    yLabel: "잔차 (정답 − 예측)",
    countLabel: "구역 수",
  });
  const left = targets.map((t, i) => t - predictions[i]);
  const [low, high] = [Math.min(...left), Math.max(...left)].map((value) => Number(value.toPrecision(4)));
  assert(figure.alt.startsWith(`남은 오차. 300 residuals between ${low} and ${high}, mean `), figure.alt);
  await assertSnapshot(figure, "residuals");
});

Deno.test("A single residual, and residuals that are all the same, are drawn without a line of medians", () => {
  for (const [given, right] of [[[2], [2]], [[1, 2, 3], [2, 3, 4]]]) {
    const { svg, alt } = plotResiduals(given, right);
    assert(!svg.includes("NaN"), svg);
    assert(!svg.includes('stroke="#D55E00"'));
    assertEquals(alt.startsWith(`${given.length} residuals between ${right[0] - given[0]}`), true);
  }
});

Deno.test("Residuals refuse no sample, lists of different length and NaN", () => {
  assertThrows(() => plotResiduals([], []), RangeError, "0 predictions");
  assertThrows(() => plotResiduals([1, 2], [1]), RangeError, "2 predictions, 1 targets");
  assertThrows(() => plotResiduals([1, NaN], [1, 2]), RangeError, "Sample 1 is no finite number: NaN and 2");
});
