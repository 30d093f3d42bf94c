import { assertEquals, assertStringIncludes } from "@std/assert";
import { History } from "baeum/models";

function shown(epochs: number): Record<string, string> {
  const history = new History({ verbose: 0, epochs, steps: 1 });
  for (let epoch = 0; epoch < epochs; epoch++) history.record(epoch, { accuracy: epoch / 4, loss: 1 / (epoch + 1) });
  return (history as unknown as Record<symbol, () => Record<string, string>>)[Symbol.for("Jupyter.display")]();
}

Deno.test("a history that ends a cell is shown as a table of its first and last epochs", () => {
  assertEquals(
    shown(30)["text/plain"],
    [
      "30 epochs",
      "epoch  accuracy    loss",
      "0             0       1",
      "1        0.2500  0.5000",
      "2        0.5000  0.3333",
      "…",
      "27       6.7500  0.0357",
      "28            7  0.0345",
      "29       7.2500  0.0333",
    ].join("\n"),
  );
  assertStringIncludes(shown(30)["text/html"], "<caption");
});

Deno.test("a short history is shown whole, and one without an epoch as empty", () => {
  assertEquals(shown(7)["text/plain"].split("\n").length, 9);
  assertEquals(shown(1)["text/plain"], "1 epoch\nepoch  accuracy  loss\n    0         0     1");
  assertEquals(shown(0)["text/plain"].split("\n")[0], "0 epochs");
});
