import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Lesson } from "./lesson.ts";
import { assertVerdicts } from "./verdicts.ts";

const lesson = await Lesson.open("07-deep-mlp");

/** The numbers of a table's row whose first cell is `name`. */
function row(snippet: string, name: string): number[] {
  const line = lesson.output(snippet).split("\n").find((text) => text.startsWith(`${name} `));
  if (line === undefined) throw new Error(`No row of ${name} in ${lesson.output(snippet)}`);
  return line.slice(name.length).match(/-?\d+(?:\.\d+)?(?:e[-+]\d+)?/g)!.map(Number);
}

/** The words that describe the figure of the one cell with `snippet` in it. */
function alt(snippet: string): string {
  const cell = lesson.cells.find(({ source }) => source.includes(snippet))!;
  return /aria-label=\\"(.*?)\\"/.exec(JSON.stringify(cell.outputs))![1];
}

Deno.test("The deep network has the lecture's five layers of 1,859,082 parameters, 2.28 times the shallow one's", () => {
  assertStringIncludes(lesson.output("const [samples, tested]"), "[ 60000, 784 ]");
  assertStringIncludes(lesson.output("const dmlp"), "Total params: 1,859,082 ");
  const sums = lesson.output("const byLayer");
  assertStringIncludes(sums, "803840 + 524800 + 262656 + 262656 + 5130 = 1859082 모델이 센 수: 1859082");
  assertStringIncludes(sums, "2.28배");
});

Deno.test("Thirty epochs of 469 steps bring the lecture's sigmoid network over 0.95, after a slow start", () => {
  const training = lesson.output("const history = await");
  assertEquals(training.match(/469\/469/g)?.length, 30);
  assertStringIncludes(training, "Epoch 30/30");
  const [percent] = lesson.numbers("const [, accuracy]");
  assert(percent > 95, String(percent));
  const figure = alt("plotHistory(history");
  assert(/30 epochs\. accuracy: .*validation.* loss: .*validation/.test(figure), figure);
});

Deno.test("The sigmoid network's signal fades from layer to layer, that of ReLU and He does not", () => {
  const figure = alt('title: "앞으로 가는 신호');
  const [sigmoid, relu] = ["시그모이드", "ReLU \\+ He"].map((name) => {
    const [, first, last] = new RegExp(`${name}: from ([\\d.e-]+) to ([\\d.e-]+)`).exec(figure)!;
    return Number(first) / Number(last);
  });
  assert(sigmoid > 30 && relu < 3, figure);
});

Deno.test("At the first layer the sigmoid network's gradient is at least a hundred times smaller", () => {
  const rows = lesson.output("toExponential").split("\n").slice(1).map((line) =>
    line.trim().split(/\s{2,}/).map(Number)
  );
  assertEquals(rows.map(([layer]) => layer), [1, 2, 3, 4, 5]);
  for (const [i, [, before]] of rows.entries()) assert(i === 0 || before > rows[i - 1][1], String(rows));
  assert(rows[0][3] > 100, String(rows));
});

Deno.test("ReLU, He and cross-entropy reach 0.97 sooner and end higher, on the same data", () => {
  const starved = row("const rowOf", "시그모이드 + MSE");
  const fed = row("const rowOf", "ReLU + He + 교차 엔트로피");
  assert(fed[0] > starved[0], `${starved} ${fed}`);
  assert(fed[2] < (starved.length === 4 ? starved[2] : Infinity), `${starved} ${fed}`);
  assert(fed.at(-1)! > starved.at(-1)! && fed.at(-1)! > 0.975, `${starved} ${fed}`);
});

Deno.test("Changed one at a time: without Adam nothing is learnt, with all three changes most from the start", () => {
  const last = (name: string) => row('"바꾼 것"', name);
  assert(last("Adam 대신 SGD")[1] < 0.25);
  const all = last("셋 다");
  for (const name of ["강의 그대로", "Adam 대신 SGD", "손실만 교차 엔트로피"]) assert(all[0] > last(name)[0], name);
  assert(all[1] > 0.9, String(all));
});

Deno.test("The weights that He's initializer drew have the formula's standard deviation", () => {
  const [drawn, formula] = lesson.numbers("const deviation");
  assert(Math.abs(drawn / formula - 1) < 0.01, `${drawn} ${formula}`);
});

Deno.test("The deep lesson's solutions pass, stubs and typical mistakes get the hint meant for them", async () => {
  const mean = "const mean = (v: number[]) => v.reduce((a, b) => a + b) / v.length;";
  const variance = `${mean} const variance = (v: number[], by = v.length) => ` +
    "v.reduce((s, x) => s + (x - mean(v)) ** 2, 0) / by; const nodes = outputs[0].map((_, k) => outputs.map((r) => r[k]));";
  await assertVerdicts(lesson, [
    [
      { code: "return 0.3 ** depth;", hint: "강의의 0.3이 아니다" },
      { code: "return 0.25 * depth;", hint: "더했다" },
      { code: "return 0.5 ** depth;", hint: "값이 아니라 기울기" },
      { code: "return 0.25 ** (depth - 1);", hint: "한 번 덜" },
    ],
    [
      { code: "return 2 / fanIn;", hint: "분산이다" },
      { code: "return Math.sqrt(1 / fanIn);", hint: "2가 빠졌다" },
      { code: "return Math.sqrt(6 / fanIn);", hint: "균등 분포의 끝" },
      { code: "return Math.sqrt(fanIn / 2);", hint: "위아래가" },
    ],
    [
      { code: `${variance} return mean(nodes.map((v) => variance(v)));`, hint: "분산을 평균했다. 뉴런마다" },
      { code: `${variance} return Math.sqrt(mean(nodes.map((v) => variance(v))));`, hint: "제곱근이 먼저다" },
      { code: `${variance} return mean(nodes.map((v) => Math.sqrt(variance(v, v.length - 1))));`, hint: "N − 1" },
      { code: `${variance} return mean(outputs.map((v) => Math.sqrt(variance(v))));`, hint: "그림마다" },
      { code: `${variance} return nodes.reduce((s, v) => s + Math.sqrt(variance(v)), 0);`, hint: "더하기만" },
    ],
  ]);
});
