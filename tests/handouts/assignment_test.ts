import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { join } from "node:path";
import { namesOf } from "../../handouts/assignment/names.ts";
import { assignmentNotebook, writeCourse } from "../../handouts/assignment/mod.ts";
import { neededCells } from "../../handouts/assignment/needed_cells.ts";
import { type Cell, nameOf, NotebookError, parseNotebook, textOf } from "../../handouts/notebook.ts";
import { code, notebookOf, text as words } from "./notebooks.ts";

const lessons = new URL("../../notebooks/", import.meta.url).pathname;

const answer = "function twice(x: number): number {\n  // BEGIN SOLUTION\n  return 2 * x;\n  // END SOLUTION\n}";
const lesson = notebookOf(
  words("# 두 배"),
  code('import { check } from "baeum/notebook";\nconst unused = 3;'),
  words("## 정리\n\n끝.\n\n## 연습\n\n### 연습 1 (보통): 두 배\n\n[3절](other.ipynb#x)을 보자."),
  code(answer),
  code('const asked = [1, 2];\nawait check("연습 1", () => asked.map(twice), [2, 4]);'),
  words("다음 단원: [둘](two.ipynb)"),
);
const metadataOf = (cell: Cell) => cell.metadata.nbgrader as Record<string, unknown> | undefined;

Deno.test("an assignment has the exercises and what they need, with points, ids and locks for nbgrader", () => {
  const { notebook, exercises } = assignmentNotebook(lesson, "two", "two.ipynb")!;
  assertEquals(exercises.map(({ number, title, points }) => [number, title, points]), [[1, "두 배", 2]]);
  assertEquals(
    notebook.cells.map((cell) => [cell.cell_type, metadataOf(cell)?.grade_id]),
    [["markdown", undefined], ["markdown", undefined], ["code", "setup-imports"], ["markdown", undefined], [
      "code",
      "exercise-1-answer",
    ], ["code", "exercise-1-test"]],
  );
  const [, , imports, asked, filled, test] = notebook.cells;
  assertEquals(imports.source, 'import { check } from "baeum/notebook";');
  assertEquals(textOf(asked.source), "## 연습\n\n### 연습 1 (보통): 두 배\n\n3절을 보자.");
  assertEquals(filled.source, answer);
  const common = { schema_version: 3, cell_type: "code", task: false };
  assertEquals(metadataOf(imports), {
    ...common,
    grade_id: "setup-imports",
    grade: false,
    solution: false,
    locked: true,
  });
  assertEquals(metadataOf(filled), {
    ...common,
    grade_id: "exercise-1-answer",
    grade: false,
    solution: true,
    locked: false,
  });
  assertEquals(metadataOf(test), {
    ...common,
    grade_id: "exercise-1-test",
    grade: true,
    solution: false,
    locked: true,
    points: 2,
  });
  assertStringIncludes(textOf(test.source), 'const verdict = await check("연습 1", () => asked.map(twice), [2, 4]);');
  assert(textOf(test.source).endsWith("grade(verdict);\n// END HIDDEN TESTS"), "a wrong answer would cost nothing");
});

Deno.test("answers that no code checks are graded by hand, texts among them", () => {
  const { notebook: made } = assignmentNotebook(
    notebookOf(
      words("# 말로"),
      words("## 연습\n\n### 연습 1 (쉬움): 까닭"),
      words("왜냐하면\n\n<!-- BEGIN SOLUTION -->\n커서.\n<!-- END SOLUTION -->"),
      words("### 연습 2 (어려움): 그림"),
      code("plot();", [], { tags: ["solution"] }),
    ),
    "words",
    "words.ipynb",
  )!;
  const answers = made.cells.filter((cell) => metadataOf(cell)?.solution);
  assertEquals(answers.map((cell) => [metadataOf(cell)!.grade, metadataOf(cell)!.points]), [[true, 1], [true, 3]]);
});

Deno.test("an exercise that cannot be graded stops the course, with its file and cell", () => {
  const wrong = (...cells: Cell[]) => () =>
    assignmentNotebook(notebookOf(words("# 단원"), words("## 연습"), ...cells), "x", "x.ipynb");
  const check = code('await check("연습 1", () => 1, 1);');
  assertThrows(
    wrong(words("### 연습 1: 제목"), code(answer), check),
    NotebookError,
    "x.ipynb, cell 3: An exercise says",
  );
  assertThrows(wrong(words("### 연습 1 (쉬움): 제목"), check), NotebookError, "no solution");
  assertThrows(wrong(words("### 연습 1 (쉬움): 제목"), code(answer), check, check), NotebookError, "a check already");
  assertThrows(wrong(code(answer), check), NotebookError, "above the first exercise");
  assertEquals(assignmentNotebook(notebookOf(words("# 연습이 없다")), "x", "x.ipynb"), undefined);
});

Deno.test("instructors' cells and what is below the last exercise stay with the instructor", () => {
  const cells = [...lesson.cells];
  cells.splice(4, 0, code("const forInstructors = 7;", [], { tags: ["instructor"] }));
  const { notebook: made } = assignmentNotebook(notebookOf(...cells), "two", "two.ipynb")!;
  const all = made.cells.map(({ source }) => textOf(source)).join("\n");
  assert(!all.includes("forInstructors") && !all.includes("다음 단원"), all);
});

Deno.test("a cell's names are told apart: declared, used, changed, bound inside, of types, of properties", () => {
  const { declared, used, changed, imports } = namesOf(`
import { tf, type Logs } from "baeum/tensors";
interface Row { value: number }
const { a, b: [c], ...rest } = source;
function f(x: Point, y = outer) { const z = x.inner + y; return () => z + free; }
for (const item of list) total += item;
counter.value++;
box.put(1);
await model.fit(data);
({ key: shorthand, own });`);
  assertEquals([...declared].sort(), ["Row", "a", "c", "f", "rest"]);
  assertEquals([...used].sort(), [
    "Logs",
    "Point",
    "box",
    "counter",
    "data",
    "free",
    "list",
    "model",
    "outer",
    "own",
    "shorthand",
    "source",
    "total",
  ]);
  assertEquals([...changed].sort(), ["box", "counter", "total"]);
  assertEquals(imports.get("tf"), { module: "baeum/tensors", clause: "{ tf }" });
  assertEquals(imports.get("Logs"), { module: "baeum/tensors", clause: "{ type Logs }" });
});

Deno.test("the cells that exercises need are found upwards, with those that change a name, without trainings", () => {
  const cells = [
    code("let w = 1;"),
    code("const base = [w];"),
    code("base.push(2);"),
    code("const model = build(base);"),
    code("const history = await model.fit(base);"),
    code("w = 5;"),
    code('import { tf } from "baeum/tensors";\nplot(history);'),
    code("const used = model.size + tf.scalar(base[0]);"),
  ];
  assertEquals(neededCells(notebookOf(...cells), 7, 8), {
    cells: [0, 1, 2, 3],
    imports: ['import { tf } from "baeum/tensors";'],
  });
});

Deno.test("all lessons make a course with hidden tests; settings that somebody changed are kept", async () => {
  const out = await Deno.makeTempDir({ prefix: "baeum-course-" });
  try {
    await Deno.writeTextFile(join(out, "nbgrader_config.py"), "# mine\n");
    const files = [...Deno.readDirSync(lessons)].map(({ name }) => join(lessons, name)).filter((path) =>
      path.endsWith(".ipynb")
    ).sort();
    const written = await writeCourse(files, out);
    assertEquals(written.map(({ name }) => name), files.map(nameOf));
    assertEquals(await Deno.readTextFile(join(out, "nbgrader_config.py")), "# mine\n");
    assertStringIncludes(await Deno.readTextFile(join(out, "README.md")), "autograde 00-start");
    const onlyVisible: string[] = [];
    for (const { name, points } of written) {
      const path = join(out, "source", name, `${name}.ipynb`);
      const { cells, metadata } = parseNotebook(await Deno.readTextFile(path), path);
      assertEquals((metadata.kernelspec as { name: string }).name, "baeum");
      const graders = cells.map(metadataOf).filter((cell) => cell !== undefined);
      assertEquals(new Set(graders.map(({ grade_id }) => grade_id)).size, graders.length, name);
      assertEquals(graders.reduce((sum, cell) => sum + Number(cell.points ?? 0), 0), points);
      const tests = cells.filter((cell) => metadataOf(cell)?.grade);
      assert(tests.length >= 3, name);
      for (const cell of tests) {
        if (!textOf(cell.source).includes("다른 값으로")) onlyVisible.push(`${name} ${metadataOf(cell)!.grade_id}`);
      }
      assert(
        cells.every((cell) => cell.cell_type === "markdown" || metadataOf(cell)),
        "an unlocked cell of the lesson",
      );
    }
  } finally {
    await Deno.remove(out, { recursive: true });
  }
});

Deno.test("two notebooks of one name, or notebooks without exercises, leave no course", async () => {
  const out = await Deno.makeTempDir({ prefix: "baeum-course-" });
  try {
    const file = join(lessons, "01-perceptron.ipynb");
    await assertRejects(() => writeCourse([file, file], join(out, "course")), NotebookError, "same name");
    const reading = join(out, "reading.ipynb");
    await Deno.writeTextFile(reading, JSON.stringify(notebookOf(words("# 읽을거리"), code("1 + 1;"))));
    assertEquals(await writeCourse([reading], join(out, "course")), []);
    assertEquals([...Deno.readDirSync(out)].map(({ name }) => name), ["reading.ipynb"]);
  } finally {
    await Deno.remove(out, { recursive: true });
  }
});
