import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { desc } from "arquero";
import { dataTable, iris } from "baeum/datasets";
import { describe } from "baeum/preprocessing";

const flowers = dataTable(await iris.load(), { ...iris, target: "species" });

Deno.test("dataTable has a column for each feature and the classes' names, ready for Arquero and describe", () => {
  assertEquals(flowers.columnNames(), [...iris.featureNames, "species"]);
  const widest = flowers.orderby(desc("petal width (cm)")).get("species", 0);
  assertEquals(widest, "virginica");
  const mean = describe(flowers as Iterable<object>)[1];
  assertEquals((mean["sepal length (cm)"] as number).toFixed(4), "5.8433");
});

Deno.test("a notebook shows a table by its first ten rows and says how many there are", () => {
  const pictures = (flowers as unknown as { [key: symbol]: () => Record<string, string> })[
    Symbol.for("Jupyter.display")
  ]();
  assertStringIncludes(pictures["text/html"], "150 rows × 5 columns, the first 10");
  assertEquals(pictures["text/html"].match(/<tr>/g)?.length, 11);
});

Deno.test("dataTable takes a training's columns, and refuses columns of different lengths", () => {
  assertEquals(dataTable({ epoch: [0, 1], loss: [0.5, 0.25] }).objects(), [
    { epoch: 0, loss: 0.5 },
    { epoch: 1, loss: 0.25 },
  ]);
  assertThrows(() => dataTable({ a: [1], b: [1, 2] }), RangeError, "Received: 1, 2");
});

Deno.test("dataTable refuses more or fewer names than columns", async () => {
  const rows = await iris.load();
  assertThrows(() => dataTable(rows, { featureNames: ["a"] }), RangeError, "x has 4 columns. Received: 1 names");
});
