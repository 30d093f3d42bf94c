import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Lesson } from "./lesson.ts";
import { assertVerdicts } from "./verdicts.ts";

const lesson = await Lesson.open("20-exercises");

/** The rows of a table below its heading, cut where two blanks or more stand. */
function rows(snippet: string): string[][] {
  return lesson.output(snippet).trimEnd().split("\n").slice(1).map((line) => line.trim().split(/ {2,}/));
}

Deno.test("AND of OR and NAND is XOR, which one perceptron does not learn", () => {
  const table = rows("const alone");
  assertEquals(table.map((row) => row[3]), table.map((row) => row[5]));
  assertEquals(table.map((row) => row[5]), ["0", "1", "1", "0"]);
  assert(table.some((row) => row[4] !== row[5]));
});

Deno.test("The perceptron never settles on mixed flowers, where logistic regression is unsure of those between", () => {
  const mistakes = [...lesson.output("const mistakesAfter").matchAll(/세대 (\d+)/g)].map(([, count]) => Number(count));
  assertEquals(mistakes.length, 6);
  assert(new Set(mistakes).size > 1 && mistakes.every((count) => count > 0), String(mistakes));
  const [far, near, nearToo, beyond] = rows("const asked").map((row) => Number(row[3]));
  assert(far < 0.05 && beyond > 0.95 && near > 0.2 && nearToo < 0.8, String([far, near, nearToo, beyond]));
});

Deno.test("A step has no slope, so its first layer does not move; the logistic function's does, and solves XOR", () => {
  for (const [z, step, logistic] of rows("const [ofStep")) {
    assertEquals(step, "0");
    assert(Number(logistic) > 0, z);
  }
  const [step, sigmoid] = rows("async function tryXor");
  assertEquals([step[1], step[2]], ["0.6931", "0"]);
  assert(Number(sigmoid[1]) < 0.05 && Number(sigmoid[2]) > 1, String(sigmoid));
});

Deno.test("The 10-50-3 network has 703 parameters and computes the formula; a bias of m × n cannot be added", () => {
  assertStringIncludes(lesson.output("const byFormula"), "[10,50] [50] [50,3] [3] 모두 703");
  assertStringIncludes(lesson.output("const byFormula"), "모델과의 차이: 0");
  assertStringIncludes(lesson.output("const sums"), "m × n → 더할 수 없다");
  assertStringIncludes(lesson.output("const sums"), "m × j → 더한 모양 [ 4, 50 ]");
});

Deno.test("A spam filter that ends in ReLU has no gradient where it errs most, one that ends in a sigmoid has the largest", () => {
  const [worst] = rows("const spamLoss");
  assertEquals(worst.slice(0, 3), ["-3", "0", "0"]);
  assert(Number(worst[4]) < -0.9, String(worst));
});

Deno.test("Backpropagation by hand, by the machine and by nudging agree", () => {
  const table = rows("const byMachine");
  assertEquals(table.length, 3);
  for (const [name, ...values] of table) assertEquals(new Set(values).size, 1, name);
});

Deno.test("The learning rate grows a millionfold in 500 steps, and the one chosen is a tenth of the lowest loss'", () => {
  assertStringIncludes(lesson.output("const factor"), "500번 곱하면: 1000000");
  const [lowest, chosen] = lesson.numbers("const lowest = ").filter((value) => value < 1);
  assert(Math.abs(chosen / lowest - 0.1) < 0.01, `${lowest} ${chosen}`);
});

Deno.test("The deep MLP reads at least 98% of MNIST's test digits, and its checkpoint is the model that early stopping kept", () => {
  const [[, checkpoint, top2], [, kept]] = rows("const restored");
  assert(Number(checkpoint) >= 0.98, checkpoint);
  assert(Number(top2) > Number(checkpoint));
  assertEquals(kept, checkpoint);
  const [epochs, best] = lesson.numbers("const bestEpoch");
  assertEquals(epochs, best + 5);
  assert(epochs < 40, String(epochs));
  assertStringIncludes(lesson.output("Deno.readDir"), "train → events.out.tfevents.… 적혔다");
  assertStringIncludes(lesson.output("Deno.readDir"), "validation → events.out.tfevents.… 적혔다");
});

Deno.test("The last lesson's solutions pass, stubs and typical mistakes get the hint meant for them", async () => {
  const shapes = (wh: string, bh: string, wo: string, bo: string) =>
    `return [[m, n], ${wh}, ${bh}, ${wo}, ${bo}, [m, k]];`;
  const outputs = (spam: string, fashion: string, price: string, tags: string) =>
    `return { spam: [1, "${spam}"], fashion: [10, "${fashion}"], price: [1, "${price}"], tags: [3, "${tags}"] };`;
  const backwards = (atOutput: string, atHidden: string) =>
    "const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));" +
    "const h = sigmoid(w1 * x + b1), y = sigmoid(w2 * h + b2);" +
    `const atOutput = ${atOutput}, atHidden = ${atHidden};` +
    "return [atHidden * x, atHidden, atOutput * h, atOutput];";
  const [output, hidden] = ["(y - t) * y * (1 - y)", "atOutput * w2 * h * (1 - h)"];
  await assertVerdicts(lesson, [
    [
      { code: "return and.predict([or.predict([a, b]), nand.predict([a, b])]);", hint: "XOR다" },
      { code: "return and.predict([a, b]);", hint: "AND다" },
      { code: "const no = (x: number) => nand.predict([x, x]); return no(or.predict([a, b]));", hint: "NOR다" },
    ],
    [
      { code: shapes("[n, j]", "[m, n]", "[j, k]", "[m, k]"), hint: "X·W_h에 더해진다" },
      { code: shapes("[j, n]", "[m, j]", "[k, j]", "[m, k]"), hint: "줄 수가" },
      { code: shapes("[n, j]", "[n, j]", "[j, k]", "[j, k]"), hint: "가중치와 모양이 같지 않다" },
    ],
    [
      { code: outputs("sigmoid", "softmax", "linear", "softmax"), hint: "둘 다 있다고" },
      { code: outputs("softmax", "softmax", "linear", "sigmoid"), hint: "언제나 1이다" },
      { code: outputs("sigmoid", "softmax", "sigmoid", "sigmoid"), hint: "집값은" },
      { code: outputs("sigmoid", "sigmoid", "linear", "sigmoid"), hint: "합이 1인 확률" },
    ],
    [
      { code: backwards("y - t", hidden), hint: "출력층의 시그모이드를" },
      { code: backwards(output, "atOutput * w2"), hint: "은닉층의 시그모이드를" },
      { code: backwards(output, "atOutput * h * (1 - h)"), hint: "w₂를 곱하지" },
      { code: backwards("(t - y) * y * (1 - y)", hidden), hint: "부호가 반대다" },
      { code: backwards("2 * (y - t) * y * (1 - y)", hidden), hint: "앞에 ½이" },
    ],
  ]);
});
