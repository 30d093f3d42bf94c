import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeCourse } from "../../handouts/assignment/mod.ts";
import { CODE_STUB, leakCheck, leaksIn, notebookTexts, studentEdition } from "../../handouts/editions/mod.ts";
import { type Cell, type Notebook, parseNotebook, textOf } from "../../handouts/notebook.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const NAME = "01-perceptron";
const installed = (() => {
  try {
    return Deno.statSync(join(root, ".venv-nbgrader", "baeum-stamp")).isFile;
  } catch {
    return false;
  }
})();
const ignore = !installed && !Deno.env.get("CI");
if (ignore) console.log("skipped: grading with nbgrader (`./baeum nbgrader` installs it)");

const idOf = (cell: Cell) => (cell.metadata.nbgrader as { grade_id: string } | undefined)?.grade_id ?? "";

async function read(...path: string[]): Promise<Notebook> {
  return parseNotebook(await Deno.readTextFile(join(...path)), join(...path));
}

/** Runs nbgrader as an instructor does, in the folder of the course; what it printed. */
async function nbgrader(course: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(join(root, "baeum"), {
    args: ["nbgrader", ...args],
    cwd: course,
    stdin: "null",
  }).output();
  const text = new TextDecoder().decode(stderr) + new TextDecoder().decode(stdout);
  assert(success, `nbgrader ${args.join(" ")}\n${text.slice(-4000)}`);
  return text;
}

/** What each student hands in: the release with other cells, by their ids. */
function submissions(source: Notebook): Record<string, Record<string, string>> {
  const answers = source.cells.filter((cell) => idOf(cell).endsWith("-answer"));
  const right = Object.fromEntries(
    answers.map((cell) => [idOf(cell), textOf(cell.source).replace(/^\s*\/\/ (BEGIN|END) SOLUTION\n/gm, "")]),
  );
  return {
    right,
    partly: { ...right, "exercise-2-answer": "function learnOnce( {" },
    wrong: {
      "exercise-1-answer": "const norGate = (x1: number, x2: number) => x1 || x2 ? 1 : 0;",
      "exercise-2-answer": "const learnOnce = (weights: number[]) => weights;",
      "exercise-3-answer": "const epochsNeeded = () => 1;",
    },
    blank: {},
    // Made for the visible checks; a check and a grade of one's own; a test cell that checks nothing.
    cheating: {
      "exercise-1-answer": "const check = () => ({ passed: true }), grade = () => {}, norGate = () => 1;",
      "exercise-2-answer": `const learned = [[-0.2, 0.2, -0.6], [-0.2, 0.6, 0.4], [0.3, 0.2, -0.1]];
let calls = 0;
const learnOnce = () => learned[calls++ % 3];`,
      "exercise-3-answer":
        'const epochsNeeded = (targets: number[]) => ({ "0,0,0,1": 5, "0,1,1,1": 3, "1,1,1,0": 5 })[`${targets}`] ?? -1;',
      "exercise-3-test": "// nothing to see here",
    },
  };
}

Deno.test({
  name:
    "nbgrader releases no solution and no hidden test, and gives each collected submission the points that it earns",
  ignore,
  async fn(t) {
    const course = await Deno.makeTempDir({ prefix: "baeum-course-" });
    try {
      await writeCourse([join(root, "notebooks", `${NAME}.ipynb`)], course);
      await nbgrader(course, "generate_assignment", NAME);
      const source = await read(course, "source", NAME, `${NAME}.ipynb`);
      const release = await read(course, "release", NAME, `${NAME}.ipynb`);

      await t.step("the release is the student's edition of the source, and the lesson's kernel opens it", () => {
        const edition = studentEdition(source, NAME);
        assertEquals(
          release.cells.map(({ source }) => textOf(source)),
          edition.notebook.cells.map(({ source }) => textOf(source)),
        );
        assertEquals(release.metadata.kernelspec, source.metadata.kernelspec);
        const stubs = release.cells.filter((cell) => textOf(cell.source).includes(CODE_STUB)).map(idOf);
        assertEquals(stubs, ["exercise-1-answer", "exercise-2-answer", "exercise-3-answer"]);
        // The hidden tests call `grade`, which is also a word of nbgrader's own in every cell's metadata.
        const leaks = leaksIn(notebookTexts(release), leakCheck(source, edition)).filter((leak) => leak !== "grade");
        assertEquals(leaks, []);
        assert(!/HIDDEN|SOLUTION|다른 값으로"/.test(JSON.stringify(release)));
      });

      await t.step(
        "right, partly right, wrong, blank and cheating submissions get 6, 4, 0, 0 and 0 of 6 points",
        async () => {
          const inbox = join(course, "downloaded", NAME, "archive");
          await Deno.mkdir(inbox, { recursive: true });
          for (const [student, answers] of Object.entries(submissions(source))) {
            const cells = release.cells.map((cell) => ({ ...cell, source: answers[idOf(cell)] ?? cell.source }));
            await Deno.writeTextFile(join(inbox, `${student}_${NAME}.ipynb`), JSON.stringify({ ...release, cells }));
          }
          await nbgrader(course, "zip_collect", NAME);
          await nbgrader(course, "autograde", NAME);
          await nbgrader(course, "export");
          const [header, ...rows] = (await Deno.readTextFile(join(course, "grades.csv"))).trim().split("\n").map((
            line,
          ) => line.split(","));
          const at = (name: string) => header.indexOf(name);
          const scores = rows.map((
            row,
          ) => [row[at("student_id")], Number(row[at("score")]), Number(row[at("max_score")])]);
          assertEquals(scores.sort(), [
            ["blank", 0, 6],
            ["cheating", 0, 6],
            ["partly", 4, 6],
            ["right", 6, 6],
            ["wrong", 0, 6],
          ]);
        },
      );

      await t.step("the feedback says what was right and what is wrong", async () => {
        await nbgrader(course, "generate_feedback", NAME);
        const page = (student: string) => Deno.readTextFile(join(course, "feedback", student, NAME, `${NAME}.html`));
        assertStringIncludes(await page("right"), "✓ 연습 3, 다른 값으로: 맞았다.");
        const wrong = await page("wrong");
        for (const hint of ["OR가 되었다", "연습 2", "네 개를 모두 맞혔는지 보기 전에"]) {
          assertStringIncludes(wrong, hint);
        }
        assertStringIncludes(await page("blank"), "아직 코드를 쓰지 않았다");
        assertStringIncludes(await page("cheating"), "✗ 연습 3, 다른 값으로");
      });
    } finally {
      await Deno.remove(course, { recursive: true });
    }
  },
});
