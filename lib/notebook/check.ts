import { diagnose } from "./diagnosis.ts";
import { Displayed } from "./display.ts";
import { escapeHtml } from "./html.ts";

/** A wrong answer that many give, and what to tell them. */
export interface Mistake {
  /** What the attempt gives when this mistake was made. */
  result: unknown;
  /** What to think about, in the lesson's language. */
  hint: string;
}

/** What {@linkcode check} can be told. */
export interface CheckOptions {
  /** How far a number may lie from the right one, relative to it where it is larger than 1 (default 1e-6). */
  tolerance?: number;
  /** Wrong answers with a hint of their own. */
  mistakes?: readonly Mistake[];
  /** What to tell to any other wrong answer, below what is wrong with it. */
  hint?: string;
}

/** What came of a check: shows itself as a cell's last expression or through `show`. */
export class Verdict extends Displayed {
  /** Whether the answer is right. */
  readonly passed: boolean;
  /** The same as is shown, as text. */
  readonly message: string;

  constructor(passed: boolean, message: string) {
    const lines = message.split("\n").map(escapeHtml);
    super({
      "text/html": `<div role="status" style="border-left: 4px ${passed ? "solid #009E73" : "double #D55E00"}; ` +
        `padding: 0.3em 0.8em"><strong>${lines[0]}</strong>${
          lines.slice(1).map((line) => `<br/>${line}`).join("")
        }</div>`,
      "text/plain": message,
    });
    this.passed = passed;
    this.message = message;
  }
}

/**
 * Checks an exercise and says what is wrong with the answer (shape, order, sign, off by what), without giving the right one.
 * A failure is shown, not thrown: the notebook runs on.
 *
 * @param title The exercise's name.
 * @param attempt Does what was asked for, and gives a number, lists of numbers, a tensor or any plain value.
 * @param expected What it has to give, of the same shape.
 * @throws {TypeError} if `attempt` is no function: a value of its own would end the cell where the answer is still missing.
 *
 * @example
 * ```ts
 * import { check } from "baeum/notebook";
 * import { assertEquals } from "@std/assert";
 *
 * const halve = (values: number[]) => values.map((value) => -value / 2);
 * const verdict = await check("연습 1", () => halve([2, 4]), [1, 2]);
 * assertEquals(verdict.message, "✗ 연습 1: 크기는 맞는데 부호가 반대다.");
 * ```
 */
export async function check(
  title: string,
  attempt: () => unknown,
  expected: unknown,
  { tolerance = 1e-6, mistakes = [], hint }: CheckOptions = {},
): Promise<Verdict> {
  if (typeof attempt !== "function") {
    throw new TypeError(`The attempt is a function, for example () => answer(1, 0). Received: ${typeof attempt}`);
  }
  const failed = (...lines: (string | undefined)[]) =>
    new Verdict(false, `✗ ${title}: ${lines.filter((line) => line !== undefined).join("\n힌트: ")}`);
  let received: unknown;
  try {
    received = await attempt();
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    return message.includes(UNANSWERED)
      ? failed("아직 코드를 쓰지 않았다. throw가 있는 줄을 지우고 그 자리에 쓴다.")
      : failed(`실행하다가 오류가 났다. ${message}`, hint);
  }
  const wrong = diagnose(received, expected, tolerance);
  if (wrong === undefined) return new Verdict(true, `✓ ${title}: 맞았다.`);
  const known = mistakes.find(({ result }) => diagnose(received, result, tolerance) === undefined);
  return failed(wrong, known?.hint ?? hint);
}

/** The error that stands in a student's notebook where a solution was. */
const UNANSWERED = "여기에 코드를 작성하세요";
