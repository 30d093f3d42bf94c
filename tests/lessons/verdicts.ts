import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { Lesson } from "./lesson.ts";

/** A wrong answer, as code in place of the solution, and words of the hint that it has to get. */
export interface WrongAnswer {
  code: string;
  hint: string;
}

/** Each exercise's solution passes, its stub is told to be one, and three typical wrong answers get the hint meant for them. */
export async function assertVerdicts(lesson: Lesson, wrong: readonly (readonly WrongAnswer[])[]): Promise<void> {
  assert(lesson.exercises >= 3, "A lesson has at least three exercises");
  assertEquals(wrong.length, lesson.exercises);
  const said = await lesson.ask(wrong.map((answers) => answers.map(({ code }) => code)));
  said.forEach(([solution, stub, ...others], exercise) => {
    assert(solution.passed, solution.message);
    assertStringIncludes(stub.message, "아직 코드를 쓰지 않았다");
    assert(others.length >= 3, "An exercise has at least three typical wrong answers");
    others.forEach(({ passed, message }, i) => {
      assert(!passed, `${message} ${wrong[exercise][i].code}`);
      assertStringIncludes(message, wrong[exercise][i].hint);
    });
  });
}
