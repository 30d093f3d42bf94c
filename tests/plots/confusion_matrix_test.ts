// Expected counts: sklearn.metrics.confusion_matrix(y_true, y_predicted).
import { assert, assertEquals, assertThrows } from "@std/assert";
import { confusionMatrix } from "baeum/plots";
import { tf } from "baeum/tensors";
import { assertSnapshot } from "./snapshot.ts";

/** The counts in the cells, row by row. */
function countsIn(svg: string): number[] {
  const cells = svg.slice(svg.lastIndexOf('aria-label="text"'));
  return [...cells.matchAll(/>(\d+)<\/text>/g)].map(([, text]) => Number(text));
}

Deno.test("Rows are the true classes and columns the predicted ones, as in scikit-learn", () => {
  const { svg, alt } = confusionMatrix([2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2]);
  assertEquals(countsIn(svg), [2, 0, 0, 0, 0, 1, 1, 0, 2]);
  assertEquals(alt, "Confusion matrix: 6 samples, 4 of them right. Most frequent mistake: 1 taken for 2, 1 time.");
});

Deno.test("Class names stand at the rows and columns, mistakes have another colour than hits", async () => {
  const labels = ["고양이", "강아지", "말"];
  await assertSnapshot(
    confusionMatrix([0, 0, 0, 1, 1, 2, 2, 2, 2], [0, 0, 1, 1, 1, 2, 2, 2, 0], { labels, title: "혼동 행렬" }),
    "confusion_matrix",
  );
});

Deno.test("Names wider than a column stand upright", async () => {
  const labels = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
  const truth = Array.from({ length: 60 }, (_, i) => i % 10);
  const predicted = truth.map((label, i) => i % 7 === 0 ? (label + 3) % 10 : label);
  await assertSnapshot(confusionMatrix(truth, predicted, { labels }), "confusion_matrix_upright");
});

Deno.test("Tensors and typed arrays give the same figure as arrays", () => {
  const { svg } = confusionMatrix([0, 1, 1], [0, 1, 0]);
  assertEquals(confusionMatrix(tf.tensor1d([0, 1, 1], "int32"), Uint8Array.of(0, 1, 0)).svg, svg);
});

Deno.test("A class that never occurs keeps its row and column", () => {
  assertEquals(countsIn(confusionMatrix([0], [0], { labels: ["a", "b"] }).svg), [1, 0, 0, 0]);
});

Deno.test("Of more than 20 classes the counts are left out", () => {
  const classes = Array.from({ length: 46 }, (_, i) => i);
  const { svg } = confusionMatrix(classes, classes);
  assert(!svg.includes('aria-label="text"'));
});

Deno.test("Probabilities, other lengths and unknown classes are refused with what to do", () => {
  assertThrows(() => confusionMatrix(tf.zeros([3, 10]), [0, 0, 0]), RangeError, "yTrue.argMax(-1)");
  assertThrows(() => confusionMatrix([0, 1], [0]), RangeError, "Received: 2 and 1");
  assertThrows(() => confusionMatrix([], []), RangeError, "Received: 0 and 0");
  assertThrows(() => confusionMatrix([0.5], [0]), RangeError, "Received: 0.5");
  assertThrows(() => confusionMatrix([2], [0], { labels: ["a", "b"] }), RangeError, "Received: class 2");
});
