import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Lesson } from "./lesson.ts";
import { assertVerdicts } from "./verdicts.ts";

const lesson = await Lesson.open("00-start");

Deno.test("A cell's last expression is its output", () => {
  assertEquals(lesson.numbers("const hours"), [205]);
});

Deno.test("TypeScript does what the lesson's remarks say about it", () => {
  const [text, number, remainder, missing] = lesson.output("견주는 함수가 없으면").trim().split("\n");
  assertStringIncludes(text, "[ 1, 10, 9 ]");
  assertStringIncludes(number, "[ 1, 9, 10 ]");
  assertStringIncludes(remainder, "-1");
  assertStringIncludes(missing, "undefined");
});

Deno.test("Every backend that was found has a time, and all come to the same sum, 256³", () => {
  const [, ...found] = lesson.output("const found").match(/쓸 수 있는 백엔드: (.*)/)!;
  const rows = lesson.output("const speeds").trim().split("\n").slice(1).map((row) => row.trim().split(/\s+/));
  assertEquals(rows.map(([name]) => name), found[0].split(", "));
  assert(rows.some(([name]) => name === "wasm") && rows.some(([name]) => name === "cpu"));
  for (const [, milliseconds, , sum] of rows) {
    assert(Number(milliseconds) > 0);
    assertEquals(Number(sum), 256 ** 3);
  }
});

Deno.test("The first lesson's solutions pass, stubs and typical mistakes get the hint meant for them", async () => {
  await assertVerdicts(lesson, [
    [
      { code: "return values.reduce((sum, value) => sum + value, 0);", hint: "합을 구했다" },
      { code: "return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)];", hint: "중앙값" },
      { code: "return values.reduce((sum, value) => sum + value, 0) / (values.length - 1);", hint: "1을 빼고" },
      { code: "values.reduce((sum, value) => sum + value, 0); return undefined as never;", hint: "return을 빠뜨리지" },
    ],
    [
      { code: "return values.map((x) => x ** 2);", hint: "모두 제곱했다" },
      { code: "return values.filter((x) => x % 2 !== 0).map((x) => x ** 2);", hint: "홀수를 골랐다" },
      { code: "return values.filter((x) => x % 2 === 0);", hint: "고르기만 했다" },
    ],
    [
      { code: "return points.square().sum(1);", hint: "제곱근을 씌우지" },
      { code: "return points.square().sum().sqrt();", hint: "모든 점을 더해" },
      { code: "return points.square().sum(0).sqrt();", hint: "행끼리 더했다" },
      { code: "return points.sum(1);", hint: "제곱하지 않고" },
    ],
  ]);
});
