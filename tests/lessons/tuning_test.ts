import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { logUniform, parameterSampler, randInt } from "baeum/tuning";
import { Lesson } from "./lesson.ts";
import { assertVerdicts } from "./verdicts.ts";

const lesson = await Lesson.open("18-tuning");

/** The rows of the last table that a cell showed, by column. */
function rowsOf(snippet: string): Record<string, string>[] {
  const lines = lesson.output(snippet).trim().split("\n");
  const head = lines.findIndex((line) => /\s{2,}/.test(line.trim()));
  const names = lines[head].trim().split(/\s{2,}/);
  return lines.slice(head + 1).filter((line) => line.trim().split(/\s{2,}/).length >= names.length).map((line) => {
    const cells = line.trim().split(/\s{2,}/);
    return Object.fromEntries(names.map((name, i) => [name, cells[i]]));
  });
}

Deno.test("The lecture's buildModel has 301 parameters, and each dial's poorest value is measured to be so", () => {
  assertStringIncludes(lesson.output("function buildModel"), "Total params: 301 ");
  const rows = rowsOf("const oneDial");
  const mse = (dial: string) => rows.filter((row) => row["다이얼"] === dial).map((row) => Number(row["검증 MSE"]));
  for (const dial of ["nHidden", "nNeurons", "learningRate", "batchSize"]) assertEquals(mse(dial).length, 4);
  assert(mse("nHidden")[0] > 1.1 * mse("nHidden")[1], String(mse("nHidden")));
  assert(mse("nHidden")[3] < mse("nHidden")[1], String(mse("nHidden")));
  assert(mse("learningRate")[0] > mse("learningRate")[1] && mse("learningRate")[1] > mse("learningRate")[2]);
  assert(mse("batchSize")[3] > 2 * mse("batchSize")[1], String(mse("batchSize")));
});

Deno.test("The finder's factor is the book's 1.028 and not the lecture's 2·10⁻⁹, and its model is as it was", () => {
  const [ours, lectures] = lesson.output("exp(log(10⁶) / 500) =").trim().split("\n");
  assertStringIncludes(ours, "= 1.02802, 500번 곱하면 1.00e+6배");
  assertStringIncludes(lectures, "2.00e-9");
  assertStringIncludes(lesson.output("const curve = await"), "가중치가 그대로인가? true");
  assertStringIncludes(lesson.output("const smooth ="), "배치의 손실: from ");
  const [before, after] = rowsOf("const bottom =").map((row) => Number(row["검증 MSE"]));
  assert(after < 0.98 * before, `${before}, ${after}`);
});

Deno.test("A trial that misses a function says which, and what to do", () => {
  assertStringIncludes(lesson.output("uses: {}"), 'The trial uses "buildModel"');
  assertStringIncludes(lesson.output("uses: {}"), "List it, uses: { buildModel }");
});

Deno.test("Cross-validation's mean and deviation are those of its five scores", () => {
  const [scores, summary] = lesson.output("const folds =").trim().split("\n").slice(-2)
    .map((line) => line.match(/-?\d\.\d+/g)!.map(Number));
  const mean = scores.reduce((a, b) => a + b) / 5;
  assertAlmostEquals(summary[0], mean, 1e-3);
  assertAlmostEquals(summary[1], Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / 5), 1e-3);
});

Deno.test("Grid and random search try 27 settings each; the random one as many learning rates", () => {
  assertStringIncludes(lesson.output("const grid = await"), "81 of 81 trainings");
  assertStringIncludes(lesson.output("const random = await"), "81 of 81 trainings");
  const [grid, random] = rowsOf("const rates =");
  assertEquals([grid["설정"], grid["해 본 학습률"]], ["27", "3"]);
  assertEquals([random["설정"], random["해 본 학습률"]], ["27", "27"]);
  for (const snippet of ["plotParallel(grid.table()", "plotParallel(random.table()"]) {
    assertStringIncludes(lesson.output(snippet), "27 rows over nHidden, nNeurons, learningRate, meanTestScore");
  }
  const deviation = Number(rowsOf("const grid = await")[0].stdTestScore);
  assert(Math.abs(Number(grid["가장 좋은 점수"]) - Number(random["가장 좋은 점수"])) < deviation, "no draw");
  const best = Number(/점수: (-\d\.\d+)/.exec(lesson.output("grid.bestParams);"))![1]);
  assertAlmostEquals(best, Number(grid["가장 좋은 점수"]), 1e-4);
});

Deno.test("The five settings that the lesson draws are parameterSampler's", () => {
  const drawn = parameterSampler(
    {
      nHidden: [1, 2, 3],
      nNeurons: randInt(10, 101),
      learningRate: logUniform(1e-3, 3e-1),
      batchSize: [32],
      epochs: [20],
    },
    5,
    42,
  );
  const rows = rowsOf("const paramDistributions");
  assertEquals(
    rows.map(({ nNeurons, nHidden }) => [Number(nNeurons), Number(nHidden)]),
    drawn.map((p) => [p.nNeurons, p.nHidden]),
  );
});

Deno.test("A diverging trial comes last with its reason, and the search ends", () => {
  const [good, bad] = lesson.output("const withFailure").trim().split("\n").slice(-2);
  assertStringIncludes(good, "학습률 0.03: 1등");
  assertStringIncludes(bad, "학습률 1000: 2등 RangeError: The score is NaN");
});

Deno.test("Successive halving spends a fraction of the epochs on 27, 9, 3 and 1 settings", () => {
  const rows = rowsOf("const { nCandidates");
  assertEquals(rows.map((row) => [row["설정"], row["설정마다 세대"]]), [["27", "2"], ["9", "6"], ["3", "18"], [
    "1",
    "54",
  ]]);
  assertStringIncludes(lesson.output("const spent ="), "들인 세대: 216, 모두 끝까지 배웠다면 1458 (6.8배)");
});

Deno.test("A search that was cut off reads eight trainings, does the others, and has the same scores", () => {
  assertStringIncludes(lesson.output("const resumed ="), "파일에서 읽은 학습: 8, 새로 한 학습: 16");
  assertStringIncludes(lesson.output("const resumed ="), "점수가 모두 같은가? true");
  assertStringIncludes(lesson.output("randomState: 7"), "randomState differ");
});

Deno.test("The settings that were found make the test error at least a tenth smaller", () => {
  const [plain, best] = rowsOf("async function finalTest").map((row) => Number(row["시험 MSE"]));
  assert(best < 0.9 * plain && best < 0.33, `${plain}, ${best}`);
  const gain = Number(/([\d.]+)% 줄었다/.exec(lesson.output("const gain ="))![1]);
  assertAlmostEquals(gain, 100 * (1 - best / plain), 0.1);
});

Deno.test("The exercises tell typical wrong answers apart", async () => {
  const lengths = "Object.values(grid).map((values) => values.length)";
  const steps = (value: string) => `return Array.from({ length: steps }, (_, i) => ${value});`;
  const rounds = (kept: string, { by = "epochs", order = "a, b", note = "before" } = {}) => `
    const rounds: number[][] = [];
    let left = candidates;
    for (const epochs of resources) {
      ${note === "before" ? "rounds.push(left);" : ""}
      const count = Math.ceil(left.length / factor), fewer = Math.max(1, Math.floor(left.length / factor));
      const rising = [...left].sort((a, b) => score(a, ${by}) - score(b, ${by}));
      left = ${kept};
      ${order === "b, a" ? "left.reverse();" : ""}
      ${note === "after" ? "rounds.push(left);" : ""}
    }
    return rounds;`;
  await assertVerdicts(lesson, [
    [
      { code: `return ${lengths}.reduce((a, b) => a * b);`, hint: "조각의 수만큼" },
      { code: `return ${lengths}.reduce((a, b) => a + b);`, hint: "모든 조합이니 곱한다" },
      { code: "return Object.keys(grid).length * folds;", hint: "값이 몇 개인지" },
      { code: `return ${lengths}.reduce((a, b) => a + b) * folds;`, hint: "모든 조합이니 곱한다" },
    ],
    [
      { code: steps("minRate + i * (maxRate - minRate) / steps"), hint: "곱해야 한다" },
      { code: steps("minRate * (maxRate / minRate) ** (i / (steps - 1))"), hint: "steps로 나눈다" },
      { code: steps("minRate * (maxRate / minRate) ** ((i + 1) / steps)"), hint: "한 칸 밀렸다" },
      { code: steps("minRate * Math.exp(Math.log(maxRate / minRate / steps)) ** i"), hint: "로그 바깥" },
    ],
    [
      { code: rounds("rising.slice(0, count)"), hint: "낮은 쪽을" },
      { code: rounds("rising.slice(-count)", { by: "resources[0]" }), hint: "다시 잰다" },
      { code: rounds("rising.slice(-fewer)"), hint: "Math.ceil" },
      { code: rounds("rising.slice(-count)", { order: "b, a" }), hint: "낮은 것부터" },
      { code: rounds("rising.slice(-count)", { note: "after" }), hint: "시작할 때" },
    ],
  ]);
});
