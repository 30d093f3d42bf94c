import { assertEquals, assertStringIncludes } from "@std/assert";
import { Lesson } from "./lesson.ts";
import { assertVerdicts } from "./verdicts.ts";

const lesson = await Lesson.open("01-perceptron");

Deno.test("The lecture's AND_gate with 0.4, 0.2 and -0.5 answers 0 0 0 1", () => {
  const rows = lesson.output("function andGate").trim().split("\n").slice(1).map((row) => row.trim().split(/\s+/));
  assertEquals(rows.map((row) => row.at(-1)), ["0", "0", "0", "1"]);
  assertEquals(rows.map(([, , sum]) => Number(sum)), [-0.5, -0.3, -0.1, 0.1]);
});

Deno.test("The four logical neurons are identity, AND, OR, and A and not B", () => {
  const rows = lesson.output("const logical").trim().split("\n").slice(1).map((row) => row.trim().split(/\s+/));
  const column = (i: number) => rows.map((row) => row[i]).join(" ");
  assertEquals([2, 3, 4, 5].map(column), ["0 0 1 1", "0 0 0 1", "0 1 1 1", "0 0 1 0"]);
});

Deno.test("The run by rounds is right for 75 % after round 1, wrong where the lecture's is, and ends right", () => {
  const output = lesson.output("interface Round");
  assertStringIncludes(output, "1라운드: 정답률 75%");
  const rows = output.split("\n").slice(-4).map((row) => row.trim().split(/\s+/).map(Number));
  assertEquals(rows.map((row) => row[3]), [0, 0, 1, 1]);
  assertEquals(rows.map((row) => row.at(-1)), [0, 0, 0, 1]);
});

Deno.test("The lecture's table of round 2, 1 0 0 1, is none that one neuron can give, nor is XOR", () => {
  assertStringIncludes(lesson.output("const draws"), "14가지");
  assertStringIncludes(lesson.output("const draws"), "1 0 0 1: 0번,  0 1 1 0: 0번");
});

Deno.test("The assignment's perceptron prints weights [0.4 0.2], bias -0.4 and the four predictions", () => {
  assertEquals(lesson.output("const and = new Perceptron").trim().split("\n"), [
    "학습된 가중치: [0.4 0.2]",
    "학습된 편향: -0.4",
    "입력: [0 0], 정답: 0, 예측: 0",
    "입력: [0 1], 정답: 0, 예측: 0",
    "입력: [1 0], 정답: 0, 예측: 0",
    "입력: [1 1], 정답: 1, 예측: 1",
  ]);
});

Deno.test("The threshold 1e-7 matters: with 0, NAND's sum for [1, 0] is dust that counts as a 1", () => {
  const [zero, small] = lesson.output("const nandTarget").trim().split("\n").slice(-2);
  assertStringIncludes(zero, "5.551115123125783e-17");
  assertStringIncludes(small, "0.2000000");
});

Deno.test("AND, OR and NAND are learned, XOR is not, after 5,000 epochs either", () => {
  for (const line of lesson.output("const targets = {").trim().split("\n").slice(1)) {
    const [target, answer] = line.match(/[01] [01] [01] [01]/g)!;
    assertEquals(answer, target);
  }
  assertEquals(/0 1 1 0/.test(lesson.output("const xorTries").split("\n").slice(2).join("\n")), false);
});

Deno.test("The iris perceptron makes no mistake; shuffled as scikit-learn does it may answer 0 to [2, 0.5], as the lecture has it", () => {
  assertStringIncludes(lesson.output("const inOrder"), "틀린 꽃: 0");
  assertStringIncludes(lesson.output("const scikitLearn"), "섞어서: 0");
  assertStringIncludes(lesson.output("const scikitLearn"), "scikit-learn의 직선: 0  그 합: 0");
});

Deno.test("The perceptron rule with the lecture's sign gets worse, with the right one perfect", () => {
  assertStringIncludes(lesson.output("correctByRound"), "w + η(정답 − 출력)x: from 3 to 4");
  assertStringIncludes(lesson.output("correctByRound"), "w + η(출력 − 정답)x: from 3 to 1");
});

Deno.test("The perceptron lesson's solutions pass, stubs and typical mistakes get the hint meant for them", async () => {
  await assertVerdicts(lesson, [
    [
      { code: "return x1 + x2 - 0.5 > 0 ? 1 : 0;", hint: "OR의 반대" },
      { code: "return -x1 - x2 + 1.5 > 0 ? 1 : 0;", hint: "바이어스를 더 작게" },
      { code: "return -x1 - x2 > 0 ? 1 : 0;", hint: "합은 바이어스뿐" },
      { code: "return x1 - x2 > 0 ? 1 : 0;", hint: "가중치의 부호" },
    ],
    [
      {
        code: "const step = rate * ((w1 * x1 + w2 * x2 + b > 0 ? 1 : 0) - target);" +
          "return [w1 + step * x1, w2 + step * x2, b + step];",
        hint: "더 틀리는 쪽",
      },
      {
        code: "const step = rate * (target - (w1 * x1 + w2 * x2 + b > 0 ? 1 : 0));" +
          "return [w1 + step, w2 + step, b + step];",
        hint: "꺼져 있던 입력",
      },
      {
        code: "const step = rate * (target - (w1 * x1 + w2 * x2 + b > 0 ? 1 : 0));" +
          "return [w1 + step * x1, w2 + step * x2, b];",
        hint: "바이어스가 그대로",
      },
      { code: "return [w1, w2];", hint: "모양이 다르다" },
    ],
    [
      {
        code: "const gate = new Perceptron();" +
          "for (let epoch = 0; epoch < limit; epoch++) { gate.fit(inputs, targets, { epochs: 1 });" +
          "if (inputs.every((input, n) => gate.predict(input) === targets[n])) return epoch; } return -1;",
        hint: "0부터 세었다",
      },
      {
        code: "const gate = new Perceptron(); let epoch = 1;" +
          "for (; epoch < limit; epoch++) { gate.fit(inputs, targets, { epochs: 1 });" +
          "if (inputs.every((input, n) => gate.predict(input) === targets[n])) break; } return epoch;",
        hint: "끝내 배우지 못한다",
      },
      {
        code: "const gate = new Perceptron();" +
          "for (let epoch = 1; epoch <= limit; epoch++) { gate.fit(inputs, targets, { epochs: 1 });" +
          "if (inputs.some((input, n) => gate.predict(input) === targets[n])) return epoch; } return -1;",
        hint: "every를 썼는가",
      },
    ],
  ]);
});
