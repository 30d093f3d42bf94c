import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Lesson } from "./lesson.ts";
import { assertVerdicts } from "./verdicts.ts";

const lesson = await Lesson.open("06-fashion-mnist");

/** The numbers of a table's row whose first cell is `name`. */
function row(snippet: string, name: string): number[] {
  const line = lesson.output(snippet).split("\n").find((text) => text.startsWith(`${name} `));
  if (line === undefined) throw new Error(`No row of ${name} in ${lesson.output(snippet)}`);
  return line.slice(name.length).match(/-?\d+(?:\.\d+)?/g)!.map(Number);
}

Deno.test("Fashion-MNIST has 60,000 and 10,000 pictures, as many of each class, and 5,000 are kept for validation", () => {
  assertStringIncludes(lesson.output("fashionMnist.load()"), "[ 60000, 28, 28 ] [ 60000 ]");
  assertStringIncludes(lesson.output("fashionMnist.load()"), "[ 10000, 28, 28 ] [ 10000 ]");
  const classes = lesson.output("const count = ").split("\n").slice(1);
  assertEquals(classes.length, 10);
  for (const line of classes) assert(/ 6000 +1000$/.test(line), line);
  assertEquals(
    lesson.numbers("const xValid").filter((value) => value !== 28),
    [55000, 5000, 10000],
  );
  assertStringIncludes(lesson.output("classNames[train.raw.y[held]]"), "Coat");
});

Deno.test("The network has the book's 266,610 parameters, made at once or layer by layer", () => {
  const summary = lesson.output("const model = sequential");
  assertStringIncludes(summary, "Total params: 266,610 ");
  assert(/flatten \(Flatten\)[\s\S]* 235,500 [\s\S]* 30,100 [\s\S]* 1,010 /.test(summary), summary);
  assertEquals(lesson.numbers("const stacked"), [235500, 30100, 1010, 266610, 266610, 266610, 266610]);
});

Deno.test("The layers are found by number and by name, and the first hidden one has weights of 784 × 300", () => {
  assertStringIncludes(lesson.output("const hidden1"), "같은가? true");
  assertStringIncludes(lesson.output("const [weights, biases]"), "가중치: [ 784, 300 ] 바이어스: [ 300 ]");
  const drawn = lesson.cells.find(({ source }) => source.includes("await plotModel("))!;
  assertStringIncludes(JSON.stringify(drawn.outputs), "Model sequential, 4 layers");
});

Deno.test("Thirty epochs of the book's 1,719 steps end within 0.01 of the book's test accuracy", () => {
  const training = lesson.output("const history = await");
  assertStringIncludes(training, "한 세대: 1719걸음");
  assertStringIncludes(training, "Epoch 30/30");
  assertEquals(training.match(/1719\/1719/g)?.length, 30);
  assertEquals(row("const [loss, accuracy]", "책"), [0.335, 0.8794]);
  const [loss, accuracy] = row("const [loss, accuracy]", "우리");
  assert(Math.abs(accuracy - 0.8794) < 0.01, String(accuracy));
  assert(Math.abs(loss - 0.335) < 0.02, String(loss));
});

Deno.test("The first three test pictures are a boot, a pullover and trousers, as the book's network says", () => {
  const [boot, pullover, trouser] = ["Ankle boot", "Pullover", "Trouser"].map((name) =>
    row("const probabilities", name)
  );
  assert(boot[0] > 0.9 && pullover[1] > 0.9 && trouser[2] > 0.9, String([boot, pullover, trouser]));
});

Deno.test("Shirts are the hardest class", () => {
  const ranking = lesson.output("const ranking").trim().split("\n");
  assertEquals(ranking.length, 10);
  assertStringIncludes(ranking[0], "Shirt");
});

Deno.test("The lecture's 784-1024-10 has 814,090 parameters and learns Fashion-MNIST too", () => {
  const [parameters, accuracy] = row("const [, wideAccuracy]", "784-1024-10");
  assertEquals(parameters, 814090);
  assert(accuracy > 0.87, String(accuracy));
});

Deno.test("The Fashion-MNIST lesson's solutions pass, stubs and typical mistakes get the hint meant for them", async () => {
  const entropy = (p: string) => `return probabilities.reduce((sum, row, n) => sum - ${p}, 0) / labels.length;`;
  const share = (right: string, all: string) =>
    "const n = Array.from(truth);" +
    `return Array.from({ length: classes }, (_, k) => n.filter((t, i) => ${right}).length / ${all});`;
  await assertVerdicts(lesson, [
    [
      { code: "return units.slice(1).reduce((sum, n, i) => sum + units[i] * n, 0);", hint: "바이어스를 빠뜨렸다" },
      { code: "return units.slice(1).reduce((sum, n, i) => sum + units[i] * (n + 1), 0);", hint: "입력 쪽에" },
      { code: "return units.slice(1).reduce((sum, n, i) => sum + units[i] * n + 1, 0);", hint: "층마다 하나가 아니라" },
      {
        code: "return units.reduce((sum, n, i) => sum + n * ((units[i - 1] ?? 0) + 1), 0);",
        hint: "입력층까지",
      },
    ],
    [
      { code: "return probabilities.reduce((sum, row, n) => sum - Math.log(row[labels[n]]), 0);", hint: "더하기만" },
      { code: entropy("Math.log10(row[labels[n]])"), hint: "상용로그" },
      { code: entropy("Math.log(Math.max(...row))"), hint: "가장 큰 확률" },
      { code: entropy("-Math.log(row[labels[n]])"), hint: "빼기 부호" },
    ],
    [
      {
        code: share("t === k && answers[i] === k", "Array.from(answers).filter((a) => a === k).length"),
        hint: "정밀도",
      },
      { code: share("t === k && answers[i] === k", "n.length"), hint: "모든 이미지의 수" },
      { code: share("t === k && answers[i] !== k", "n.filter((t) => t === k).length"), hint: "틀린 비율" },
      { code: share("t === k && answers[i] === k", "1"), hint: "맞힌 개수" },
    ],
  ]);
});
