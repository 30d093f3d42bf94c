import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Lesson } from "./lesson.ts";
import { assertVerdicts } from "./verdicts.ts";

const lesson = await Lesson.open("12-optimizers");

/** The numbers of a table's row whose first cell is `name`. */
function row(snippet: string, name: string): number[] {
  const line = lesson.output(snippet).split("\n").find((text) => text.startsWith(`${name} `));
  if (line === undefined) throw new Error(`No row of ${name} in ${lesson.output(snippet)}`);
  return line.slice(name.length).match(/-?\d+(?:\.\d+)?/g)!.map(Number);
}

/** The words that describe the figure of the one cell with `snippet` in it. */
function alt(snippet: string): string {
  const cell = lesson.cells.find(({ source }) => source.includes(snippet))!;
  return /aria-label=\\"(.*?)\\"/.exec(JSON.stringify(cell.outputs))![1];
}

const NAMES = ["SGD", "Adam", "Adagrad", "RMSprop"];

Deno.test("The optimizers' network has 1,859,082 parameters, and a seed makes two of them start alike", () => {
  assertEquals(lesson.numbers("const byHand"), [1859082, 1859082]);
  assertStringIncludes(lesson.output("const seededEach"), "같은가? true");
  assertStringIncludes(lesson.output("const seededEach"), "같은가? false");
});

Deno.test("The four optimizers start with Keras' learning rates and remember as many numbers a weight as Keras' do", () => {
  const rates = NAMES.map((name) => row("const contestants", name)[0]);
  assertEquals(rates, [0.01, 0.001, 0.001, 0.001]);
  const megabytes = NAMES.map((name) => row("const contestants", name).at(-1)!);
  assertEquals(megabytes.map((each) => Math.round(each / (1859082 * 4 / 1e6))), [0, 2, 1, 1]);
});

Deno.test("All four train on all of Fashion-MNIST for the lecture's 50 epochs, and the default Adagrad falls behind the other three", () => {
  assertStringIncludes(lesson.output("const [samples, tested]"), "[ 60000, 784 ]");
  for (const name of NAMES) assertStringIncludes(lesson.output(`await compete("${name}"`), "50/50");
  const accuracies = NAMES.map((name) => row("훈련 − 시험", name)[0]);
  const adagrad = accuracies[NAMES.indexOf("Adagrad")];
  assertEquals(Math.min(...accuracies), adagrad);
  for (const accuracy of accuracies) assert(accuracy > 0.75 && accuracy < 0.92, String(accuracies));
  assert(accuracies[1] > 0.87, String(accuracies));
});

Deno.test("One chart overlays the accuracies of training and validation from 0.6 to 1, another the losses", () => {
  for (const figure of [alt('title: "최적화 함수에 따른 정확도"'), alt('title: "최적화 함수에 따른 손실"')]) {
    for (const name of NAMES) {
      assert(new RegExp(`${name}: from [\\d.]+ to [\\d.]+, validation from`).test(figure), figure);
    }
  }
});

Deno.test("Momentum and Nesterov leave the plain SGD behind by more than the three seeds differ", () => {
  const widths = ["SGD", "모멘텀", "네스테로프", "Adagrad", "RMSprop", "Adam"].map((name) => row("띠의 너비", name));
  for (const [mean, low, high] of widths) assert(low <= mean && mean <= high);
  const [sgd, momentum, nesterov] = widths;
  assert(momentum[1] > sgd[2] && nesterov[1] > sgd[2], String(widths));
  assertStringIncludes(alt('title: "씨앗 셋의 평균과 띠'), "네스테로프, mean of 3");
});

Deno.test("Ten times the learning rate brings the slow two forward", () => {
  const figure = alt('title: "학습률을 바꾸었을 때');
  const ends = [...figure.matchAll(/(SGD|Adagrad), ([\d.]+): from [\d.]+ to ([\d.]*\d)/g)].map((m) => Number(m[3]));
  assertEquals(ends.length, 4);
  assert(ends[1] > ends[0] && ends[3] > ends[2], figure);
});

Deno.test("The same cell runs on WASM and, where there is an adapter, comes to the same loss on WebGPU", () => {
  const output = lesson.output("const tried");
  assert(/^wasm .*true/m.test(output), output);
  assert(/^webgpu .*true/m.test(output) || output.includes("No GPU adapter was found"), output);
});

Deno.test("The optimizers lesson's solutions pass, stubs and typical mistakes get the hint meant for them", async () => {
  const walk = (body: string, start = "0.1") =>
    `let [s, d] = [${start}, 0]; for (let n = 0; n < steps; n++) { ${body} } return d;`;
  await assertVerdicts(lesson, [
    [
      { code: "return accuracies.indexOf(Math.max(...accuracies));", hint: "0부터 세었다" },
      { code: "return Math.max(...accuracies);", hint: "몇 번째인지를 묻는다" },
      { code: "return accuracies.lastIndexOf(Math.max(...accuracies)) + 1;", hint: "먼저 나온 것" },
      { code: "return accuracies.length;", hint: "마지막 세대다" },
    ],
    [
      {
        code: "return curves[0].map((_, e) => { const v = curves.map((c) => c[e]); " +
          "return [Math.max(...v), v.reduce((a, b) => a + b) / v.length, Math.min(...v)]; });",
        hint: "자리가 바뀌었다",
      },
      {
        code: "return curves[0].map((_, e) => { const v = curves.map((c) => c[e]); " +
          "return [Math.min(...v), v.reduce((a, b) => a + b), Math.max(...v)]; });",
        hint: "더하기만 했다",
      },
      {
        code: "return curves.map((v) => [Math.min(...v), v.reduce((a, b) => a + b) / v.length, Math.max(...v)]);",
        hint: "씨앗마다 묶었다",
      },
      {
        code: "return curves[0].map((_, e) => { const v = curves.map((c) => c[e]).sort((a, b) => a - b); " +
          "return [v[0], v[1], v[2]]; });",
        hint: "중앙값",
      },
    ],
    [
      { code: walk("s += slope ** 2; d += rate * slope / Math.sqrt(s);", "0"), hint: "s가 0에서 시작했다" },
      { code: walk("d += rate * slope / Math.sqrt(s + slope ** 2);"), hint: "쌓이지 않았다" },
      { code: walk("s += slope ** 2; d += rate * slope / s;"), hint: "제곱근을 빠뜨렸다" },
      { code: walk("s += slope; d += rate * slope / Math.sqrt(s);"), hint: "기울기의 제곱" },
      { code: walk("d += rate * slope / Math.sqrt(s); s += slope ** 2;"), hint: "먼저 s에 더하고" },
      { code: walk("d += rate * slope;"), hint: "고전적 SGD" },
    ],
  ]);
});
