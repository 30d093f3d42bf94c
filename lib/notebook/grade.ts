import type { Verdict } from "./check.ts";
import { show } from "./show.ts";

/**
 * Shows verdicts and, if one of them is not passed, throws: a grader goes by whether a cell fails, while
 * {@linkcode check} lets the notebook run on.
 *
 * @param verdicts What `check` gave, one or more.
 * @throws {RangeError} if no verdict is given: a cell that checks nothing would be given its points.
 * @throws {Error} with the messages of those that are not passed.
 *
 * @example
 * ```ts
 * import { check, grade } from "baeum/notebook";
 * import { assertThrows } from "@std/assert";
 *
 * const verdict = await check("연습 1", () => 1 + 1, 3);
 * assertThrows(() => grade(verdict), Error, "✗ 연습 1");
 * ```
 */
export function grade(...verdicts: readonly Verdict[]): void {
  if (verdicts.length === 0) {
    throw new RangeError("There is nothing to grade: give what `check` gave. Received: no verdicts.");
  }
  show(...verdicts);
  const failed = verdicts.filter(({ passed }) => passed !== true);
  if (failed.length > 0) throw new Error(failed.map(({ message }) => message).join("\n"));
}
