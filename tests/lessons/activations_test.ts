import { assert, assertAlmostEquals, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Lesson } from "./lesson.ts";
import { assertVerdicts } from "./verdicts.ts";

const lesson = await Lesson.open("08-activations");

/** The rows of a table that a cell showed, without its heading, each split at the gaps between columns. */
const rowsOf = (snippet: string) =>
  lesson.output(snippet).trim().split("\n").slice(1).map((row) => row.trim().split(/\s{2,}/));

/** The numbers of a table's rows, by each row's name. */
const valuesOf = (snippet: string) =>
  Object.fromEntries(rowsOf(snippet).map(([name, ...values]) => [name, values.map(Number)]));

Deno.test("The step has no slope anywhere, the sigmoid some everywhere", () => {
  const rows = rowsOf("const stepSlopes").map((row) => row.map(Number));
  assertEquals(rows.length, 6);
  for (const [z, step, sigmoid] of rows) {
    assertEquals(step, 0);
    assert(sigmoid > 0, String(z));
  }
});

Deno.test("The sigmoid's steepest slope is 0.25, not the lecture's 0.3, and tanh's is 1", () => {
  const [sigmoid, tanh, lecture] = lesson.output("const steepest").trim().split("\n").map((line) =>
    Number(line.match(/기울기 ([\d.]+)/)![1])
  );
  assertEquals([sigmoid, tanh, lecture], [0.25, 1, 0.3]);
});

Deno.test("Tanh is a sigmoid twice as wide and high", () => {
  assertStringIncludes(lesson.output("const apart"), "10⁻¹²보다 작다");
});

Deno.test("A saturated sigmoid gives 0 or 1, and its slope is 0 at both ends", () => {
  const rows = rowsOf("const sizes").map((row) => row.map(Number));
  const [z, high, low, slope, tanhSlope, relu] = rows.find(([z]) => z === 10)!;
  assertAlmostEquals(high, 1, 1e-4);
  assertAlmostEquals(low, 0, 1e-4);
  assertAlmostEquals(slope, Math.exp(-z), 1e-7);
  assert(tanhSlope < slope);
  assertEquals(relu, 1);
});

Deno.test("All eight functions and their derivatives are the library's", () => {
  const rows = rowsOf("const library");
  assertEquals(rows.map(([name]) => name), [
    "계단",
    "시그모이드",
    "tanh",
    "ReLU",
    "누수 ReLU",
    "ELU",
    "소프트플러스",
    "맥스아웃",
  ]);
  for (const [, ...differences] of rows) assertEquals(differences, ["없음", "없음"]);
});

Deno.test("Keras' leaky ReLUs have the slopes 0.2 and 0.3; the lecture's 0.1 has to be asked for", () => {
  const values = lesson.output("const byName").trim().split("\n").map((line) => Number(line.match(/-[\d.]+$/)![0]));
  assertEquals(values, [-0.1, -0.2, -0.3, -0.1]);
});

Deno.test("Softmax of 1, 1, 2 is what the lecture printed, to all eight digits", () => {
  const [ours, lecture] = lesson.output("function softmax").trim().split("\n").slice(0, 2).map((line) =>
    line.match(/\d\.\d{8}/g)!.map(Number)
  );
  assertEquals(lecture, [0.21194156, 0.21194156, 0.57611688]);
  assertEquals(ours, lecture);
});

Deno.test("Softmax's derivative is a table whose rows add up to 0, as automatic differentiation finds", () => {
  const output = lesson.output("const jacobian");
  assertStringIncludes(output, "자동 미분과 같은가: true");
  const rows = output.trim().split("\n").slice(1, 4).map((row) => row.trim().split(/\s{2,}/).slice(1).map(Number));
  rows.forEach(([a, b, c, sum], i) => {
    assertAlmostEquals(a + b + c, 0, 2e-4);
    assertEquals(sum, 0);
    assert(rows[i][i] > 0);
  });
});

Deno.test("Ten factors of 0.25 leave a millionth, six times less than ten of 0.3", () => {
  const [layers, quarter, lecture, times] = rowsOf("const depths").at(-1)!.map(Number);
  assertEquals(layers, 10);
  assertAlmostEquals(quarter, 0.25 ** 10, 1e-10);
  assertAlmostEquals(lecture, 0.3 ** 10, 1e-6);
  assertAlmostEquals(times, 1.2 ** 10, 1e-4);
});

Deno.test("A deep sigmoid network loses three quarters of its gradient in each layer; tanh and ReLU do not", () => {
  const { 시그모이드: sigmoid, tanh, ReLU: relu } = valuesOf('"한 층에 몇 배"');
  assertAlmostEquals(sigmoid[3], 0.25, 0.01);
  assert(sigmoid[2] < 1e-5);
  for (const [first, last, ratio] of [tanh, relu]) assert(ratio > 0.5 && first > 0 && last > 0);
  // The bars show the same numbers, one for each layer.
  const bars = lesson.output("plotBars(").match(/시그모이드: (.+?)\. tanh/)![1].split(", ").map(Number);
  assertEquals(bars.length, 10);
  bars.slice(1).forEach((value, l) => assert(value > 2 * bars[l], `layer ${l + 2}: ${value}`));
});

Deno.test("The deep sigmoid network learns nothing by SGD, what is shallow or made of tanh or ReLU does", () => {
  const rows = valuesOf("50세대의 손실");
  const [, loss, accuracy] = rows["시그모이드 10층, SGD"];
  assertAlmostEquals(loss, Math.log(3), 0.05);
  assert(accuracy < 0.5);
  for (const name of ["tanh 10층, SGD", "ReLU 10층, SGD", "시그모이드 1층, SGD", "ReLU 10층, 아담"]) {
    assert(rows[name][2] > 0.9, name);
  }
  const [half, end] = rows["시그모이드 10층, 아담"];
  assertAlmostEquals(half, Math.log(3), 0.01);
  assert(end < half);
});

Deno.test("A ReLU neuron whose sums are negative never moves; leaky ReLU and ELU revive it", () => {
  const output = lesson.output("function reviveOrNot");
  assertMatch(output, /\. ReLU: from -2 to -2, between -2 and -2\./);
  for (const name of ["누수 ReLU", "ELU"]) {
    assert(Number(output.match(new RegExp(`${name}: from -2 to (-?[\\d.]+),`))![1]) > -0.5, name);
  }
});

Deno.test("A large rate kills every ReLU on data that are all positive, and none on scaled ones", () => {
  const rows = rowsOf("const counted").map(([data, ...values]) => ({ data, values: values.map(Number) }));
  assertEquals(rows.map(({ values }) => values[0]), [0, 0.01, 0.1, 0.3, 0.3]);
  const [untrained, , , large, scaled] = rows.map(({ values }) => values);
  assert(untrained[1] > 0);
  assertEquals(large[1], 32);
  assert(large[2] < 0.4 && large[4] > 0.8, String(large));
  assertEquals(scaled[1], 0);
  assert(scaled[2] > 0.9);
});

Deno.test("The activations lesson's solutions pass, stubs and typical mistakes get the hint meant for them", async () => {
  const chain = (factor: string, step = "*", begin = 1) =>
    `let [a, slope] = [x, ${begin}];
     for (const w of weights) { a = sigmoid(w * a); slope = slope ${step} (${factor}); }
     return slope;`;
  await assertVerdicts(lesson, [
    [
      { code: "return Math.min(slope * z, z);", hint: "작은 쪽을 골랐다" },
      { code: "return Math.max(0, z);", hint: "그냥 ReLU다" },
      { code: "return z < 0 ? -slope : z;", hint: "기울기 자체를 돌려주었다" },
      { code: "return z < 0 ? -slope * z : z;", hint: "부호는 그대로" },
    ],
    [
      { code: "return z >= 0 ? z : alpha * (Math.exp(z) - 1);", hint: "함수 자체다" },
      { code: "return z >= 0 ? 1 : alpha * (Math.exp(z) - 1);", hint: "상수 1은 미분하면" },
      { code: "return z >= 0 ? 1 : Math.exp(z);", hint: "α가 빠졌다" },
      { code: "return z >= 0 ? 1 : 0;", hint: "ReLU의 미분이다" },
    ],
    [
      {
        code:
          "const v = pieces.map(([w, b]) => w * z + b); const m = Math.min(...v); return [m, pieces[v.indexOf(m)][0]];",
        hint: "가장 작은 조각",
      },
      {
        code: "return [Math.max(...pieces.map(([w, b]) => w * z + b)), Math.max(...pieces.map(([w]) => w))];",
        hint: "이긴 조각의 w다",
      },
      {
        code: "const v = pieces.map(([w]) => w * z); const m = Math.max(...v); return [m, pieces[v.indexOf(m)][0]];",
        hint: "b를 더하지 않았다",
      },
      {
        code: "const v = pieces.map(([w, b]) => w * z + b); const m = Math.max(...v); return [m, v.indexOf(m)];",
        hint: "몇 번째 조각인지",
      },
    ],
    [
      { code: chain("a * (1 - a)"), hint: "가중치가 빠졌다" },
      { code: chain("w"), hint: "시그모이드의 기울기" },
      { code: chain("w * a * (1 - a)", "+", 0), hint: "더하지 않고 곱한다" },
      { code: chain("w * sigmoid(a) * (1 - sigmoid(a))"), hint: "두 번 지났다" },
    ],
  ]);
});
