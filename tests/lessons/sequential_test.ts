import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { layers } from "baeum/models";
import { Lesson } from "./lesson.ts";
import { assertVerdicts } from "./verdicts.ts";

const lesson = await Lesson.open("14-sequential");

/** The rows of a table below its heading, cut where two blanks or more stand. */
function rows(snippet: string, heading = 1): string[][] {
  return lesson.output(snippet).trimEnd().split("\n").slice(heading).map((line) => line.trim().split(/ {2,}/));
}

/** What the lecture's list names. */
const lectured = [
  "Dense Activation Embedding Masking Lambda",
  "Conv1D Conv2D Conv3D SeparableConv1D SeparableConv2D DepthwiseConv2D Conv2DTranspose Conv3DTranspose",
  ...[
    "MaxPooling",
    "AveragePooling",
    "GlobalMaxPooling",
    "GlobalAveragePooling",
    "Cropping",
    "UpSampling",
    "ZeroPadding",
  ]
    .map((name) => [1, 2, 3].map((dimensions) => `${name}${dimensions}D`).join(" ")),
  "Reshape Flatten RepeatVector Permute",
].flatMap((names) => names.split(" "));

Deno.test("The summary's shapes and counts are those that real data meet on their way", () => {
  assertStringIncludes(lesson.output("const journey"), "Total params: 99,874 ");
  const met = rows("let flowing");
  assertEquals(met.map(([name]) => name), [
    "ZeroPadding2D",
    "Conv2D",
    "AveragePooling2D",
    "Flatten",
    "Dense",
    "Dropout",
    "Dense",
  ]);
  assertEquals(met.map((cells) => Number(cells[3])), [0, 156, 0, 0, 98868, 0, 850]);
});

Deno.test("All of the lecture's 38 layers are shown at work, each with the value it gives", () => {
  const catalogue = ["const wordNumbers", "const line5", "const cube4", "const two3"].flatMap((cell) => rows(cell));
  assertEquals(catalogue.map(([name]) => name).toSorted(), lectured.toSorted());
  for (const cells of catalogue) assertEquals(cells.length, 5, cells.join(" | "));
  assertStringIncludes(lesson.output("const makers"), `강의가 꼽은 것 ${lectured.length}가지`);
  for (const name of lectured) assert(name in layers, name);
});

Deno.test("A dense layer's penalties are the loss that is left when the data's is taken away", () => {
  for (const [name, , , left] of rows("const penalties")) assertEquals(left, "8.5000", name);
});

Deno.test("A dense layer's constraints hold after the training", () => {
  const learned = new Map(rows("const rules").map(([name, ...values]) => [name, values.map(Number)]));
  assertEquals(learned.get("nonNeg (0 이상)")![1], 0);
  assertEquals(learned.get("maxNorm 2 (길이 2 이하)")![3], 2);
  assertEquals(learned.get("unitNorm (길이 1)")![3], 1);
  assertEquals(learned.get("minMaxNorm (길이 0.5부터 1.5)")![3], 1.5);
  assertEquals(learned.get("biasConstraint maxNorm 0.3")![4], 0.3);
  assert(learned.get("조건 없음")![3] > 3);
});

Deno.test("Glorot's and He's bounds are those of the formulas", () => {
  const drawn = new Map(rows("const { variance }").map(([name, ...values]) => [name, values.map(Number)]));
  const [glorotBound, glorot, he] = [...lesson.output("글로럿 균등의 끝").matchAll(/= (0\.\d+)/g)].map(([, n]) =>
    Number(n)
  );
  assert(Math.abs(drawn.get("glorotUniform")![1] - glorotBound) < 1e-4);
  assert(Math.abs(drawn.get("glorotNormal")![2] - glorot) < 2e-3);
  assert(Math.abs(drawn.get("heNormal")![2] - he) < 2e-3);
});

Deno.test("A mask keeps padding from changing a recurrent layer's answer", () => {
  const [without, masked] = lesson.output("const sequence").trim().split("\n")
    .map((line) => [...line.matchAll(/→ (-?\d\.\d+)/g)].map(([, value]) => value));
  assert(without[0] !== without[1]);
  assertEquals(masked[0], masked[1]);
});

Deno.test("Every loss by hand is the library's, and the lecture's counts are twice those of its time", () => {
  const tables = [
    "회귀 손실 일곱",
    "확률 손실: 예/아니요",
    "확률 손실: 여러 클래스",
    "힌지 손실: 정답",
    "힌지 손실: 여러 클래스",
  ];
  const compared = tables.flatMap((caption) => rows(`compare("${caption}`, 2));
  assertEquals(compared.length, 16);
  for (const cells of compared) assertEquals(cells.at(-2), cells.at(-1), cells[0]);
  assertEquals(lesson.numbers("const counted"), [7, 2, 14, 3, 2, 6, 5, 2, 10, 17]);
});

Deno.test("The metrics of six mails are those one counts by hand", () => {
  const values = new Map(rows("const binaryMetrics").map(([name, value]) => [name, Number(value)]));
  assertEquals(values.get("precision"), 0.5);
  assertEquals(values.get("recall"), 0.667);
  assertEquals(values.get("auc"), 0.778);
  assertEquals(["truePositives", "falsePositives", "trueNegatives", "falseNegatives"].map((name) => values.get(name)), [
    2,
    2,
    1,
    1,
  ]);
});

Deno.test("The Sequential lesson's solutions pass, stubs and typical mistakes get the hint meant for them", async () => {
  const dense = (bias: string) => `return units.slice(1).reduce((sum, n, i) => sum + units[i] * n + ${bias}, 0);`;
  const model = (body: string) =>
    `return sequential({ layers: [layers.reshape({ targetShape: [28, 28, 1], inputShape: [28, 28] }), ${body}] });`;
  const conv = "layers.conv2d({ filters: 4, kernelSize: 5, strides: 4 }), layers.flatten()";
  const answer = 'layers.dense({ units: 10, activation: "softmax" })';
  await assertVerdicts(lesson, [
    [
      { code: dense("n"), hint: "useBias를 보지 않았다" },
      { code: dense("0"), hint: "바이어스를 빠뜨렸다" },
      { code: dense("(useBias ? 1 : 0)"), hint: "뉴런마다 하나다" },
      {
        code: `const inner = () => { ${dense("(useBias ? n : 0)")} }; return inner() + (useBias ? units[0] : 0);`,
        hint: "입력 뉴런에는",
      },
    ],
    [
      { code: "return [[28, 24], [14, 24], [7, 48], [21, 48], [19, 48]];", hint: "양쪽에서 자른다" },
      { code: "return [[28, 24], [14, 24], [6, 48], [18, 48], [14, 48]];", hint: "셋째 층은 same" },
      { code: "return [[32, 24], [16, 24], [8, 48], [24, 48], [20, 48]];", hint: "valid다" },
      { code: "return [[28, 24], [14, 24], [7, 48], [10, 48], [6, 48]];", hint: "곱한다" },
    ],
    [
      { code: "return weights.reduce((sum, w) => sum + l1 * w + l2 * w * w, loss);", hint: "절댓값의 합이다" },
      { code: "return weights.reduce((sum, w) => sum + (l1 + l2) * Math.abs(w), loss);", hint: "제곱의 합" },
      {
        code: "return loss + weights.reduce((sum, w) => sum + l1 * Math.abs(w) + l2 * w * w, 0) / weights.length;",
        hint: "평균이 아니라 합",
      },
      { code: "return weights.reduce((sum, w) => sum + l1 * Math.abs(w) + l2 * w * w, 0);", hint: "벌점만 셌다" },
    ],
    [
      { code: model(`layers.conv2d({ filters: 4, kernelSize: 5, strides: 4 }), ${answer}`), hint: "펴는 층을" },
      { code: model(`${conv}, layers.dense({ units: 10 })`), hint: "마지막 활성화 함수" },
      { code: model(`layers.averagePooling2d({ poolSize: 4 }), layers.flatten(), ${answer}`), hint: "Conv2D가 없다" },
      { code: model(`${conv}, layers.dense({ units: 5 }), ${answer}`), hint: "Dense는 하나만" },
      {
        code: model(`layers.conv2d({ filters: 8, kernelSize: 3 }), layers.flatten(), ${answer}`),
        hint: "더 줄여 보자",
      },
    ],
  ]);
});
