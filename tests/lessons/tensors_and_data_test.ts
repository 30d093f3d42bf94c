import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { tf } from "baeum/tensors";
import { Lesson } from "./lesson.ts";
import { assertVerdicts } from "./verdicts.ts";

const lesson = await Lesson.open("03-tensors-and-data");

/** The numbers in a text, in their order. */
const numbersOf = (text: string) => (text.match(/-?\d+(?:\.\d+)?/g) ?? []).map(Number);

/** The rows of a table that a cell showed, without its heading, each split at its gaps. */
const rowsOf = (snippet: string) =>
  lesson.output(snippet).trim().split("\n").slice(1).map((row) => row.trim().split(/\s+/));

Deno.test("The lecture's random 2 × 3 tensor is that of its seed, from 0 up to 1", () => {
  const shown = numbersOf(lesson.output("tf.randomUniform").split("float32")[1]);
  const again = [...tf.randomUniform([2, 3], 0, 1, "float32", 42).dataSync()];
  assertEquals(shown.length, 6);
  shown.forEach((value, i) => {
    assert(value >= 0 && value < 1, String(value));
    assertAlmostEquals(value, again[i], 1e-7);
  });
});

Deno.test("The random numbers are NumPy's and Keras' for seed 42", () => {
  const [numpy, keras] = lesson.output("RandomState(42)").trim().split("\n").map((line) =>
    numbersOf(line.split("[ ")[1])
  );
  // numpy.random.RandomState(42).random_sample(3); keras.random.uniform([3], seed=42) of Keras 3 on TensorFlow.
  assertEquals(numpy, [0.3745401188473625, 0.9507143064099162, 0.7319939418114051]);
  assertEquals(keras, [0.2824331521987915, 0.4984169006347656, 0.7154585123062134]);
});

Deno.test("Tensors of rank 0 to 4 have as many numbers as their shape says", () => {
  const lines = lesson.output("for (const tensor of [scalar").trim().split("\n");
  assertEquals(lines.map((line) => Number(line[0])), [0, 1, 2, 3, 4]);
  for (const line of lines) {
    const shape = numbersOf(line.match(/\[(.*)\]/)![1]);
    assertEquals(Number(line.match(/(\d+)개/)![1]), shape.reduce((a, b) => a * b, 1));
  }
});

Deno.test("A slice begins where the lesson says and has as many rows and columns as it says", () => {
  assertEquals(
    lesson.output("const grid").match(/모양 \[.*\]/g),
    ["모양 [3, 4]", "모양 [2, 3]", "모양 [3, 1]"],
  );
});

Deno.test("Means without their axis do not fit a 3 × 4 table, and silently go the wrong way in a square one", () => {
  const [wide, square] = lesson.output("const square").trim().split("\n");
  assertStringIncludes(wide, "오류");
  assertEquals(numbersOf(square.split("합:")[1]), [-9, 0, 9]);
});

Deno.test("MNIST and Boston Housing have the lecture's shapes; the CIFAR-10 of the mirror is a tenth of it", () => {
  const output = lesson.output("const digits = await mnist.load()");
  assertStringIncludes(output, "MNIST: [ 60000, 28, 28 ] [ 60000 ]");
  assertStringIncludes(output, "Boston Housing: [ 404, 13 ] [ 404 ]");
  assertStringIncludes(output, "CIFAR-10: [ 5000, 32, 32, 3 ] [ 5000 ]");
});

Deno.test("News cut to ten words are a table of three rows", () => {
  assertStringIncludes(lesson.output("const sentences"), "Tensor [3, 10] int32");
});

Deno.test("Each image shown has its label; the first digit is a 5, the first of the clothes an ankle boot", () => {
  assertStringIncludes(lesson.output("MNIST: 손글씨 숫자"), "20 images of 28 × 28 pixels. Labels: 5, 0, 4, 1, 9");
  assertStringIncludes(lesson.output("Fashion-MNIST: 옷과 신발"), "Labels: Ankle boot, T-shirt/top");
});

Deno.test("Boston's houses have the mean, deviation and median that the table of 404 districts is known for", () => {
  const rows = Object.fromEntries(rowsOf("describe(boston").map(([name, ...values]) => [name, values.map(Number)]));
  assertEquals(rows["count"], [404, 404, 404, 404, 404, 404]);
  // keras.datasets.boston_housing.load_data() as a DataFrame, describe(): RM, TAX and MEDV.
  assertEquals([1, 3, 5].map((column) => rows["mean"][column]), [6.27, 405.9, 22.4]);
  assertEquals([1, 3, 5].map((column) => rows["std"][column]), [0.71, 166.37, 9.21]);
});

Deno.test("A standardised tax is its distance from the mean in standard deviations", () => {
  const [before, after] = lesson.output("new StandardScaler").trim().split("\n").map((line) =>
    numbersOf(line.split(":")[1])
  );
  // 166.37 is the sample's deviation, 404 rows make that of the population 0.1 % less.
  before.forEach((tax, i) => assertAlmostEquals(after[i], (tax - 405.9) / (166.37 * Math.sqrt(403 / 404)), 0.006));
});

Deno.test("A stratified split has as many flowers of each species in both parts as their share is", () => {
  const lines = lesson.output("trainTestSplit(flowers.x").trim().split("\n");
  assertEquals(lines.map(numbersOf), [[120, 4, 40, 40, 40], [30, 4, 10, 10, 10]]);
});

Deno.test("The tensors lesson's solutions pass, stubs and typical mistakes get the hint meant for them", async () => {
  const shape = "const [count, height, width] = images.shape;";
  await assertVerdicts(lesson, [
    [
      { code: `${shape} return images.reshape([count, height * width]);`, hint: "아직 0에서 1로 줄이지 않았다" },
      { code: "return images.div(255);", hint: "두 축을 하나로 편다" },
      { code: "return images.flatten().div(255);", hint: "장수까지 펴 버렸다" },
      {
        code: `${shape} return images.reshape([count, height * width]).div(images.max());`,
        hint: "가장 밝은 값으로 나누었다",
      },
      { code: `${shape} return images.reshape([count * height, width]).div(255);`, hint: "높이와 너비를 곱한 만큼" },
    ],
    [
      {
        code: `${shape} const [top, left] = [(height - size) / 2, (width - size) / 2];
          return images.slice([0, top, left], [count, top + size, left + size]);`,
        hint: "끝나는 자리가 아니라 개수다",
      },
      { code: "return images.slice([0, 0, 0], [-1, size, size]);", hint: "왼쪽 위 구석을 오렸다" },
      {
        code: `${shape} return images.slice([0, height - size, width - size], [count, size, size]);`,
        hint: "양쪽에 반씩 나눈다",
      },
      {
        code: `${shape} return images.slice([0, (height - size) / 2, (height - size) / 2], [count, size, size]);`,
        hint: "들어가는 만큼을 따로 구한다",
      },
      {
        code: `${shape} return images.slice([0, (width - size) / 2, (height - size) / 2], [count, size, size]);`,
        hint: "차례가 바뀌었다",
      },
      {
        code: `${shape} return images.slice([0, (height - size) / 2, (width - size) / 2], [1, size, size]);`,
        hint: "첫 장만 남았다",
      },
    ],
    [
      {
        code: "return images.sub(images.min()).div(images.max().sub(images.min()));",
        hint: "사진마다 따로 잰다",
      },
      {
        code: "const low = images.min([1, 2]); return images.sub(low).div(images.max([1, 2]).sub(low));",
        hint: "크기 1로 남겨야",
      },
      {
        code: "const low = images.min(0); return images.sub(low).div(images.max(0).sub(low));",
        hint: "장수의 축을 줄였다",
      },
      {
        code: "const low = images.min(2, true); return images.sub(low).div(images.max(2, true).sub(low));",
        hint: "줄마다 따로 재었다",
      },
      {
        code: "return images.sub(images.min([1, 2], true)).div(images.max([1, 2], true));",
        hint: "어두운 값을 뺀 뒤의 폭으로 나눈다",
      },
      { code: "return images.div(images.max([1, 2], true));", hint: "가장 밝은 값과 가장 어두운 값의 차이" },
    ],
  ]);
});
