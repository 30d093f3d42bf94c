import { assertEquals, assertThrows } from "@std/assert";
import { parameterGrid } from "baeum/tuning";

Deno.test("parameterGrid lists combinations in scikit-learn's order: names sorted, the last changing fastest", () => {
  // list(ParameterGrid({"b": [1, 2], "a": [True, False]}))
  assertEquals(parameterGrid({ b: [1, 2], a: [true, false] }), [
    { a: true, b: 1 },
    { a: true, b: 2 },
    { a: false, b: 1 },
    { a: false, b: 2 },
  ]);
});

Deno.test("parameterGrid of nothing is the one combination without settings", () => {
  assertEquals(parameterGrid({}), [{}]);
});

Deno.test("parameterGrid of a setting without values has no combination", () => {
  assertEquals(parameterGrid({ a: [1, 2], b: [] }), []);
});

Deno.test("parameterGrid refuses a setting that is no list", () => {
  assertThrows(() => parameterGrid({ activation: "relu" } as unknown as { activation: string[] }), TypeError, '"relu"');
});
