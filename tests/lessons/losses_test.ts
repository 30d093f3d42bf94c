import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { Lesson } from "./lesson.ts";
import { assertVerdicts } from "./verdicts.ts";

const lesson = await Lesson.open("10-losses");

/** The rows of a table that a cell showed, without its heading, each split at the gaps between columns. */
const rowsOf = (snippet: string) =>
  lesson.output(snippet).trim().split("\n").slice(1).map((row) => row.trim().split(/\s{2,}/));

Deno.test("Softmax cannot say two labels at once, as sigmoid does; a ReLU's output is no probability", () => {
  const rows = rowsOf("const photo").map((row) => row.slice(1).map(Number));
  for (const [softmax, sigmoid] of rows.slice(0, 2)) assert(softmax < 0.5 && sigmoid > 0.95);
  assertStringIncludes(lesson.output("// ReLU"), "NaN");
  assertStringIncludes(lesson.output("// ReLU"), "-Infinity");
});

Deno.test("The lecture's three scores have the mean squared error 7300 / 3, by hand and by the library", () => {
  const [, byHand, library] = lesson.output("const squares").trim().split("\n");
  assertStringIncludes(byHand, "2433.3333");
  assertAlmostEquals(Number(library.match(/[\d.]+$/)![0]), 7300 / 3, 1e-2);
});

Deno.test("With the lecture's minus before MSE, going down leads away from the target", () => {
  const lines = lesson.output("function descend").trim().split("\n").map((line) =>
    line.match(/-?\d+\.\d+/g)!.map(Number)
  );
  const [plus, minus] = lines.at(-1)!;
  assertAlmostEquals(plus, 2, 0.01);
  assert(minus > 100, String(minus));
});

Deno.test("Entropy is 1 bit for a fair coin, log₂ 6 for a die, and 0 for what is certain", () => {
  const bits = Object.fromEntries(rowsOf("function entropy").map(([name, value]) => [name, Number(value)]));
  assertEquals(bits["공평한 동전"], 1);
  assertEquals(bits["앞면만 나오는 동전"], 0);
  assertAlmostEquals(bits["주사위"], Math.log2(6), 1e-4);
});

Deno.test("The worked cross-entropy is the lecture's 0.35667, computed by hand and by both of the library's losses", () => {
  assertStringIncludes(lesson.output("function crossEntropy"), "H(p, q) = 0.35667 ");
  const [byHand, categorical, sparse] = lesson.output("const guesses").trim().split("\n").map((line) =>
    line.match(/\d\.\d+/g)!.map(Number)
  );
  assertEquals(byHand[0], 0.35667);
  byHand.forEach((value, i) => {
    assertAlmostEquals(categorical[i], value, 2e-5);
    assertAlmostEquals(sparse[i], value, 2e-5);
  });
});

Deno.test("Cross-entropy is entropy and divergence together, and least where the belief is the truth", () => {
  const rows = rowsOf("const kl =").map((row) => row.map(Number));
  for (const [, cross, own, divergence] of rows) assertAlmostEquals(cross, own + divergence, 2e-4);
  assert(rows[1][1] < rows[0][1] && rows[1][1] < rows[2][1]);
  assertAlmostEquals(rows[1][3], 0, 1e-4);
});

Deno.test("Softmax of 1, 1, 2 is the lecture's 0.2119, 0.2119, 0.5761, also with 10 more everywhere", () => {
  const [byHand, library, lecture, sum, moved] = lesson.output("const byHand = softmax").trim().split("\n").map((
    line,
  ) => line.match(/\d\.\d+/g)!.map(Number));
  assertEquals(byHand, [0.2119, 0.2119, 0.5761]);
  assertEquals([library, lecture, moved], [byHand, byHand, byHand]);
  assertEquals(sum, [1]);
});

Deno.test("The lecture's three chances have the binary cross-entropy −(ln 0.1 + ln 0.2 + ln 0.6) / 3", () => {
  const [each, byHand, library] = lesson.output("const surprises").trim().split("\n").map((line) =>
    line.match(/\d\.\d+/g)!.map(Number)
  );
  const wanted = [0.1, 0.2, 0.6].map((p) => -Math.log(p));
  each.forEach((value, i) => assertAlmostEquals(value, wanted[i], 1e-4));
  const mean = wanted.reduce((a, b) => a + b) / 3;
  assertAlmostEquals(byHand[0], mean, 1e-4);
  assertAlmostEquals(library[0], mean, 1e-4);
});

Deno.test("MSE's gradient is smaller where the error is larger, cross-entropy's is the error itself", () => {
  const rows = rowsOf("const slopeTable").map((row) => row.map(Number));
  const at = (z: number) => rows.find(([value]) => value === z)!;
  assert(at(-6)[2] > at(-2)[2] && Math.abs(at(-6)[3]) < Math.abs(at(-2)[3]) / 10);
  for (const [, output, error, mse, crossEntropy] of rows) {
    assertAlmostEquals(mse, -2 * error * output * (1 - output), 2e-4);
    assertAlmostEquals(crossEntropy, -error, 2e-4);
  }
});

Deno.test("A neuron that is far off learns much sooner by cross-entropy", () => {
  const [mse, crossEntropy] = lesson.output("const arrival").match(/MSE (\d+), 교차 엔트로피 (\d+)/)!.slice(1).map(
    Number,
  );
  assert(mse > 10 * crossEntropy, `${mse} ${crossEntropy}`);
});

Deno.test("MSE finds the mean, MAE the median, and Huber is not drawn away by the outlier either", () => {
  const [mse, huber, mae] = lesson.output("const incomes").trim().split("\n").map((line) =>
    Number(line.split(": ")[1])
  );
  assertEquals([mse, mae], [22, 3]);
  assertAlmostEquals(huber, 3, 0.1);
});

Deno.test("The catalogue has a finite value for each of the library's seventeen losses", () => {
  const rows = lesson.output("const catalogue").trim().split("\n").slice(2).map((row) => row.trim().split(/\s{2,}/));
  assertEquals(rows.length, 17);
  for (const [, name, value] of rows) assert(Number.isFinite(Number(value)), name);
  const value = (wanted: string) => Number(rows.find(([, name]) => name === wanted)![2]);
  for (const name of ["binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy"]) {
    assertEquals(value(name), 0.3567);
  }
});

Deno.test("The losses lesson's solutions pass, stubs and typical mistakes get the hint meant for them", async () => {
  await assertVerdicts(lesson, [
    [
      { code: "return predictions.reduce((sum, y, i) => sum + Math.abs(targets[i] - y), 0);", hint: "더하기만 했다" },
      {
        code: "return predictions.reduce((sum, y, i) => sum + targets[i] - y, 0) / targets.length;",
        hint: "서로 지워졌다",
      },
      {
        code: "return predictions.reduce((sum, y, i) => sum + (targets[i] - y) ** 2, 0) / targets.length;",
        hint: "제곱했다",
      },
    ],
    [
      { code: "return softmax(x);", hint: "NaN" },
      { code: "return x.map((value) => Math.exp(value - Math.max(...x)));", hint: "합이 1이 아니다" },
      { code: "return x.map((value) => value / x.reduce((a, b) => a + b));", hint: "지수 함수" },
      { code: "return softmax(x.map((value) => value / Math.max(...x)));", hint: "나누지 말고 뺀다" },
    ],
    [
      { code: "return softmax(z).map((y, i) => t[i] - y);", hint: "부호가 반대" },
      { code: "return softmax(z).map((y) => y);", hint: "정답이 들어가야" },
      { code: "return softmax(z).map((y, i) => (y - t[i]) * y * (1 - y));", hint: "약분한다" },
      { code: "return softmax(z).map((y, i) => -t[i] / y);", hint: "출력 y에 대한 기울기" },
    ],
  ]);
});
