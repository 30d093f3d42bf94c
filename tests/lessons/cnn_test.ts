import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Lesson } from "./lesson.ts";
import { assertVerdicts } from "./verdicts.ts";

const lesson = await Lesson.open("19-cnn");

/** The numbers of a table's row whose first cell is `name`. */
function row(snippet: string, name: string): number[] {
  const line = lesson.output(snippet).split("\n").map((text) => text.trim()).find((text) =>
    text.startsWith(`${name}  `)
  );
  if (line === undefined) throw new Error(`No row of ${name} in ${lesson.output(snippet)}`);
  return line.slice(name.length).match(/-?\d+(?:\.\d+)?/g)!.map(Number);
}

Deno.test("A convolution by hand finds the upright edge, and tf.conv2d says the same to the digit", () => {
  assertEquals(lesson.numbers("function convolve(image"), [27, 27, 0, 27, 27, 0, 18, 18, 0]);
  assertEquals(lesson.numbers("const byLibrary"), [1, 3, 3, 1, 0]);
});

Deno.test("The layers' widths are those of the formulas, for both kinds of padding", () => {
  const lines = lesson.output("computeOutputShape").trim().split("\n").slice(1);
  assertEquals(lines.length, 5);
  for (const line of lines) {
    const [, , , valid, validLayer, same, sameLayer] = line.trim().split(/\s+/).map(Number);
    assertEquals([validLayer, sameLayer], [valid, same]);
  }
});

Deno.test("Each pooling makes the map change less when the digit moves", () => {
  const changes = lesson.output("for (let pooled").trimEnd().split("\n").slice(1)
    .map((line) => Number(line.split(/ +/).at(-1)));
  assertEquals(changes.length, 4);
  assert(changes.every((change, i) => i === 0 || change < changes[i - 1]), String(changes));
});

Deno.test("The CNN has 34,826 parameters, reads at least 99% of MNIST's test digits, and errs less than the lecture's MLP", () => {
  assertStringIncludes(lesson.output("const cnn = sequential"), "Total params: 34,826 ");
  const [cnnParameters, , cnn] = row("const [cnnLoss", "CNN");
  const [mlpParameters, , mlp] = row("const [cnnLoss", "MLP");
  assertEquals([cnnParameters, mlpParameters], [34826, 814090]);
  assert(cnn >= 0.99, String(cnn));
  assert(cnn > mlp, `${cnn} ${mlp}`);
});

Deno.test("Digits moved by three pixels are read far better by the CNN", () => {
  const [cnn, mlp] = row("const shiftedAccuracy", "3");
  assert(cnn > mlp + 0.2, `${cnn} ${mlp}`);
});

Deno.test("CIFAR-10 is the tenth that the lesson speaks of, and augmentation makes up for some of what is missing", () => {
  assertStringIncludes(lesson.output("const { classNames }"), "훈련: [ 5000, 32, 32, 3 ] 시험: [ 1000, 32, 32, 3 ]");
  const table = "const last = ";
  const [[, , mlp], [, trained, cnn], [, augmentedTrained, augmented]] = ["MLP", "CNN", "CNN + 증강"]
    .map((name) => row(table, name));
  assert(mlp < cnn && cnn < augmented, String([mlp, cnn, augmented]));
  assert(trained - cnn > augmentedTrained - augmented, "The gap between training and test shrinks");
  assert(augmented > 0.55, String(augmented));
});

Deno.test("The history reaches from the cat's eye to transformers, and AlexNet's 15.3% is ImageNet's", () => {
  const history = lesson.output("plotTimeline([");
  assertStringIncludes(history, "Timeline from 1959 to 2020");
  assertStringIncludes(history, "2012: AlexNet, ImageNet 대회의 오류율 15.3%");
  const [error] = lesson.numbers("우리 CNN의 손글씨 오류율");
  assert(error <= 1, String(error));
});

Deno.test("The CNN lesson's solutions pass, stubs and typical mistakes get the hint meant for them", async () => {
  const pool = (best: string) =>
    "return Array.from({ length: image.length / size }, (_, r) => Array.from({ length: image[0].length / size }, (_, c) => {" +
    "const values = image.slice(r * size, (r + 1) * size).flatMap((row) => row.slice(c * size, (c + 1) * size));" +
    `return ${best}; }));`;
  const convolution = (k: string, top: string, length: string) =>
    "const at = (r: number, c: number) => image[r]?.[c] ?? 0; const k = kernel.length;" +
    `const length = Math.floor((image.length + 2 * p - k) / s) + 1; const flat = ${k};` +
    `return Array.from({ length: ${length} }, (_, r) => Array.from({ length: ${length} }, (_, c) =>` +
    `flat.reduce((sum, weight, n) => sum + weight * at(r * ${top} + Math.floor(n / k), c * ${top} + n % k), 0)));`;
  await assertVerdicts(lesson, [
    [
      { code: "return Math.floor((n + 2 * p - k) / s);", hint: "1을 더하지 않았다" },
      { code: "return Math.floor((n + p - k) / s) + 1;", hint: "양쪽에 두른다" },
      { code: "return (n + 2 * p - k) / s + 1;", hint: "남는 칸은 버린다" },
      { code: "return n + 2 * p - k + 1;", hint: "보폭을 잊었다" },
    ],
    [
      { code: pool("values.reduce((a, b) => a + b) / values.length"), hint: "평균 풀링" },
      { code: pool("Math.max(0, ...values)"), hint: "음수만 있는 칸" },
      { code: pool("Math.min(...values)"), hint: "가장 작은 값" },
      {
        code: "return image.slice(1).map((row, r) => row.slice(1).map((value, c) => " +
          "Math.max(value, row[c], image[r][c], image[r][c + 1])));",
        hint: "한 칸씩 밀었다",
      },
    ],
    [
      {
        code: "return filters.reduce((sum, n, i) => sum + k * k * (filters[i - 1] ?? channels) * n, 0);",
        hint: "바이어스",
      },
      { code: "return filters.reduce((sum, n) => sum + (k * k * channels + 1) * n, 0);", hint: "둘째 층부터" },
      { code: "return filters.reduce((sum, n) => sum + (k * k + 1) * n, 0);", hint: "채널 수를 곱한다" },
      {
        code: "return filters.reduce((sum, n, i) => sum + (k * (filters[i - 1] ?? channels) + 1) * n, 0);",
        hint: "커널은 k×k다",
      },
    ],
    [
      { code: convolution("kernel.flat()", "1 - p", "image.length + 2 * p - k + 1"), hint: "보폭이 1이다" },
      {
        code: convolution("kernel.flat()", "s", "Math.floor((image.length - k) / s) + 1"),
        hint: "둘레에 0을 두르지 않았다",
      },
      { code: convolution("kernel.flat().reverse()", "s - p", "length"), hint: "커널을 뒤집었다" },
      {
        code: convolution("kernel[0].flatMap((_, j) => kernel.map((row) => row[j]))", "s - p", "length"),
        hint: "가로와 세로가 바뀌었다",
      },
    ],
  ]);
});
