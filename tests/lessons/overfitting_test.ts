import { assert, assertAlmostEquals, assertEquals, assertStringIncludes } from "@std/assert";
import { Lesson } from "./lesson.ts";
import { assertVerdicts } from "./verdicts.ts";

const lesson = await Lesson.open("13-overfitting");

/** The table at the end: each method's accuracies on training and test data, and its test loss. */
const scores = new Map(
  lesson.output("table([...scores]").split("\n").slice(1).map((line) => {
    const [, name, numbers] = /^(.*?) {2,}([\d. ]+)$/.exec(line)!;
    return [name.split(" (")[0], numbers.trim().split(/ +/).map(Number)] as const;
  }),
);

Deno.test("A polynomial of degree 11 goes through all twelve points and is far off between them", () => {
  assertEquals(lesson.numbers("function solve(").slice(-2), [2, 1]);
  const [best, error, degree, seen, unseen] = lesson.numbers("const [onSeen, onUnseen]");
  assert(best > 1 && best < 9, String(best));
  assertEquals([degree, seen], [11, 0]);
  assert(unseen > 1.3 * error, `${unseen}, ${error}`);
});

Deno.test("A penalty on large coefficients tames the same polynomial", () => {
  const [, steep, , gentle, before, after] = lesson.numbers("const steep = ");
  assert(gentle < steep / 5 && after < before, `${steep}, ${gentle}, ${before}, ${after}`);
});

Deno.test("Small networks learn too little; large ones learn the training images by heart while the validation loss rises", () => {
  const rows = lesson.output("뉴런: row.units").split("\n").slice(1, 9).map((line) =>
    line.trim().split(/ +/).map(Number)
  );
  assertEquals(rows.map(([units]) => units), [1, 2, 4, 8, 16, 32, 64, 128]);
  const [smallest, largest] = [rows[0], rows[7]];
  assert(smallest[1] < 0.5 && smallest[2] < 0.5, String(smallest));
  assert(largest[1] > 0.99 && largest[2] < 0.9, String(largest));
  const best = Math.min(...rows.map((row) => row[4]));
  assert(largest[4] > 1.2 * best, `${largest[4]}, ${best}`);
});

Deno.test("Every remedy is measured against the same baseline, and those against overfitting have a lower test loss", () => {
  assertEquals(
    [...scores.keys()].sort(),
    ["L1", "L2", "기준", "데이터 증강", "드롭아웃", "배치 정규화", "앙상블", "조기 종료"].sort(),
  );
  const [, , baseline] = scores.get("기준")!;
  for (const name of ["L1", "L2", "드롭아웃", "조기 종료", "데이터 증강", "앙상블"]) {
    const [, accuracy, loss] = scores.get(name)!;
    assert(loss < baseline && accuracy > 0.75, `${name}: ${loss}, ${accuracy}`);
  }
});

Deno.test("L1 leaves many weights at nothing, and dropout switches half of the nodes off and keeps the mean", () => {
  const [base, l1] = [...lesson.output("const tiny =").matchAll(/([\d.]+)%/g)].map((match) => Number(match[1]));
  assert(l1 > 5 * base, `${base}, ${l1}`);
  const [off, , mean] = lesson.numbers("const dropped =");
  assertAlmostEquals(off, 0.5, 0.02);
  assertAlmostEquals(mean, 1, 0.04);
  assertStringIncludes(lesson.output("const masked ="), "6 images of 28 × 28 pixels");
});

Deno.test("Early stopping ends the training five epochs after its best one", () => {
  const [stopped, best] = lesson.numbers("const stop =");
  assertEquals(stopped, best + 5);
  assert(stopped < 40);
});

Deno.test("The ensemble is more accurate than its five models are on average", () => {
  const [together, ...alone] = lesson.output("const together =").match(/0\.\d{4}/g)!.map(Number).reverse();
  assertEquals(alone.length, 5);
  assert(together > alone.reduce((a, b) => a + b) / 5 + 0.005, String([alone, together]));
});

Deno.test("The overfitting lesson's solutions pass, stubs and typical mistakes get the hint meant for them", async () => {
  const sum = "weights.reduce((sum, w) => sum + w * w, 0)";
  const stops = (update: string, end: string) =>
    "let best = Infinity, wait = 0; for (let e = 0; e < losses.length; e++) {" +
    `${update} if (wait >= patience) return ${end}; } return losses.length - (${end.length < 2 ? 1 : 0});`;
  const usual = "if (losses[e] < best) { best = losses[e]; wait = 0; } else wait++;";
  await assertVerdicts(lesson, [
    [
      { code: "return lambda * weights.reduce((sum, w) => sum + Math.abs(w), 0);", hint: "그것은 L1" },
      { code: `return ${sum};`, hint: "람다를 곱하지" },
      { code: `return lambda * lambda * ${sum};`, hint: "람다도 제곱" },
      { code: `return lambda * ${sum} / weights.length;`, hint: "평균이 아니라 합" },
    ],
    [
      { code: stops(usual, "e"), hint: "0부터 세었다" },
      { code: stops("if (losses[e] < best) wait = 0; else wait++; best = losses[e];", "e + 1"), hint: "바로 앞 세대" },
      { code: stops("if (losses[e] < best) best = losses[e]; else wait++;", "e + 1"), hint: "되돌리지 않았다" },
    ],
    [
      { code: "return values.map((v, i) => random[i] < rate ? 0 : v);", hint: "키우지 않았다" },
      { code: "return values.map((v, i) => random[i] < rate ? v / (1 - rate) : 0);", hint: "바뀌었다" },
      { code: "return values.map((v, i) => random[i] < rate ? 0 : v / rate);", hint: "남는 비율은" },
      { code: "return values.map((v, i) => random[i] < rate ? 0 : v * (1 - rate));", hint: "커져야 한다" },
    ],
  ]);
});
