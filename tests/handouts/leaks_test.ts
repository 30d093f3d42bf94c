import { assert, assertEquals } from "@std/assert";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { htmlTexts, leakCheck, leaksIn, notebookTexts, studentEdition } from "../../handouts/editions/mod.ts";
import { lessonBody, renderLesson } from "../../handouts/lesson.ts";
import { type Cell, type Notebook, parseNotebook } from "../../handouts/notebook.ts";
import { exercise } from "./exercise.ts";
import { code, printed, shown, text } from "./notebooks.ts";

/** What is said of a student's notebook, and of its page, after something was put into it. */
async function found(
  plant: (cells: Cell[], notebook: Notebook) => void,
): Promise<{ notebook: string[]; page: string[] }> {
  const original = exercise();
  const edition = studentEdition(original, "lesson.ipynb");
  const check = leakCheck(original, edition);
  const notebook = structuredClone(edition.notebook);
  plant(notebook.cells, notebook);
  const page = lessonBody(await renderLesson(notebook, { file: "lesson.ipynb" }));
  return { notebook: leaksIn(notebookTexts(notebook), check), page: leaksIn(htmlTexts(page), check) };
}

const html = (markup: string) => code("show();", [shown({ "text/html": markup })]);
const LINE = "const residualSum = x.reduce((total, value, i) => total + value * y[i], 0);";

/** What can carry a solution out of the instructor's edition; whether the page shows it or only the notebook has it. */
const leaks: [what: string, plant: (cells: Cell[], notebook: Notebook) => void, where: "both" | "notebook"][] = [
  ["a line of the solution in a cell", (cells) => cells.push(code(LINE)), "both"],
  ["a line of the solution without its spaces", (cells) => cells.push(code(LINE.replaceAll(" ", ""))), "both"],
  [
    "the solution's own name in printed text",
    (cells) => cells.push(code("f();", [printed("residualSum = 29.5")])),
    "both",
  ],
  ["the solution's name in another case", (cells) => cells.push(code("f();", [printed("RESIDUALSUM")])), "both"],
  ["the solution's name with a hidden letter in it", (cells) => cells.push(text("residual\u200bSum")), "both"],
  ["the value that a hidden cell printed", (cells) => cells.push(code("f();", [printed("2.107142857142857")])), "both"],
  ["that value, rounded", (cells) => cells.push(code("f();", [printed("≈ 2.1071")])), "both"],
  ["a number of a solution", (cells) => cells.push(text("답은 42.4242이다.")), "both"],
  ["part of a written answer", (cells) => cells.push(text("절편이 언제나 영이기 때문이다")), "both"],
  [
    "the written answer in an HTML comment",
    (cells) => cells.push(text("<!-- 바이어스를 두지 않아 -->\n\n본문")),
    "notebook",
  ],
  ["a comment in an HTML output", (cells) => cells.push(html("<b>1</b><!-- residualSum -->")), "notebook"],
  [
    "a figure's alt text",
    (cells) => cells.push(html('<svg aria-label="residualSum / 14"><path></path></svg>')),
    "both",
  ],
  ["the title of an element", (cells) => cells.push(html('<p title="residualSum">1</p>')), "both"],
  ["a data attribute", (cells) => cells.push(html('<p data-answer="residualSum">1</p>')), "both"],
  ["a link's address", (cells) => cells.push(text("[x](https://example.org/?q=%72esidualSum)")), "both"],
  ["text inside a figure", (cells) => cells.push(html('<svg aria-label="a"><text>residualSum</text></svg>')), "both"],
  ["the text beside an HTML output", (cells) => {
    cells.push(code("f();", [shown({ "text/html": "<b>1</b>", "text/plain": "residualSum" })]));
  }, "notebook"],
  ["an error's trace", (cells) => {
    cells.push(
      code("f();", [{
        output_type: "error",
        ename: "E",
        evalue: "no",
        traceback: ["at \x1b[31mresidual\x1b[0mSum (x.ts:1)"],
      }]),
    );
  }, "both"],
  ["a cell's metadata", (cells) => cells[1].metadata.note = { deep: ["residualSum"] }, "notebook"],
  ["a name in a cell's metadata", (cells) => cells[1].metadata.residualSum = true, "notebook"],
  ["the notebook's metadata", (_, notebook) => notebook.metadata.remark = "residualSum", "notebook"],
  ["a tag", (cells) => cells[1].metadata.tags = ["residualSum"], "notebook"],
  ["a raw cell", (cells) => cells.push({ ...text("residualSum"), cell_type: "raw" }), "notebook"],
  ["base64", (cells) => cells.push(text(btoa("return residualSum / 14;"))), "both"],
  ["letters written as numbers", (cells) => cells.push(code('"\\u0072esidualSum";')), "both"],
  ["what the instructor is told", (cells) => cells.push(text("부호를 꼭 볼 것")), "both"],
];

for (const [what, plant, where] of leaks) {
  Deno.test(`a leak by ${what} is caught`, async () => {
    const { notebook, page } = await found(plant);
    assert(notebook.length > 0, "in the notebook");
    if (where === "both") assert(page.length > 0, "on the page");
  });
}

Deno.test("the solution's picture is caught wherever it is carried", () => {
  const picture = btoa("answer".repeat(60));
  const original = exercise();
  original.cells[8].attachments = { "answer.png": { "image/png": picture } };
  const check = leakCheck(original, studentEdition(original, "lesson.ipynb"));
  assertEquals(leaksIn([`data:image/png;base64,${picture}`], check).length, 1);
});

Deno.test("nothing is found in a student's edition as it is, and what students may read is no leak", async () => {
  assertEquals(await found(() => {}), { notebook: [], page: [] });
  const open = await found((cells) =>
    cells.push(text("기울기를 구해 보자. `const x = [1, 2, 3];`"), code("return y;"))
  );
  assertEquals(open, { notebook: [], page: [] });
});

const folder = fileURLToPath(new URL("../../notebooks/", import.meta.url));
for (const name of readdirSync(folder).filter((name) => name.endsWith(".ipynb"))) {
  Deno.test(`the student's edition of ${name} tells of no solution`, async () => {
    const original = parseNotebook(await Deno.readTextFile(folder + name), name);
    const edition = studentEdition(original, name);
    const check = leakCheck(original, edition);
    assert(edition.secrets.length === 0 || check.words.size + check.runs.size > 0, "there is something to look for");
    assertEquals(leaksIn(notebookTexts(edition.notebook), check), []);
  });
}
