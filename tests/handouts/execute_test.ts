import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { executed, needsRun, studentEdition } from "../../handouts/editions/mod.ts";
import { NotebookError, textOf } from "../../handouts/notebook.ts";
import { code, notebookOf, printed } from "./notebooks.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const installed = await Deno.stat(join(root, ".venv", "bin", "python")).then(() => true, () => false);

Deno.test({
  name: "the student's edition shows what a run without the solutions shows, and a second build runs nothing",
  ignore: !installed,
  async fn() {
    const original = notebookOf(
      code('import { quick } from "baeum/notebook";\nconst seen: number[] = [];\nconsole.log(seen.length);', [
        printed("0"),
      ]),
      code("function answer(): number {\n  // BEGIN SOLUTION\n  seen.push(42);\n  return 42;\n  // END SOLUTION\n}"),
      code("answer();", [printed("42")]),
      // Names alone do not tell that this shows what the solution did.
      code("console.log(seen.join());", [printed("42")]),
      code('globalThis["ans" + "wer"]();', [printed("42")]),
      code("console.log(1 + 1);", [printed("2")]),
    );
    const edition = studentEdition(original, "lesson.ipynb");
    assert(needsRun(original, edition));
    const stamp = crypto.randomUUID();
    const told: string[] = [];
    const run = await executed(edition, "student-test.ipynb", stamp, (line) => told.push(line));
    const outputs = run.cells.map((cell) =>
      (cell.outputs ?? []).map((output) => textOf("text" in output ? output.text : "?")).join()
    );
    assertEquals(outputs, ["0\n", "", "", "\n", "", "2\n"]);
    assertEquals(told.length, 2, "that it runs, and that a cell fails that does not name the solution");
    assertStringIncludes(told[1], "student-test, cell 5 of the student's edition is shown without output: it fails");
    assertEquals(run.cells.map(({ metadata }) => metadata.tags ?? []), edition.notebook.cells.map(() => []));

    const again: string[] = [];
    assertEquals(await executed(edition, "student-test.ipynb", stamp, (line) => again.push(line)), run);
    assertEquals(again, told.slice(1), "the run was kept: nothing ran again");
    for await (const { name } of Deno.readDir(join(root, ".jupyter", "handouts"))) {
      if (name.startsWith("student-test-")) await Deno.remove(join(root, ".jupyter", "handouts", name));
    }
  },
});

Deno.test({
  name: "a cell that fails above all solutions stops the build: an output would be missing that no solution makes",
  ignore: !installed,
  async fn() {
    const original = notebookOf(
      code('import "no-such-package";', [printed("1")]),
      code("// BEGIN SOLUTION\n1;\n// END SOLUTION"),
      code("2;", [printed("2")]),
    );
    await assertRejects(
      () => executed(studentEdition(original, "a.ipynb"), "a.ipynb", crypto.randomUUID()),
      NotebookError,
      "a.ipynb, cell 1: This cell fails in the student's edition",
    );
  },
});
