import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { buildHandouts } from "../../handouts/build.ts";
import type { Notebook } from "../../handouts/notebook.ts";
import { code, notebookOf, printed, shown, text } from "./notebooks.ts";

/** A folder with notebooks, and another for what is made of them. */
async function course(
  notebooks: Record<string, Notebook>,
  use: (files: string[], out: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "baeum-course-" });
  try {
    const files: string[] = [];
    for (const [name, notebook] of Object.entries(notebooks)) {
      files.push(join(folder, name));
      await Deno.writeTextFile(join(folder, name), JSON.stringify(notebook));
    }
    await use(files, join(folder, "out"));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const first = () =>
  notebookOf(
    text("# 하나\n\n[둘의 끝](02-b.ipynb#끝-부분)으로, [여기](#하나)로"),
    code("const a = 1;\na;", [printed("1")]),
  );
const second = () => notebookOf(text("# 둘\n\n글\n\n## 끝 부분\n\n[앞](01-a.ipynb)"));

Deno.test("a build makes a page and a notebook for each lesson and the course's page, and links lead to pages", async () => {
  await course({ "01-a.ipynb": first(), "02-b.ipynb": second() }, async (files, out) => {
    const { written } = await buildHandouts({ notebooks: files, editions: ["student"], out, formats: ["html"] });
    assertEquals(written.map((path) => path.slice(out.length + 1)).sort(), [
      "student/01-a.html",
      "student/01-a.ipynb",
      "student/02-b.html",
      "student/02-b.ipynb",
      "student/index.html",
    ]);
    const page = await Deno.readTextFile(join(out, "student", "01-a.html"));
    assertStringIncludes(page, `href="02-b.html#${encodeURIComponent("끝-부분")}"`);
    assertStringIncludes(page, '<a rel="next" href="02-b.html">');
    assert(!/(?:src|href)="(?:https?:)?\/\//.test(page), "nothing of another host");
    const index = await Deno.readTextFile(join(out, "student", "index.html"));
    assert(index.indexOf("01-a.html") < index.indexOf("02-b.html"), "in the lessons' order");
  });
});

Deno.test("a second build makes nothing, and a changed lesson is made again alone", async () => {
  await course({ "01-a.ipynb": first(), "02-b.ipynb": second() }, async (files, out) => {
    const build = () => buildHandouts({ notebooks: files, editions: ["instructor"], out, formats: ["html"] });
    await build();
    assertEquals(await build(), { written: [], unchanged: 5 });
    const changed = second();
    changed.cells[0].source += "\n\n새 문장";
    await Deno.writeTextFile(files[1], JSON.stringify(changed));
    assertEquals((await build()).written.map((path) => path.split("/").at(-1)), ["02-b.html", "02-b.ipynb"]);
    await Deno.remove(join(out, "instructor", "01-a.html"));
    assertEquals((await build()).written.map((path) => path.split("/").at(-1)), ["01-a.html"]);
  });
});

Deno.test("a build of one lesson leaves out links to pages that are not there", async () => {
  await course({ "01-a.ipynb": first(), "02-b.ipynb": second() }, async ([file], out) => {
    await buildHandouts({ notebooks: [file], editions: ["student"], out, formats: ["html"] });
    const page = await Deno.readTextFile(join(out, "student", "01-a.html"));
    assertStringIncludes(page, "<a>둘의 끝</a>");
  });
});

const faults: [what: string, notebook: Notebook, message: string][] = [
  [
    "a link to no notebook",
    notebookOf(text("# A"), text("[x](03-c.ipynb)")),
    "cell 2: The link 03-c.ipynb is dead: there is no such notebook",
  ],
  [
    "a link to no heading",
    notebookOf(text("# A\n\n[x](#없는-곳)")),
    "01-a.ipynb has no heading with this id. It has: #A",
  ],
  ["a link to no file", notebookOf(text("# A\n\n[x](data.csv)")), "there is no such file"],
  ["a picture that is not there", notebookOf(text("# A\n\n![그림](a.png)")), "cell 1: There is no picture a.png"],
  [
    "a picture of the web",
    notebookOf(text("# A\n\n![그림](https://example.org/a.png)")),
    "is read without the network",
  ],
  [
    "a figure without words",
    notebookOf(text("# A"), code("f;", [shown({ "text/html": "<svg><path/></svg>" })])),
    "cell 2: A figure below",
  ],
  ["a picture without words", notebookOf(text("# A"), code("f;", [shown({ "image/png": "AAAA" })])), "has no alt text"],
  ["a formula that cannot be read", notebookOf(text("# A\n\n$\\frac{1$")), "cell 1: ParseError: KaTeX parse error"],
  [
    "a malformed mark",
    notebookOf(text("# A"), code("// END SOLUTION")),
    "cell 2, line 1: END SOLUTION without a BEGIN SOLUTION",
  ],
];
for (const [what, notebook, message] of faults) {
  Deno.test(`${what} stops the build and says where`, async () => {
    await course({ "01-a.ipynb": notebook }, async (files, out) => {
      const error = await assertRejects(
        () => buildHandouts({ notebooks: files, editions: ["instructor"], out, formats: ["html"] }),
        Error,
        message,
      );
      assertStringIncludes(error.message, "01-a.ipynb");
    });
  });
}

Deno.test("a notebook that is not there, and two of one name, stop the build and are named", async () => {
  await course({ "01-a.ipynb": notebookOf(text("# A")) }, async ([file], out) => {
    const build = (...notebooks: string[]) =>
      buildHandouts({ notebooks, editions: ["instructor"], out, formats: ["html"] });
    await assertRejects(() => build(file, "02-b.ipynb"), Error, "02-b.ipynb: There is no such notebook.");
    await assertRejects(() => build(join(file, "..")), Error, "This notebook cannot be read");
    await assertRejects(() => build(file, file), Error, "01-a.ipynb: Another notebook has the same name.");
  });
});

Deno.test("a picture beside the notebook comes into the page", async () => {
  await course({ "01-a.ipynb": notebookOf(text("# A\n\n![붉은 점](dot.png)")) }, async ([file], out) => {
    await Deno.writeFile(join(file, "..", "dot.png"), new Uint8Array([137, 80, 78, 71]));
    await buildHandouts({ notebooks: [file], editions: ["student"], out, formats: ["html"] });
    const page = await Deno.readTextFile(join(out, "student", "01-a.html"));
    assertStringIncludes(page, '<img src="data:image/png;base64,iVBORw==" alt="붉은 점">');
  });
});

Deno.test("what is open in one edition is not in the other", async () => {
  const solved = code("function f() {\n  // BEGIN SOLUTION\n  return veryOwnAnswer;\n  // END SOLUTION\n}");
  await course({ "01-a.ipynb": notebookOf(text("# A"), solved) }, async (files, out) => {
    await buildHandouts({ notebooks: files, editions: ["student", "instructor"], out, formats: ["html"] });
    for (const file of ["01-a.html", "01-a.ipynb"]) {
      assertStringIncludes(await Deno.readTextFile(join(out, "instructor", file)), "veryOwnAnswer");
      assert(!(await Deno.readTextFile(join(out, "student", file))).includes("veryOwnAnswer"));
    }
  });
});
