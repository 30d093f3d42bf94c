import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { executed, needsRun, studentEdition } from "../../handouts/editions/mod.ts";
import { textOf } from "../../handouts/notebook.ts";
import { code, notebookOf, printed } from "./notebooks.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const installed = await Deno.stat(join(root, ".venv", "bin", "python")).then(() => true, () => false);

Deno.test({
  name: "the student's edition shows what a run without the solutions shows, and a second build runs nothing",
  ignore: !installed,
  async fn() {
    const original = notebookOf(
      code("const seen: number[] = [];\nconsole.log(seen.length);", [printed("0")]),
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
    const run = await executed(edition, "student-test", stamp);
    const outputs = run.cells.map((cell) =>
      (cell.outputs ?? []).map((output) => textOf("text" in output ? output.text : "?")).join()
    );
    assertEquals(outputs, ["0\n", "", "", "\n", "", "2\n"]);
    assertEquals(run.cells.map(({ metadata }) => metadata.tags ?? []), edition.notebook.cells.map(() => []));

    const begin = performance.now();
    assertEquals(await executed(edition, "student-test", stamp), run);
    assert(performance.now() - begin < 500, "the run was kept");
    for await (const { name } of Deno.readDir(join(root, ".jupyter", "handouts"))) {
      if (name.startsWith("student-test-")) await Deno.remove(join(root, ".jupyter", "handouts", name));
    }
  },
});
