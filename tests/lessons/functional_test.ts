import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { Lesson } from "./lesson.ts";
import { assertVerdicts } from "./verdicts.ts";

const lesson = await Lesson.open("16-functional");

Deno.test("The lecture's wide & deep model has 1,239 parameters and joins 8 and 30 numbers", () => {
  const summary = lesson.output("const wideAndDeep =");
  assertStringIncludes(summary, "(None, 38)");
  assertStringIncludes(summary, "Connected to");
  assertEquals(lesson.numbers("const byHand"), [270, 930, 39, 1239, 1239]);
  assertStringIncludes(
    lesson.output("await plotModel(wideAndDeep,"),
    "input_layer (InputLayer) → concatenate (Concatenate)",
  );
});

Deno.test("Two inputs take 5 and 6 of the 8 features, by list or by name, and a swapped list is refused", () => {
  assertStringIncludes(lesson.output("const wideOf"), "[ 11610, 5 ] [ 11610, 6 ]");
  const [byList, byName] = lesson.output("const [byList]").match(/0\.\d{4}/g)!;
  assertEquals(byList, byName);
  assertStringIncludes(
    lesson.output("evaluate([deepOf(xValid), wideOf"),
    '"wide_input" expects an input of shape (None, 5)',
  );
});

Deno.test("The loss of two outputs is their losses' sum, weighted 0.9 and 0.1", () => {
  const [main, aux, , , sum, logged] = lesson.output("const weighted").match(/\d+\.\d+/g)!.map(Number);
  assertAlmostEquals(0.9 * main + 0.1 * aux, sum, 1e-4);
  assertAlmostEquals(sum, logged, 2e-4);
  assert(main < aux, `${main}, ${aux}`);
  assertStringIncludes(lesson.output("const auxHistory"), "val_aux_output_loss, val_loss, val_main_output_loss");
});

Deno.test("A layer that is applied twice has its weights once, and swapping its inputs turns the answer round", () => {
  assertStringIncludes(lesson.output("const compare ="), "매개변수 160 ");
  const sums = [...lesson.output("const forward").matchAll(/합 (\d\.\d+)/g)].map((match) => Number(match[1]));
  assertEquals(sums, [1, 1, 1]);
});

Deno.test("The class of one's own computes what the graph computes, and says that it cannot be saved", () => {
  assertStringIncludes(lesson.output("const own ="), "매개변수: 1207 함수형: 1207");
  const gaps = lesson.output("const own =").split("차이:")[1].match(/[\d.e-]+/g)!.map(Number);
  assertEquals(gaps.length, 2);
  assert(gaps.every((gap) => gap < 1e-5), String(gaps));
  const saved = lesson.output("await each.save(file)");
  assertStringIncludes(saved, "함수형: 저장했다. 파일이 생겼다.");
  assertStringIncludes(saved, "use saveWeights");
  const repeated = [...lesson.output("class Deepening").matchAll(/매개변수 (\d+)/g)].map((match) => Number(match[1]));
  assertEquals(repeated, [301, 1231, 1231]);
});

Deno.test("All four models learn the house prices", () => {
  const lines = lesson.output("const [towerMse]").split("\n").slice(1);
  assertEquals(lines.map((line) => Number(/ (\d{3,4}) /.exec(line)![1])), [301, 1239, 1176, 1207]);
  for (const line of lines) assert(Number(/0\.\d+$/.exec(line)![0]) < 0.4, line);
});

Deno.test("The functional lesson's solutions pass, stubs and typical mistakes get the hint meant for them", async () => {
  const sum = (term: string) => `return Object.entries(losses).reduce((sum, [name, loss]) => sum + ${term}, 0);`;
  const graph = (hidden: string, joined: string, out: string) =>
    `const start = input({ shape: [4] }); const hidden = layers.dense({ units: 4, ${hidden} }).apply(start);` +
    `return model({ inputs: start, outputs: layers.dense({ units: 1, ${out} }).apply(${joined}) });`;
  const relu = 'activation: "relu"';
  await assertVerdicts(lesson, [
    [
      { code: "return (features + 1) * units + (units + 1) * units + units + 1;", hint: "짧은 길의 입력" },
      { code: "return features * units + units * units + features + units;", hint: "바이어스를 빠뜨렸다" },
      { code: "return (features + 1) * units + features + units + 1;", hint: "두 번째 은닉층을" },
      {
        code: "return (features + 1) * units + (features + units + 1) * units + features + units + 1;",
        hint: "두 번째 은닉층 다음",
      },
    ],
    [
      { code: sum("loss"), hint: "더하기만" },
      { code: sum("loss * (weights[name] ?? 0)"), hint: "0이 아니라 1" },
      { code: sum("loss * (weights[name] || 1)"), hint: "??를 쓴다" },
      { code: sum("loss * weights[name]"), hint: "undefined" },
    ],
    [
      { code: graph(relu, "hidden", ""), hint: "더하는 길이 없다" },
      { code: graph(relu, "layers.concatenate().apply([start, hidden])", ""), hint: "이어 붙였다" },
      { code: graph("", "layers.add().apply([start, hidden])", ""), hint: "ReLU가 아니다" },
      { code: graph(relu, "layers.add().apply([start, hidden])", relu), hint: "출력층에는" },
      { code: graph(relu, "layers.add().apply([hidden, hidden])", ""), hint: "자기 자신" },
    ],
  ]);
});
