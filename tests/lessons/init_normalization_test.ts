import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { Lesson } from "./lesson.ts";
import { assertVerdicts } from "./verdicts.ts";

const lesson = await Lesson.open("09-init-normalization");

/** The rows of a table that a cell showed, without its heading, each split at the gaps between columns. */
const rowsOf = (snippet: string) =>
  lesson.output(snippet).trim().split("\n").slice(1).map((row) => row.trim().split(/\s{2,}/));

/** The numbers of a table's rows, by each row's name. */
const valuesOf = (snippet: string) =>
  Object.fromEntries(rowsOf(snippet).map(([name, ...values]) => [name, values.map(Number)]));

/** The standard deviations that a figure of histograms tells of, by each row's name. */
const spreadsOf = (snippet: string) =>
  Object.fromEntries(
    lesson.output(snippet).split(/\.\s+/).map((part) => part.split(": standard deviation ")).filter(([, list]) => list)
      .map(([name, list]) => [name, list.split(", ").map(Number.parseFloat)]),
  );

Deno.test("Zeros leave XOR's weights where they were, equal weights stay equal, and random ones learn", () => {
  const rows = valuesOf("const starts =");
  const [zeros, halves, random] = [rows["모두 0"], rows["모두 0.5"], rows["난수"]];
  assertEquals(zeros, [0.6931, 0, 0, 0, 0]);
  assertEquals(new Set(halves.slice(1)).size, 1);
  assert(halves[1] !== 0.5 && halves[0] > 0.3, String(halves));
  assertEquals(new Set(random.slice(1)).size, 4);
  assert(random[0] < 0.05, String(random));
});

Deno.test("Drawn weights have their distribution's mean, deviation and ends", () => {
  const rows = valuesOf("const drawn =");
  const uniform = rows["균등 −1..1"], normal = rows["정규 표준편차 1"], cut = rows["잘린 정규 표준편차 1"];
  for (const [mean] of [uniform, normal, cut]) assertAlmostEquals(mean, 0, 0.03);
  assertAlmostEquals(uniform[1], 1 / Math.sqrt(3), 0.01);
  assertAlmostEquals(normal[1], 1, 0.02);
  assertAlmostEquals(cut[1], 0.88, 0.02);
  assert(uniform[2] >= -1 && uniform[3] <= 1 && cut[2] >= -2 && cut[3] <= 2 && normal[3] > 3);
});

Deno.test("Through ten layers of tanh the signal dies, saturates or lives, as the first weights have it", () => {
  const spreads = spreadsOf("const layerNames");
  assertEquals(Object.keys(spreads), ["모두 0", "정규 0.01", "정규 1", "글로럿", "He"]);
  for (const values of Object.values(spreads)) assertEquals(values.length, 10);
  assertEquals(spreads["모두 0"][9], 0);
  assert(spreads["정규 0.01"][9] < 1e-9);
  assert(spreads["정규 1"][9] > 0.9);
  assert(spreads["글로럿"][9] > 0.2 && spreads["글로럿"][9] < 0.5);
});

Deno.test("A layer multiplies the signal's variance by the number of inputs times that of the weights", () => {
  const rows = valuesOf("const signalVariance");
  for (const [name, factor] of [["정규 0.01", 0.01], ["정규 1", 100], ["글로럿", 1], ["He", 2]] as const) {
    const [, told, measured] = rows[name];
    assertAlmostEquals(told / factor, 1, 0.05, name);
    assertAlmostEquals(measured / factor, 1, 0.05, name);
  }
});

Deno.test("Behind ReLU only He's weights keep the signal: Glorot's halve its variance in each layer", () => {
  const rows = valuesOf('"10층에서 꺼진 비율"');
  assertAlmostEquals(rows["He"][2], 1, 0.1);
  assertAlmostEquals(rows["글로럿"][2], Math.SQRT1_2, 0.05);
  assertAlmostEquals(rows["정규 1"][2], Math.sqrt(50), 0.3);
  assert(rows["정규 1"][1] > 1e8 && rows["정규 0.01"][1] < 1e-10);
  for (const [, , , off] of Object.values(rows)) assertAlmostEquals(off, 0.5, 0.06);
});

Deno.test("He's gradients are more than thirty times Glorot's, in all of the ten layers", () => {
  const [, glorot, he] = lesson.output('name: "He 균등"').match(/: [^:]*?(?=\. |\.$)/g)!.slice(-3)
    .map((list) => list.slice(2).split(", ").map(Number));
  assertEquals([glorot.length, he.length], [10, 10]);
  he.forEach((value, l) => assert(value > 30 * glorot[l], `layer ${l + 1}: ${value} ${glorot[l]}`));
});

Deno.test("The lecture is right: glorot_uniform learns where random_uniform does not; he_uniform is sooner still", () => {
  const rows = Object.fromEntries(rowsOf('"처음 0.5 아래로').map(([name, ...values]) => [name, values]));
  assertAlmostEquals(Number(rows.random_uniform[1]), Math.log(3), 0.01);
  assertEquals(rows.random_uniform[2], "없다");
  assert(Number(rows.glorot_uniform[1]) < 0.2);
  assert(Number(rows.he_uniform[2]) < Number(rows.glorot_uniform[2]));
});

Deno.test("Both normalisations by hand are the library's", () => {
  for (const [, byHand, library, gaussByHand, gauss] of rowsOf("const minMax =").map((row) => row.map(Number))) {
    assertAlmostEquals(byHand, library, 1e-4);
    assertAlmostEquals(gaussByHand, gauss, 1e-4);
  }
});

Deno.test("Outliers press a column together between 0 and 1, and leave its deviation 1 by Gauss", () => {
  const spreads = spreadsOf("const shown =");
  assert(spreads["최소최대"][2] < 0.02 && spreads["최소최대"][3] < 0.04);
  for (const value of spreads["가우시안"]) assertAlmostEquals(value, 1, 1e-3);
});

Deno.test("Normalisation makes the ravine round: the same lowest loss after two steps instead of dozens", () => {
  const rows = valuesOf("const least =");
  const [raw, minMax, gauss] = [rows["그대로"], rows["최소최대"], rows["가우시안"]];
  assertEquals(new Set([raw[2], minMax[2], gauss[2]]).size, 1);
  assert(raw[0] > 40 && minMax[0] < 5 && gauss[0] < 1.5);
  assert(raw[3] > 50 && minMax[3] < 10 && gauss[3] <= 2);
});

Deno.test("A network for house prices learns from normalised columns only; on raw ones it dies and tells the mean", () => {
  const rows = Object.fromEntries(
    rowsOf("const prices =").slice(0, 4).map((row) => [row[0], row.slice(1).map(Number)]),
  );
  const [, first, last] = rows["그대로, 학습률 0.01"];
  const variance = Number(lesson.output("const prices =").match(/집값의 분산\): ([\d.]+)/)![1]);
  assert(first > 1e20);
  assertAlmostEquals(last, variance, 0.01);
  assert(rows["그대로, 학습률 10⁻⁷"][2] > variance);
  const [minMax, gauss] = [rows["최소최대, 학습률 0.01"][2], rows["가우시안, 학습률 0.01"][2]];
  assert(gauss < minMax && minMax < 0.6, `${gauss} ${minMax}`);
});

Deno.test("Batch normalisation by hand is the library's in training, and its moving averages come near the batch's", () => {
  const rows = lesson.output("const byHand = columnsOf").trim().split("\n").slice(1).map((row) =>
    row.trim().split(/\s{2,}/)
  );
  const numbers = rows.map((row) => row.slice(-4).map(Number));
  for (const neuron of [0, 3]) {
    numbers[neuron].forEach((value, i) => assertAlmostEquals(numbers[neuron + 1][i], value, 1e-3));
    assert(Math.abs(numbers[neuron + 2][0] - numbers[neuron][0]) > 0.5);
  }
  const moving = rowsOf("const seenRounds").slice(0, 4).map((row) => row.map(Number));
  assertEquals(moving.map(([batches]) => batches), [1, 10, 100, 1000]);
  moving.forEach(([batches, mean]) => assertAlmostEquals(mean, 3 * (1 - 0.99 ** batches), 1e-3));
  assertAlmostEquals(moving[3][4], 50_000, 5);
});

Deno.test("Batch normalisation heals wrong first weights, and the deep sigmoid network learns", () => {
  const spreads = spreadsOf("const normalizeBatch");
  for (const name of ["정규 0.01 + 배치 정규화", "정규 1 + 배치 정규화"]) {
    spreads[name].forEach((value) => assertAlmostEquals(value, 0.61, 0.05, name));
  }
  const rows = valuesOf('"배우지 않는 것"');
  assertAlmostEquals(rows["그대로"][0], Math.log(3), 0.05);
  assert(rows["배치 정규화"][0] < 0.5 && rows["배치 정규화"][1] > 0.9, String(rows["배치 정규화"]));
  assertEquals(rows["배치 정규화"][2] - rows["그대로"][2], 1280);
  assertEquals(rows["배치 정규화"][3], 640);
  assertStringIncludes(lesson.output("const [without, withNorm]"), "배치 정규화");
});

Deno.test("The lesson on first weights and normalisation: solutions pass, stubs and typical mistakes get their hint", async () => {
  const norm = (sigma: string, after: string) =>
    `const n = batch.length;
     const means = gamma.map((_, j) => batch.reduce((sum, row) => sum + row[j], 0) / n);
     const variances = gamma.map((_, j) => batch.reduce((sum, row) => sum + (row[j] - means[j]) ** 2, 0) / n);
     return batch.map((row) => row.map((z, j) => { const y = (z - means[j]) / ${sigma}; return ${after}; }));`;
  const scores = (over: string, center: string, spread: string) =>
    `const mu = ${over}.reduce((a, b) => a + b) / ${over}.length;
     const variance = ${over}.reduce((sum, v) => sum + (v - mu) ** 2, 0) / ${over}.length;
     const n = ${over}.length;
     return test.map((v) => (v - ${center}) / (${spread}));`;
  await assertVerdicts(lesson, [
    [
      {
        code: "const [a, b] = [Math.min(...values), Math.max(...values)]; return values.map((v) => (v - a) / (b - a));",
        hint: "0과 1 사이다",
      },
      {
        code:
          "const [a, b] = [Math.min(...values), Math.max(...values)]; return values.map((v) => 2 * (v - a) / (b - a));",
        hint: "1만큼 내려야",
      },
      {
        code:
          "const [a, b] = [Math.min(...values), Math.max(...values)]; return values.map((v) => (v - a) / (b - a) - 1);",
        hint: "옮기기만 했다",
      },
      { code: "return values.map((v) => v / Math.max(...values));", hint: "나누기만 했다" },
    ],
    [
      { code: scores("test", "mu", "Math.sqrt(variance)"), hint: "훈련 집합에서 잰다" },
      { code: scores("train", "mu", "variance"), hint: "분산으로 나누었다" },
      { code: scores("train", "mu", "Math.sqrt(variance * n / (n - 1))"), hint: "n − 1로 나눈" },
      { code: scores("train", "0 * mu", "Math.sqrt(variance)"), hint: "평균을 빼지 않았다" },
    ],
    [
      { code: "return [Math.sqrt(2 / (fanIn + fanOut)), Math.sqrt(2 / fanIn)];", hint: "√3배다" },
      { code: "return [6 / (fanIn + fanOut), 6 / fanIn];", hint: "제곱근을 빠뜨렸다" },
      { code: "return [Math.sqrt(6 / fanIn), Math.sqrt(6 / (fanIn + fanOut))];", hint: "순서가 바뀌었다" },
      { code: "return [Math.sqrt(6 / (fanIn + fanOut)), Math.sqrt(6 / fanOut)];", hint: "들어오는 수를 본다" },
    ],
    [
      { code: norm("Math.sqrt(variances[j])", "gamma[j] * y + beta[j]"), hint: "ε을 더하지 않았다" },
      { code: norm("Math.sqrt(variances[j] + 0.001)", "y"), hint: "γ를 곱하고" },
      { code: norm("(variances[j] + 0.001)", "gamma[j] * y + beta[j]"), hint: "분산으로 나누었다" },
      {
        code: `return batch.map((row) => {
          const m = row.reduce((a, b) => a + b) / row.length;
          const v = row.reduce((sum, z) => sum + (z - m) ** 2, 0) / row.length;
          return row.map((z, j) => gamma[j] * (z - m) / Math.sqrt(v + 0.001) + beta[j]);
        });`,
        hint: "가로로 정규화했다",
      },
    ],
  ]);
});
