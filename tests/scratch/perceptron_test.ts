import { assert, assertEquals, assertThrows } from "@std/assert";
import { Perceptron } from "baeum/scratch";

const inputs = [[0, 0], [0, 1], [1, 0], [1, 1]];

Deno.test("Perceptron learns AND with the lecture's weights 0.4 and 0.2 and bias -0.4", () => {
  const and = new Perceptron({ learningRate: 0.2 }).fit(inputs, [0, 0, 0, 1], { epochs: 50 });
  assertEquals([...and.weights, and.bias].map((value) => Number(value.toFixed(10))), [0.4, 0.2, -0.4]);
  assertEquals(inputs.map((input) => and.predict(input)), [0, 0, 0, 1]);
});

Deno.test("Perceptron learns OR and NAND, which a line can separate", () => {
  for (const targets of [[0, 1, 1, 1], [1, 1, 1, 0]]) {
    const gate = new Perceptron().fit(inputs, targets);
    assertEquals(inputs.map((input) => gate.predict(input)), targets);
  }
});

Deno.test("Perceptron cannot learn XOR, however long it tries", () => {
  const xor = new Perceptron().fit(inputs, [0, 1, 1, 0], { epochs: 5000 });
  assert(inputs.some((input, i) => xor.predict(input) !== [0, 1, 1, 0][i]));
});

Deno.test("Perceptron starts from the weights that it is given, and leaves the caller's list alone", () => {
  const weights = [0.4, 0.2];
  const gate = new Perceptron({ weights, bias: -0.5 });
  assertEquals(inputs.map((input) => gate.predict(input)), [0, 0, 0, 1]);
  gate.fit(inputs, [0, 1, 1, 1]);
  assertEquals(weights, [0.4, 0.2]);
});

Deno.test("Perceptron refuses samples of different width, and samples without a target", () => {
  assertThrows(() => new Perceptron().fit([[0, 1], [1]], [0, 1]), RangeError, "2 and 1 inputs");
  assertThrows(() => new Perceptron().fit([[0, 1]], []), RangeError, "0 targets");
});
