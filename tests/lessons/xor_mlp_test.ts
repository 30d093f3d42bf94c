import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { Lesson } from "./lesson.ts";
import { assertVerdicts } from "./verdicts.ts";

const lesson = await Lesson.open("02-xor-mlp");

/** The last number of each of a table's rows, or the one `fromEnd` columns before. */
const column = (output: string, fromEnd = 1) =>
  output.trim().split("\n").slice(1).map((row) => Number(row.trim().split(/\s+/).at(-fromEnd)));

Deno.test("XOR comes out of OR, NAND and AND", () => {
  assertEquals(column(lesson.output("const or = new Perceptron")), [0, 1, 1, 0]);
});

Deno.test("The lecture's network of 10, 50 and 3 has the shapes of its exercise 6", () => {
  const output = lesson.output("const batch = tf.zeros");
  assertStringIncludes(output, "입력 [ 5, 10 ] 은닉층 [ 5, 50 ] 출력 [ 5, 3 ]");
  assertStringIncludes(output, "500 + 50 + 150 + 3 = 703");
});

Deno.test("The gradients by hand are MLP's, the finite differences and tfjs'", () => {
  const rows = lesson.output("const errorAt").trim().split("\n").slice(1);
  assertEquals(rows.length, 9);
  for (const row of rows) {
    const values = row.trim().split(/\s+/).slice(1).map(Number);
    assertEquals(values.length, 4);
    for (const value of values) assertAlmostEquals(value, values[0], 1e-6);
  }
  assertEquals(lesson.output("const apart").match(/보다 작다/g)?.length, 3);
});

Deno.test("XOR's outputs are the assignment's 0.043, 0.952, 0.952 and 0.061 to within 0.001", () => {
  const output = lesson.output("const losses = xor.fit");
  const [ours, lecture] = [column(output, 3), column(output, 2)];
  assertEquals(lecture, [0.0425, 0.9524, 0.9522, 0.061]);
  ours.forEach((value, i) => assertAlmostEquals(value, lecture[i], 1e-3));
});

Deno.test("Feeding the output layer with Z1, as the assignment's test is written, gives two numbers instead of one", () => {
  for (const line of lesson.output("sigmoid(Z1)").trim().split("\n")) {
    const [, hidden, output] = line.match(/\[[^\]]*\]/g)!.map((list) => list.split(",").length);
    assertEquals([hidden, output], [2, 1]);
  }
});

Deno.test("The loss begins near 1/8, as every output is near 0.5, and falls below 0.002", () => {
  const [first] = lesson.numbers("const half").filter((value) => value < 1);
  assertAlmostEquals(first, 0.125, 0.01);
  assert(lesson.numbers("const half").at(-1)! < 0.002);
});

Deno.test("Two linear layers are one: the same four numbers, and near 0.5 after learning", () => {
  const [two, one] = lesson.output("const twoLayers").trim().split("\n").map((line) => line.split(":")[1].trim());
  assertEquals(two, one);
  const learned = lesson.numbers("const flat = newNetwork");
  assertEquals(learned.length, 8);
  for (const value of learned) assertAlmostEquals(value, 0.5, 0.02);
});

Deno.test("Nineteen of twenty seeds learn XOR; two equal hidden neurons never do", () => {
  const output = lesson.output("const seeds = Array.from");
  assertEquals(output.match(/ 예$/gm)?.length, 19);
  const [first, second] = lesson.output("const zero = new MLP").split("\n").map((line) => line.split(":")[1]);
  assertEquals(first, second);
});

Deno.test("The XOR lesson's solutions pass, stubs and typical mistakes get the hint meant for them", async () => {
  await assertVerdicts(lesson, [
    [
      { code: "return sizes.slice(1).reduce((sum, to, l) => sum + sizes[l] * to, 0);", hint: "바이어스를 세지 않았다" },
      {
        code: "return sizes.slice(1).reduce((sum, to, l) => sum + sizes[l] * to, 0) + sizes.reduce((a, b) => a + b);",
        hint: "입력에는 바이어스가 없다",
      },
      { code: "return sizes.reduce((a, b) => a + b);", hint: "뉴런을 세었다" },
      { code: "return sizes.length;", hint: "이웃한 두 층" },
    ],
    [
      {
        code: "const y = sigmoid(h[0] * v[0] + h[1] * v[1] + c); return [h[0], h[1], 1].map((x) => (y - t) * x);",
        hint: "y(1 − y)를 곱하지 않았다",
      },
      {
        code: "const y = sigmoid(h[0] * v[0] + h[1] * v[1] + c); return [1, 1, 1].map(() => (y - t) * y * (1 - y));",
        hint: "세 값이 모두 델타",
      },
      {
        code:
          "const y = sigmoid(h[0] * v[0] + h[1] * v[1] + c); return [h[0], h[1], 1].map((x) => (t - y) * y * (1 - y) * x);",
        hint: "정답에서 출력을 뺐다",
      },
      { code: "return [h[0], h[1]];", hint: "모양이 다르다. 나온 것: [2], 나와야 할 것: [3]" },
    ],
    [
      { code: "return h.map((a) => (y - t) * y * (1 - y) * a * (1 - a));", hint: "가중치 v를 거쳐" },
      { code: "return v.map((weight) => (y - t) * y * (1 - y) * weight);", hint: "h(1 − h)를 곱하지 않았다" },
      { code: "return h.map((a, j) => (y - t) * v[j] * a * (1 - a));", hint: "y(1 − y)도" },
      { code: "return h.map((a, j) => (t - y) * y * (1 - y) * v[j] * a * (1 - a));", hint: "부호가 반대" },
    ],
  ]);
});
