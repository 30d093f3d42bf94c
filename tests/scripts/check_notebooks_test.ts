import { assertEquals } from "@std/assert";
import { join } from "node:path";
import { checkNotebooks, describe } from "../../scripts/check_notebooks.ts";

async function problemsOf(...sources: string[]): Promise<string[]> {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "lesson.ipynb");
    const cells = sources.map((source) => ({ cell_type: "code", source }));
    await Deno.writeTextFile(path, JSON.stringify({ cells }));
    return (await checkNotebooks([path])).map((problem) => describe(problem).replace(`${folder}/`, ""));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("cells may declare and import a name again, await, and end with an expression, as Deno's kernel allows", async () => {
  assertEquals(
    await problemsOf(
      'import { assertEquals } from "@std/assert";\nconst a = 1;\nassertEquals(a, 1);',
      'import { assertEquals } from "@std/assert";\nconst a = await Promise.resolve("x");\nassertEquals(a.length, 1);',
      "a.toUpperCase()",
    ),
    [],
  );
});

Deno.test("a type error is reported with its cell and its line in that cell", async () => {
  assertEquals(await problemsOf("const a = 1;", "a;\nconst b: string = a;", "b.nothing"), [
    "lesson.ipynb, cell 2, line 2: Type 'number' is not assignable to type 'string'.",
    "lesson.ipynb, cell 3, line 1: Property 'nothing' does not exist on type 'string'.",
  ]);
});

Deno.test("a syntax error and a module that does not exist are reported with cell and line", async () => {
  assertEquals(await problemsOf("1;", "2;\nconst = 3;"), [
    "lesson.ipynb, cell 2, line 2: SyntaxError: Unexpected token `=`. Expected yield, an identifier, [ or {",
  ]);
  const [problem] = await problemsOf("1;", '\nimport { a } from "baeum/nothing";');
  assertEquals(problem.startsWith('lesson.ipynb, cell 2, line 2: Import "baeum/nothing" not a dependency'), true);
});

Deno.test("a file that is missing is a problem, not a crash", async () => {
  assertEquals((await checkNotebooks(["missing.ipynb"])).map(describe), ["missing.ipynb: There is no such file."]);
});
