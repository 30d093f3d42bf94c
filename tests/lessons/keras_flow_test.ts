import { assert, assertAlmostEquals, assertStringIncludes } from "@std/assert";
import { Lesson } from "./lesson.ts";
import { assertVerdicts } from "./verdicts.ts";

const lesson = await Lesson.open("04-keras-flow");

Deno.test("AND's Dense(2) has 6 parameters, not the lecture's 3, and XOR's network has 27", () => {
  assertStringIncludes(lesson.output("const model = makeModel"), "Total params: 6 ");
  assertStringIncludes(lesson.output("const xor = makeXorModel"), "Total params: 27 ");
  assert(/dense \(Dense\).* 15 .*\n.*\n.*dense_1 \(Dense\).* 12 /.test(lesson.output("const xor = makeXorModel")));
});

Deno.test("AND ends at the lecture's loss of 0.6457 after 100 epochs with softmax, and never with sigmoid", () => {
  assertStringIncludes(lesson.output("const andHistory"), "loss 0.6457 ");
  const [sigmoid, softmax] = lesson.output("async function finalLosses").trim().split("\n").map((line) =>
    line.match(/\d\.\d+/g)!.map(Number)
  );
  assert(sigmoid[0] > 0.66, String(sigmoid));
  assert(softmax[0] <= 0.6457 && softmax[1] >= 0.6457, String(softmax));
});

Deno.test("The lecture's predictions add up to 1 in each row, as softmax's do and sigmoid's do not", () => {
  const [lecture, ours] = lesson.output("const lecturePrediction").trim().split("\n").map((line) =>
    line.match(/\d\.\d+/g)!.map(Number)
  );
  lecture.forEach((sum) => assertAlmostEquals(sum, 1, 2e-6));
  assert(ours.some((sum) => Math.abs(sum - 1) > 1e-3));
});

Deno.test("XOR is learned in 1,000 epochs; the lecture's 0.3597 lies among the losses of forty seeds", () => {
  assertStringIncludes(lesson.output("const xorHistory"), "accuracy 1");
  const [least, , most] = lesson.output("const finals").match(/\d\.\d{4}/g)!.map(Number);
  assert(least < 0.3597 && most > 0.3597, `${least} ${most}`);
});

Deno.test("A model answers the same after its weights went through a file", () => {
  assertStringIncludes(lesson.output("const revived"), "되살린 뒤의 대답: 0 1 1 0");
  assertStringIncludes(lesson.output("const revived"), "같은가? true");
});

Deno.test("Going down the loss surface ends lower with the rate 1 than with 0.1, both with AND's answers", () => {
  const lines = lesson.output("for (const rate of [1, 0.1])").trim().split("\n");
  const losses = lines.map((line) => Number(/손실 (\S+),/.exec(line)![1]));
  assert(losses[0] < losses[1]);
  for (const line of lines) assertStringIncludes(line, "대답 0 0 0 1");
});

Deno.test("The Keras lesson's solutions pass, stubs and typical mistakes get the hint meant for them", async () => {
  const nand = (targets: string, epochs = 200) =>
    'const nand = makeModel("softmax");' +
    'nand.compile({ optimizer: optimizers.adam({ learningRate: 0.1 }), loss: "categorical_crossentropy" });' +
    `await nand.fit(x, toCategorical(${targets}, 2), { epochs: ${epochs}, verbose: 0 });` +
    "return nand.predict(x)";
  await assertVerdicts(lesson, [
    [
      {
        code: "return labels.map((label) => Array.from({ length: classes }, (_, k) => k + 1 === label ? 1 : 0));",
        hint: "1부터 세었다",
      },
      {
        code: "return labels.map((label) => Array.from({ length: classes }, (_, k) => k === label ? 0 : 1));",
        hint: "정답 칸이 0",
      },
      { code: "return labels as never;", hint: "클래스마다 한 칸씩" },
    ],
    [
      { code: `${nand("[0, 0, 0, 1]")}.argMax(-1);`, hint: "AND를 배웠다" },
      { code: `${nand("[0, 1, 1, 1]")}.argMax(-1);`, hint: "OR를 배웠다" },
      { code: `${nand("[1, 1, 1, 0]", 1)}.argMax(-1);`, hint: "연습 2" },
      { code: `${nand("[1, 1, 1, 0]")};`, hint: "모양이 다르다" },
    ],
    [
      {
        code: "return -probabilities.map((y, n) => targets[n] * Math.log(y) + (1 - targets[n]) * Math.log(1 - y))" +
          ".reduce((a, b) => a + b);",
        hint: "더하기만 했다",
      },
      {
        code: "return -probabilities.reduce((sum, y, n) => sum + targets[n] * Math.log(y), 0) / targets.length;",
        hint: "1인 것만 세었다",
      },
      {
        code: "return -probabilities.reduce((sum, y, n) => sum + Math.log10(targets[n] === 1 ? y : 1 - y), 0)" +
          " / targets.length;",
        hint: "상용로그",
      },
      {
        code: "return probabilities.reduce((sum, y, n) => sum + Math.log(targets[n] === 1 ? y : 1 - y), 0)" +
          " / targets.length;",
        hint: "부호가 반대",
      },
    ],
  ]);
});
