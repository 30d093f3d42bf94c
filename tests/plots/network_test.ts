import { assert, assertEquals, assertThrows } from "@std/assert";
import { plotNetwork } from "baeum/plots";
import { assertSnapshot } from "./snapshot.ts";

Deno.test("A network shows what goes forward, what comes back, and the weights between", async () => {
  const figure = plotNetwork([
    [{ name: "x₁", value: 0 }, { name: "x₂", value: 1 }],
    [{ name: "h₁", value: 0.52502, gradient: -0.0121 }, { name: "h₂", value: 0.4998, gradient: 0.01 }],
    [{ name: "y", value: 0.51, gradient: -0.12 }],
  ], [
    { column: 0, from: 0, to: 0, label: "0.1" },
    { column: 0, from: 0, to: 1, label: "−0.3" },
    { column: 0, from: 1, to: 0, label: "0.2" },
    { column: 0, from: 1, to: 1, label: "0.4" },
    { column: 1, from: 0, to: 0, label: "w = 0.5" },
    { column: 1, from: 1, to: 0 },
  ], { title: "역전파" });
  assertEquals(
    figure.alt,
    "역전파. x₁ = 0; x₂ = 1; h₁ = 0.525 (gradient −0.012); h₂ = 0.5 (gradient 0.01); y = 0.51 (gradient −0.12). " +
      "x₁ to h₁: 0.1; x₁ to h₂: −0.3; x₂ to h₁: 0.2; x₂ to h₂: 0.4; h₁ to y: w = 0.5.",
  );
  await assertSnapshot(figure, "network");
});

Deno.test("A network's names are text, whatever characters they hold", () => {
  assert(plotNetwork([[{ name: "a<b" }]], []).svg.includes("a&lt;b</text>"));
});

Deno.test("An edge to a node that is not there is refused", () => {
  assertThrows(() => plotNetwork([[{ name: "x" }]], [{ column: 0, from: 0, to: 0 }]), RangeError, "0: 0 to 0");
});
