import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { Lesson } from "./lesson.ts";
import { assertVerdicts } from "./verdicts.ts";

const lesson = await Lesson.open("11-gradient-descent");

/** The numbers behind a row's name in a table. */
function row(snippet: string, name: string): number[] {
  const line = lesson.output(snippet).split("\n").find((line) => line.startsWith(`${name} `));
  if (line === undefined) throw new Error(`No row ${name}`);
  return (line.slice(name.length).match(/-?\d+(\.\d+)?(e[-+]\d+)?/g) ?? []).map(Number);
}

Deno.test("On x² a step multiplies x by 1 − 2ρ: slow, fast, to and fro for ever at the rate 1, away above it", () => {
  const lines = lesson.output("const rates = [").trim().split("\n").slice(1, 7);
  const runs = lines.map((line) => line.trim().split(/ +/).map(Number));
  for (const [rate, factor, x, height] of runs) {
    assertAlmostEquals(factor, 1 - 2 * rate, 1e-12);
    assertAlmostEquals(x, 5 * factor ** 20, 1e-4);
    assertAlmostEquals(height, (5 * factor ** 20) ** 2, 1e-4);
  }
  assertEquals(runs.map(([rate]) => rate), [0.01, 0.1, 0.45, 0.9, 1, 1.05]);
});

Deno.test("The start decides which of two valleys is reached", () => {
  const [fromLeft, fromRight] = lesson.output("const twoValleys").trim().split("\n");
  // The roots of 4x³ − 6x + 1.
  assertStringIncludes(fromLeft, "x = -1.3008");
  assertStringIncludes(fromRight, "x = 1.1309");
});

Deno.test("In the ravine the rate 0.1 crawls and 1.01 climbs the walls", () => {
  const heights = lesson.output("const ravineRuns").match(/(?<=높이 )\d+\.\d+/g)!.map(Number);
  const height = (rate: number) => (7 * (1 - rate / 10) ** 30) ** 2 / 20 + (2 * (1 - 2 * rate) ** 30) ** 2;
  [0.1, 0.9, 1.01].forEach((rate, i) => assertAlmostEquals(heights[i], height(rate), 1e-4));
});

Deno.test("32,000 examples make 1, 32,000 and 1,000 steps an epoch, in the lesson's loop and in fit", () => {
  const snippet = "const N = 32_000";
  assertEquals(row(snippet, "배치 학습").slice(0, 2), [32_000, 1]);
  assertEquals(row(snippet, "온라인 학습").slice(0, 2), [1, 32_000]);
  const [batch, steps, w, b] = row(snippet, "미니 배치");
  assertEquals([batch, steps], [32, 1000]);
  assertAlmostEquals(w, 2, 0.05);
  assertAlmostEquals(b, 1, 0.05);
  assertEquals(lesson.output("const line = sequential").trim().split("\n"), [
    "batchSize 32000: 1걸음",
    "batchSize 32: 1000걸음",
  ]);
});

Deno.test("A gradient's scatter shrinks with the root of the number of examples", () => {
  for (const line of lesson.output("function scatter").trim().split("\n").slice(1)) {
    const [batch, , shrunk] = line.trim().split(/ +/).map(Number);
    assert(Math.abs(shrunk / Math.sqrt(batch) - 1) < 0.1, line);
  }
});

Deno.test("The lesson's six rules go where the library's optimizers go", () => {
  const lines = lesson.output("function followLibrary").trim().split("\n").slice(1);
  assertEquals(lines.length, 6);
  for (const line of lines) assert(Number(line.trim().split(/ +/)[1]) < 1e-4, line);
});

Deno.test("Momentum multiplies the speed on an even slope by 1/(1 − α)", () => {
  const lasts = lesson.output("for (const alpha of [0, 0.5").match(/(?<=마지막 걸음 )[\d.]+/g)!.map(Number);
  assertEquals(lasts, [0.1, 0.2, 1, 10]);
});

Deno.test("Keras' Nesterov walks over the places that the textbook's looks ahead to", () => {
  const [textbook, keras] = lesson.output("function textbookNesterov").trim().split("\n").map((line) => line.slice(5));
  assertEquals(textbook.trim(), keras.trim());
});

Deno.test("Of six ways down the lecture's loss, momentum's alone ends in the other hollow", () => {
  const snippet = "const lectureLoss";
  assertStringIncludes(lesson.output(snippet), "높이 0.6931, 기울기 0, 0");
  for (const name of ["SGD", "모멘텀", "네스테로프", "아다그라드", "알엠에스프롭", "아담"]) {
    const [w1, w2, height] = row(snippet, name);
    assert(height < Math.LN2, name);
    assertEquals([w1 < 0, w2 < 0], name === "모멘텀" ? [true, true] : [false, false], name);
  }
});

Deno.test("On the saddle plain descent lingers, what divides by the gradient's size leaves", () => {
  const y = (name: string) => row("const saddle:", name)[1];
  assert(y("SGD") < 0.1);
  assert(y("알엠에스프롭") > 1 && y("아담") > 1 && y("모멘텀") > 1);
});

Deno.test("Plain descent at 0.9 settles sooner than Adam at any rate; Adam settles at five of seven rates", () => {
  const plain = row("function settled", "SGD");
  const adam = row("function settled", "아담");
  assertEquals(plain, [389, 129, 42]);
  assertEquals(adam.length, 5);
  assert(Math.min(...adam) > 42);
  assertEquals(row("function settled", "알엠에스프롭").length, 1);
});

Deno.test("The optimizers' arguments of today stand beside the lecture's, and the old decay is inverse time decay", () => {
  const table = lesson.output("const lectureTable");
  assertStringIncludes(table, "SGD(learning_rate=0.01, momentum=0.9, nesterov=true)");
  assertStringIncludes(table, "Adagrad(learning_rate=0.001, epsilon=1e-7)");
  assertStringIncludes(table, "Adam(learning_rate=0.001, beta_1=0.9, beta_2=0.999, epsilon=1e-7)");
  for (const line of lesson.output("const rateSchedule").trim().split("\n")) {
    const [, old, now] = line.match(/\d+(\.\d+)?/g)!.map(Number);
    assertEquals(old, now);
  }
});

Deno.test("The lecture's factor exp(log(1e-6/500)) makes the rate vanish, exp(log(1e6)/500) takes it from 1e-5 to 10", () => {
  const output = lesson.output("const written");
  assertStringIncludes(output, "강의에 적힌 값: 2.0e-9");
  assertStringIncludes(output, "맞는 값: 1.028016 → 10⁻⁵에서 500번 곱하면 10.0000");
  assertStringIncludes(output, "0.00005에서 500번 곱하면 50.0000");
});

Deno.test("While the rate grows the loss falls to the noise's variance and then blows up", () => {
  const [rate, loss, blown] = lesson.output("const rateOf").match(/\d+\.\d+/g)!.map(Number);
  assertAlmostEquals(loss, 0.25, 0.01);
  assert(rate < 1 && blown > 1 && blown < 2);
});

Deno.test("The descent lesson's solutions pass, stubs and typical mistakes get the hint meant for them", async () => {
  const momentum = (step: string) =>
    `const places = [start]; let v = 0; for (let n = 0; n < steps; n++) { ${step} } return places;`;
  await assertVerdicts(lesson, [
    [
      { code: "return Math.floor(examples / batchSize);", hint: "남은 데이터를 버렸다" },
      { code: "return examples / batchSize;", hint: "걸음의 수는 정수다" },
      { code: "return batchSize;", hint: "걸음의 수를 묻는다" },
    ],
    [
      {
        code: "let x = start; for (let n = 0; n < steps; n++) x += rate * slope(x); return x;",
        hint: "기울기를 더해서 올라갔다",
      },
      { code: "return start - rate * slope(start);", hint: "한 걸음만 갔다" },
      { code: "return start - steps * rate * slope(start);", hint: "처음 자리의 기울기" },
      { code: "let x = start; for (let n = 0; n < steps; n++) x -= slope(x); return x;", hint: "제자리다" },
    ],
    [
      { code: momentum("v = -rate * slope(places[n]); places.push(places[n] + v);"), hint: "관성이 없다" },
      {
        code: momentum(
          "const g = slope(places[n]); v = alpha * v - rate * g; places.push(places[n] + alpha * v - rate * g);",
        ),
        hint: "네스테로프의 걸음",
      },
      {
        code: momentum("v = alpha * v - rate * slope(places[n]); places.push(places[n] + v);")
          .replace("return places", "return places.slice(1)"),
        hint: "출발점이 빠졌다",
      },
      {
        code: momentum("v = alpha * v - (1 - alpha) * rate * slope(places[n]); places.push(places[n] + v);"),
        hint: "1 − α를 곱했다",
      },
    ],
    [
      { code: "return Math.exp(Math.log(high / low / steps));", hint: "괄호의 자리" },
      { code: "return Math.exp(Math.log(low / high) / steps);", hint: "1보다 작아서" },
      { code: "return (high - low) / steps;", hint: "더해서 키우는" },
      { code: "return Math.log(high / low) / steps;", hint: "exp를 빠뜨렸다" },
    ],
  ]);
});
