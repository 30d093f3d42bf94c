import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { californiaHousing } from "baeum/datasets";
import { layers, sequential } from "baeum/models";
import { StandardScaler, trainTestSplit } from "baeum/preprocessing";
import { seed } from "baeum/tensors";
import { mirrorPeerTest } from "../datasets/mirror.ts";
import { withPlaces } from "../datasets/places.ts";
import { Lesson } from "./lesson.ts";
import { assertVerdicts } from "./verdicts.ts";

const lesson = await Lesson.open("15-california");

/** The numbers of a table's row whose first cell is `name`. */
function row(snippet: string, name: string): number[] {
  const line = lesson.output(snippet).split("\n").find((text) => text.trimStart().startsWith(`${name} `));
  if (line === undefined) throw new Error(`No row of ${name} in ${lesson.output(snippet)}`);
  return line.trimStart().slice(name.length).match(/-?[\d,]+(?:\.\d+)?/g)!.map((text) => Number(text.replace(",", "")));
}

Deno.test("California's 20,640 districts are split as in the lecture: 363 steps an epoch", () => {
  assertStringIncludes(lesson.output("californiaHousing.load()"), "[ 20640, 8 ] 집값: [ 20640 ]");
  assertStringIncludes(
    lesson.output("const [xTrainFull"),
    "훈련: [ 11610, 8 ] 검증: [ 3870, 8 ] 시험: [ 5160, 8 ]\n32개씩 한 세대: 363걸음",
  );
  assertEquals(lesson.numbers("const capped").slice(1), [965, 4.7]);
});

Deno.test("The lesson's network has 301 parameters and ends far below the mean's and a line's error", () => {
  assertStringIncludes(lesson.output("const model = sequential"), "Total params: 301 ");
  const training = lesson.output("const history = await");
  assertEquals(training.match(/363\/363/g)?.length, 20);
  const [[, mean], [, line], [parameters, mse, dollars]] = ["늘 평균", "선형 회귀", "30-1 신경망"]
    .map((name) => row("const linear =", name));
  assertEquals(parameters, 301);
  assert(mse < 0.4 && mse < 0.7 * line && line < 0.5 * mean, String([mean, line, mse]));
  assertAlmostEquals(dollars, 100_000 * Math.sqrt(mse), 10);
});

Deno.test("Three districts are nearly all of the validation loss that jumps, for they have hundreds of people a household", () => {
  const worst = lesson.output("const early =").split("\n").slice(1, 4);
  const shares = worst.map((line) => Number(/([\d.]+)%/.exec(line)![1]));
  assert(shares.reduce((a, b) => a + b) > 95, String(shares));
  assert(row("const suspects", "AveOccup").slice(0, 3).every((people) => people > 400));
  const [withThem, without] = lesson.output("const others =").match(/\d+\.\d{3}/g)!.map(Number);
  assert(withThem > 10 && without < 1, `${withThem}, ${without}`);
});

Deno.test("The residuals and both maps are drawn, and the districts at the ceiling have the largest errors", () => {
  assertStringIncludes(lesson.output("plotResiduals(answers"), "5160 residuals between");
  assertStringIncludes(lesson.output("const testPlaces"), "5160 places in");
  assertStringIncludes(lesson.output("const place ="), "20640 places in");
  const [[all, rmse], [few, ceiling]] = ["모두", "50만 달러에서 잘린 곳"].map((name) => row("const rmse =", name));
  assertEquals(all, 5160);
  assert(few < 300 && ceiling > 2 * rmse, `${few}, ${ceiling}, ${rmse}`);
});

Deno.test("Clipped columns end the jumps", () => {
  const first = lesson.output("const tame").split("\n")[0].match(/\d\.\d+/g)!.map(Number);
  assertEquals(first.length, 4);
  assert(first.every((loss) => loss < 0.6), String(first));
});

const table = "california-housing/cal_housing.data";

const KERAS = `
import numpy as np, keras
x, y, xv, yv = [np.array(given[k], "float32") for k in ("x", "y", "xv", "yv")]
model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(30, activation="relu"), keras.layers.Dense(1)])
model.set_weights([np.array(weight, "float32") for weight in given["weights"]])
model.compile(loss="mean_squared_error", optimizer="sgd")
history = model.fit(x, y, epochs=20, shuffle=False, validation_data=(xv, yv), verbose=0).history
answer = history["val_loss"]
`;

mirrorPeerTest(
  "California's validation MSE is Keras' from the same split and initial weights",
  table,
  async (mirror, ask) => {
    await withPlaces(async () => {
      Deno.env.set("BAEUM_MIRROR", mirror);
      const { x, y } = await californiaHousing.load();
      const [xFull, , yFull] = trainTestSplit(x, y, { randomState: 42 });
      const [xTrain, xValid, yTrain, yValid] = trainTestSplit(xFull, yFull, { randomState: 42 });
      const scaler = new StandardScaler().fit(xTrain);
      seed(42);
      const model = sequential({
        layers: [layers.dense({ units: 30, activation: "relu", inputShape: [8] }), layers.dense({ units: 1 })],
      });
      const byKeras = await ask(KERAS, {
        x: scaler.transform(xTrain).arraySync(),
        y: yTrain.arraySync(),
        xv: scaler.transform(xValid).arraySync(),
        yv: yValid.arraySync(),
        weights: model.getWeights().map((weight) => weight.arraySync()),
      }) as number[];
      const said = lesson.output("const byKeras").split("\n").slice(1).map((line) =>
        line.match(/[\d.]+/g)!.map(Number)
      );
      assertEquals(said.map(([epoch]) => epoch), [1, 2, 3, 4, 20]);
      for (const [epoch, keras, ours] of said) {
        assertAlmostEquals(keras, byKeras[epoch - 1], 2e-4 * keras);
        assertAlmostEquals(ours, byKeras[epoch - 1], (epoch < 20 ? 0.001 : 0.01) * keras);
      }
      // Shuffled, the lesson's own training sees its batches in another order.
      const shuffled = Number(/20\/20[\s\S]*?val_loss: ([\d.]+)/.exec(lesson.output("const history = await"))![1]);
      assertAlmostEquals(shuffled, byKeras[19], 0.1 * byKeras[19]);
    });
  },
);

Deno.test("The California lesson's solutions pass, stubs and typical mistakes get the hint meant for them", async () => {
  const sum = "predictions.reduce((total, p, i) => total + (targets[i] - p) ** 2, 0)";
  const r2 = (left: string, all: string) =>
    "const y = Array.from(targets), p = Array.from(predictions);" +
    "const mean = (v: number[]) => v.reduce((a, b) => a + b) / v.length;" +
    "const left = y.reduce((s, v, i) => s + (v - p[i]) ** 2, 0);" +
    `const spread = (m: number) => y.reduce((s, v) => s + (v - m) ** 2, 0); return ${left} left / ${all};`;
  await assertVerdicts(lesson, [
    [
      { code: `return Math.sqrt(${sum} / predictions.length);`, hint: "단위가 아직" },
      { code: `return 100_000 * ${sum} / predictions.length;`, hint: "제곱근을 잊었다" },
      { code: `return 100_000 * Math.sqrt(${sum});`, hint: "개수로 나누어" },
      { code: `return Math.sqrt(100_000 * ${sum} / predictions.length);`, hint: "씌운 다음에" },
    ],
    [
      { code: r2("", "spread(mean(y))"), hint: "1에서 빼야" },
      { code: r2("1 -", "spread(mean(p))"), hint: "정답의 평균이 기준" },
      { code: r2("1 -", "spread(0)"), hint: "평균을 빼지 않았다" },
      { code: r2("1 -", "y.length"), hint: "개수로 나누었다" },
    ],
    [
      { code: "return rows.map((row) => row.map((v) => Math.min(limit, v)));", hint: "음수 쪽" },
      { code: "return rows.map((row) => row.map((v) => Math.min(limit, Math.abs(v))));", hint: "부호가 사라졌다" },
      { code: "return rows.map((row) => row.map((v) => Math.abs(v) > limit ? 0 : v));", hint: "가장 가까운 끝값" },
      { code: "return rows.map((row) => row.map((v) => v < -limit ? -limit : limit));", hint: "그대로 둔다" },
    ],
  ]);
});
