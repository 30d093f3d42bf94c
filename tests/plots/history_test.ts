import { assert, assertEquals, assertThrows } from "@std/assert";
import { plotHistory } from "baeum/plots";
import { assertSnapshot } from "./snapshot.ts";

const history = {
  loss: [0.62, 0.35, 0.24, 0.17, 0.12, 0.09],
  accuracy: [0.81, 0.9, 0.93, 0.95, 0.965, 0.975],
  val_loss: [0.45, 0.31, 0.25, 0.22, 0.21, 0.215],
  val_accuracy: [0.87, 0.91, 0.925, 0.932, 0.938, 0.937],
};

Deno.test("A history with validation has a panel for accuracy and one for loss, validation dashed", async () => {
  await assertSnapshot(plotHistory({ history }, { title: "MNIST: 학습 곡선" }), "history");
});

Deno.test("A single epoch is drawn as a dot at epoch 1", async () => {
  await assertSnapshot(plotHistory({ history: { loss: [0.3] } }), "history_single_epoch");
});

Deno.test("A loss that is no finite number leaves a gap and does not stretch the axis", async () => {
  await assertSnapshot(plotHistory({ history: { loss: [0.9, 0.5, NaN, 0.4, Infinity, 0.3, 0.2] } }), "history_gaps");
});

Deno.test("Only the metrics asked for are drawn, in the order asked for", () => {
  const { svg, alt } = plotHistory({ history }, { metrics: ["loss"] });
  assert(svg.includes(">loss</text>") && !svg.includes(">accuracy</text>"));
  assertEquals(alt, "Training history: 6 epochs. loss: from 0.62 to 0.09, validation from 0.45 to 0.215.");
});

Deno.test("A history without validation has no legend entry for it", () => {
  const { svg } = plotHistory({ history: { loss: [2, 1] } });
  assert(svg.includes(">training</text>") && !svg.includes("validation"));
});

Deno.test("A history whose values are all NaN is still drawn", () => {
  assert(plotHistory({ history: { loss: [NaN, NaN] } }).svg.includes(">loss</text>"));
});

Deno.test("Epoch ticks are whole numbers, at most nine of them, however many epochs there are", () => {
  for (const epochs of [2, 8, 9, 30, 99, 1000, 12_345]) {
    const { svg } = plotHistory({ history: { loss: Array.from({ length: epochs }, (_, i) => 1 / (i + 1)) } });
    const axis = svg.slice(svg.indexOf('aria-label="x-axis tick label"')).split("</g>")[0];
    const ticks = [...axis.matchAll(/>([^<]+)<\/text>/g)].map(([, text]) => Number(text.replace(",", "")));
    assertEquals(ticks[0], 1);
    assert(ticks.length <= 9 && ticks.every(Number.isInteger), `${epochs} epochs: ${ticks}`);
  }
});

Deno.test("A history without an epoch, and an unknown metric, are refused by name", () => {
  assertThrows(() => plotHistory({ history: {} }), RangeError, "call fit first");
  assertThrows(() => plotHistory({ history: { loss: [] } }), RangeError, "call fit first");
  assertThrows(() => plotHistory({ history }, { metrics: ["mae"] }), RangeError, 'no "mae". Received: loss, accuracy');
});
