import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { CODE_STUB, needsRun, studentEdition, TEXT_STUB } from "../../handouts/editions/mod.ts";
import { NotebookError, textOf } from "../../handouts/notebook.ts";
import { exercise } from "./exercise.ts";
import { code, notebookOf, printed, text } from "./notebooks.ts";

const sources = (notebook: { cells: { source: string | string[] }[] }) =>
  notebook.cells.map(({ source }) => textOf(source));

Deno.test("the student's edition has the stub where the solution was, at its indentation", () => {
  const { notebook } = studentEdition(exercise(), "lesson.ipynb");
  assertEquals(sources(notebook)[3], `function slope(): number {\n  ${CODE_STUB}\n}`);
  assertEquals(sources(notebook)[8], TEXT_STUB);
  assertEquals(sources(notebook)[9], CODE_STUB);
});

Deno.test("cells with the tag instructor are not in the student's edition, nor is the tag solution", () => {
  const { notebook } = studentEdition(exercise(), "lesson.ipynb");
  assertEquals(notebook.cells.length, exercise().cells.length - 1);
  assert(!JSON.stringify(notebook).includes("채점"));
  assert(!JSON.stringify(notebook).includes('"solution"'));
});

Deno.test("a cell that needs a solution, even by way of another cell, is shown without output", () => {
  const { notebook, needsSolution } = studentEdition(exercise(), "lesson.ipynb");
  assertEquals([...needsSolution], [3, 4, 5, 9]);
  assertEquals(notebook.cells.map(({ outputs }) => outputs?.length ?? "-"), ["-", 1, 1, 0, 0, 0, 1, "-", "-", 0]);
});

Deno.test("names given by destructuring, in a list or by assignment carry a solution on to later cells", () => {
  const solved = "// BEGIN SOLUTION\n1;\n// END SOLUTION";
  for (
    const [given, used] of [
      ["const { a, b: c } = f();", "c"],
      ["const [p, q] = f();", "q"],
      ["let m = 1, n = 2;", "n"],
      ["total += f();", "total"],
      ["model.weights = f();", "model"],
      ["class Net {}", "Net"],
      ["async function train() {}", "train"],
    ]
  ) {
    const lesson = notebookOf(
      code(`${given}\n${solved}`),
      code(`console.log(${used})`, [printed("1")]),
      code("1", [printed("1")]),
    );
    assertEquals([...studentEdition(lesson, "lesson.ipynb").needsSolution], [0, 1], given);
  }
});

Deno.test("what an import brings is the same with and without a solution", () => {
  const lesson = notebookOf(
    code('import { check } from "baeum/notebook";\n// BEGIN SOLUTION\nconst secret = 1;\n// END SOLUTION'),
    code("await check('1', () => 1, 1);", [printed("1")]),
  );
  assertEquals([...studentEdition(lesson, "lesson.ipynb").needsSolution], [0]);
});

Deno.test("a malformed mark stops the edition with file, cell and line", () => {
  const lesson = notebookOf(text("# A"), code("const a = 1;\n// BEGIN SOLUTION\n2;"));
  const error = assertThrows(() => studentEdition(lesson, "notebooks/05.ipynb"), NotebookError);
  assertStringIncludes(error.message, "notebooks/05.ipynb, cell 2, line 2: BEGIN SOLUTION is never closed");
});

Deno.test("marks in Markdown hide a text, and hidden tests go without a stub", () => {
  const lesson = notebookOf(
    text("물음\n\n<!-- BEGIN SOLUTION -->\n답\n<!-- END SOLUTION -->\n\n끝"),
    code("check();\n// BEGIN HIDDEN TESTS\ncheckMore();\n// END HIDDEN TESTS"),
  );
  assertEquals(sources(studentEdition(lesson, "lesson.ipynb").notebook), [`물음\n\n${TEXT_STUB}\n\n끝`, "check();"]);
});

Deno.test("of what a lesson says of its live page the student's edition keeps the numbers of images only", () => {
  const lesson = exercise();
  lesson.metadata.live = {
    mnist: [100, 20],
    cifar10: [60, 20],
    "the answer is 7": [7, 7],
    fashionMnist: ["7", 7],
    note: "7",
  };
  const { notebook } = studentEdition(lesson, "lesson.ipynb");
  assertEquals(notebook.metadata.live, { mnist: [100, 20], cifar10: [60, 20] });
});

Deno.test("metadata that are no part of the lesson are not handed out", () => {
  const lesson = notebookOf(code("1", [], { tags: ["hide-input", "solution-of-3 x"], note: "정답은 3", alt: "그림" }));
  lesson.metadata.authors = ["somebody"];
  const { notebook } = studentEdition(lesson, "lesson.ipynb");
  assertEquals(notebook.cells[0].metadata, { tags: ["hide-input"], alt: "그림" });
  assertEquals(Object.keys(notebook.metadata), ["kernelspec"]);
});

Deno.test("a run is needed only where an output below a solution stays, or outputs are not of one run", () => {
  const lesson = exercise();
  assert(needsRun(lesson, studentEdition(lesson, "lesson.ipynb")), "a cell below the solution shows something");
  const above = notebookOf(code("1;", [printed("1")]), code("// BEGIN SOLUTION\n2;\n// END SOLUTION", [printed("2")]));
  assert(!needsRun(above, studentEdition(above, "lesson.ipynb")));
  above.cells[0].execution_count = 7;
  assert(needsRun(above, studentEdition(above, "lesson.ipynb")), "run in another order");
  const open = notebookOf(code("1;", [printed("1")]));
  assert(!needsRun(open, studentEdition(open, "lesson.ipynb")), "no solution at all");
});
