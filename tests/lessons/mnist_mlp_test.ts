import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Lesson } from "./lesson.ts";
import { assertVerdicts } from "./verdicts.ts";

const lesson = await Lesson.open("05-mnist-mlp");

/** The words that describe the figure of the one cell with `snippet` in it. */
function alt(snippet: string): string {
  const cell = lesson.cells.find(({ source }) => source.includes(snippet))!;
  return /aria-label=\\"(.*?)\\"/.exec(JSON.stringify(cell.outputs))![1];
}

Deno.test("MNIST has the lecture's shapes, and all 60,000 pictures are trained on", () => {
  assertStringIncludes(
    lesson.output("mnist.load()"),
    "[ 60000, 28, 28 ] [ 60000 ] [ 10000, 28, 28 ] [ 10000 ]",
  );
  assertStringIncludes(lesson.output("const samples"), "[ 60000, 784 ] 가장 큰 값: 1");
});

Deno.test("784-1024-10 has 814,090 parameters, by hand and by the model", () => {
  assertStringIncludes(lesson.output("const model = sequential"), "Total params: 814,090 ");
  assertEquals(lesson.numbers("const byHand"), [814090, 814090]);
});

Deno.test("The history has Keras' four keys with thirty values each", () => {
  const lines = lesson.output("Object.entries(history.history)").trim().split("\n");
  assertEquals(lines.map((line) => line.split(":")[0]), ["accuracy", "loss", "val_accuracy", "val_loss"]);
  for (const line of lines) assertStringIncludes(line, "값 30개");
  const rows = lesson.output("const rows = history.table()").trim().split("\n");
  assertEquals(rows.slice(1).map((line) => Number(line.trim().split(/\s+/)[0])), [0, 1, 2, 27, 28, 29]);
});

Deno.test("The live figure stays with all thirty epochs, and accuracy and loss are drawn as in the lecture", () => {
  for (const figure of [alt("live: true,"), alt('title: "모델의 정확도"'), alt('title: "모델의 손실"')]) {
    assertStringIncludes(figure, ": 30 epochs.");
    assertStringIncludes(figure, "validation from");
  }
});

Deno.test("The shallow network reads at least 97 of 100 test pictures, and the wrong ones are those that it counts", () => {
  const [percent] = lesson.numbers("const [loss, accuracy]");
  assert(percent >= 97, String(percent));
  const [, wrong] = lesson.output("const wrong").match(/(\d+)장을 틀렸다/)!.map(Number);
  assertEquals(10000 - wrong, Math.round(percent * 100));
  assertStringIncludes(alt("const shown"), "20 of 20 predictions wrong");
  assertStringIncludes(alt("confusionMatrix(test"), `10000 samples, ${10000 - wrong} of them right`);
  assertEquals(lesson.numbers("const matrix = confusion("), [10000 - wrong, wrong]);
});

Deno.test("The most frequent mistakes are in falling order, and the first is the confusion matrix's", () => {
  const rows = lesson.output("const pairs").trim().split("\n").slice(2).map((line) =>
    line.trim().split(/\s+/).map(Number)
  );
  assertEquals(rows.length, 5);
  for (const [i, [, , times]] of rows.entries()) assert(i === 0 || times <= rows[i - 1][2]);
  const [truth, said, times] = rows[0];
  assert(truth !== said);
  assertStringIncludes(alt("confusionMatrix(test"), `, ${times} times`);
});

Deno.test("The model that is loaded from the file gives the same outputs to the last bit", () => {
  const [megabytes] = lesson.numbers("await model.save(file)");
  assert(megabytes > 9 && megabytes < 11, String(megabytes));
  const loaded = lesson.output("await loadModel(file)");
  assertStringIncludes(loaded, "출력이 끝자리까지 같은가? true");
  assertEquals(lesson.numbers("await loadModel(file)")[0], lesson.numbers("const [loss, accuracy]")[0]);
});

Deno.test("Undivided pixels saturate the hidden layer, and the divided ones win after six epochs", () => {
  assertEquals(lesson.numbers("const saturated"), [0, 95]);
  const [divided, undivided] = lesson.output("await trial.fit").trim().split(/\n+/)
    .map((line) => line.match(/[\d.]+(?=%)/g)!.map(Number));
  assertEquals([divided.length, undivided.length], [6, 6]);
  assert(undivided[0] > divided[0] && divided[5] > undivided[5], `${divided} ${undivided}`);
});

Deno.test("The MNIST lesson's solutions pass, stubs and typical mistakes get the hint meant for them", async () => {
  const ten = (condition: string, length = 10) =>
    `return Array.from({ length: ${length} }, (_, k) => ${condition} ? 1 : 0);`;
  const right = "outputs.filter((row, i) => row.indexOf(Math.max(...row)) === labels[i]).length";
  const filled = (update: string) =>
    `const matrix = Array.from({ length: classes }, () => new Array<number>(classes).fill(0)); ` +
    `truth.forEach((t, i) => { ${update} }); return matrix;`;
  await assertVerdicts(lesson, [
    [
      { code: ten("k === digit - 1"), hint: "한 칸 앞" },
      { code: ten("k !== digit"), hint: "0과 1이 바뀌었다" },
      { code: ten("k <= digit"), hint: "작은 칸까지" },
      { code: ten("k === digit", 9), hint: "열 칸이다" },
    ],
    [
      { code: `return ${right};`, hint: "맞힌 개수" },
      { code: `return 1 - ${right} / labels.length;`, hint: "틀린 비율" },
      {
        code: "return outputs.filter((row, i) => Math.max(...row) === labels[i]).length / labels.length;",
        hint: "값이 아니라 자리",
      },
      { code: "return outputs.filter((row, i) => row[labels[i]] > 0.5).length / labels.length;", hint: "0.5를 넘는지" },
      { code: `return 100 * ${right} / labels.length;`, hint: "백분율" },
    ],
    [
      { code: filled("matrix[said[i]][t] += 1;"), hint: "가로줄과 세로줄" },
      {
        code:
          "const row = new Array<number>(classes).fill(0); const matrix = new Array<number[]>(classes).fill(row); " +
          "truth.forEach((t, i) => { matrix[t][said[i]] += 1; }); return matrix;",
        hint: "줄 하나를",
      },
      { code: filled("if (t === said[i]) matrix[t][t] += 1;"), hint: "맞힌 것만" },
      { code: filled("matrix[t][said[i]] = 1;"), hint: "있는지만" },
    ],
  ]);
});
