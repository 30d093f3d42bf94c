import type { Notebook } from "../../handouts/notebook.ts";
import { code, notebookOf, printed, shown, text } from "./notebooks.ts";

/** A lesson with a figure, an exercise, its check, a question and a cell for the instructor. */
export function exercise(): Notebook {
  return notebookOf(
    text("# 직선 맞추기\n\n기울기를 구해 보자."),
    code("const x = [1, 2, 3];\nconst y = [2, 4, 6.5];\nconsole.log(x.length);", [printed("3")]),
    code("plot(x, y);", [
      shown({ "text/html": '<svg role="img" aria-label="점 세 개"><text>y</text></svg>', "text/plain": "점 세 개" }),
    ]),
    code(
      "function slope(): number {\n  // BEGIN SOLUTION\n  const residualSum = x.reduce((total, value, i) => total + value * y[i], 0);\n" +
        "  return residualSum / 14;\n  // END SOLUTION\n}",
    ),
    code("const found = slope();\nconsole.log(found);", [printed("2.107142857142857")]),
    code("console.log(`기울기는 ${found.toFixed(2)}`);", [printed("기울기는 2.11")]),
    code("console.log(y.length);", [printed("3")]),
    text("### 물음\n\n왜 직선이 원점을 지나는가?"),
    text("바이어스를 두지 않아 절편이 언제나 영이기 때문이다.", { tags: ["solution"] }),
    { ...text("채점할 때 부호를 꼭 볼 것.", { tags: ["instructor"] }), attachments: {} },
    code("const answerKey = 42.4242;\nconsole.log(answerKey);", [printed("42.4242")], { tags: ["solution"] }),
  );
}
