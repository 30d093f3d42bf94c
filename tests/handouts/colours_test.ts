import { assert, assertEquals } from "@std/assert";
import { CodePainter } from "../../handouts/highlight.ts";
import { coloured, tokensOf } from "../../handouts/live/browser/colours.ts";
import { classesOf } from "../../handouts/live/live_page.ts";
import { readNotebook, textOf } from "../../handouts/notebook.ts";

const kinds = (code: string) =>
  tokensOf(code).filter(({ kind }) => kind).map(({ kind, text }) => `${kind}:${text}`).join(" ");

Deno.test("words of TypeScript are told apart: declared names, calls, keywords, numbers, text, comments", () => {
  assertEquals(
    kinds('const 합계 = sum(1.5e-3, "가"); // 끝'),
    'keyword:const constant:합계 keyword:= function:sum constant:1.5e-3 string:"가" comment:// 끝',
  );
  assertEquals(
    kinds("for (const { train, test } of await load(x)) model.fit(train.x);"),
    "keyword:for keyword:const constant:train constant:test keyword:of keyword:await function:load function:fit",
  );
  assertEquals(kinds("new Map(); a.of; { of: 1 }"), "keyword:new function:Map constant:1");
  assertEquals(kinds("const f = (x: A) => x"), "keyword:const function:f keyword:= type:A keyword:=>");
});

Deno.test("what stands in a template's ${…} is code, however deep, and the rest of it text", () => {
  assertEquals(
    kinds("`a${ { b: `c${d(1)}` } }e` + f()"),
    "string:`a string:${ string:`c string:${ function:d constant:1 string:} string:` string:} string:e string:` " +
      "keyword:+ function:f",
  );
  assertEquals(kinds("`$5 \\` \\${x}`;"), "string:`$5 \\` \\${x} string:`");
});

Deno.test("code that is not finished yet loses no letter, and a text without an end stops at its line", () => {
  assertEquals(kinds("'it\nreturn"), "string:'it keyword:return");
  for (const code of ["`a${b", "`${", "/* a", '"', "`", "a\\", "𝒳 = 가나다\n\n", "}", "<b>&amp;", "", "\n"]) {
    assertEquals(tokensOf(code).map(({ text }) => text).join(""), code);
  }
  assertEquals(coloured("a < b && '<i>'", { string: "h1" }), "a &lt; b &amp;&amp; <span class=\"h1\">'&lt;i>'</span>");
});

Deno.test("what is typed has the colours that the page has, but for a few letters", async () => {
  const painter = await CodePainter.create();
  const classes = classesOf(painter);
  assertEquals(new Set(Object.values(classes)).size, 6, "six kinds, six colours");
  let same = 0, all = 0;
  for (const name of ["02-xor-mlp", "05-mnist-mlp", "11-gradient-descent", "18-tuning"]) {
    const { cells } = await readNotebook(new URL(`../../notebooks/${name}.ipynb`, import.meta.url).pathname);
    for (const { cell_type, source } of cells) {
      if (cell_type !== "code") continue;
      const code = textOf(source);
      const [page, typed] = [painter.paint(code, "typescript"), coloured(code, classes)].map(classOfEachLetter);
      assertEquals(typed.map(({ letter }) => letter).join(""), page.map(({ letter }) => letter).join(""));
      all += page.length;
      same += page.filter(({ name }, i) => name === typed[i].name).length;
    }
  }
  assert(same / all > 0.93, `${same} of ${all}`);
});

/** The letters of highlighted code, without spaces, each with the class of the word that it stands in. */
function classOfEachLetter(html: string): { letter: string; name: string }[] {
  return [...html.matchAll(/<span class="(\w+)">([^<]*)<\/span>|([^<]+)/g)].flatMap(([, name = "", inner, plain]) =>
    [...(inner ?? plain).replaceAll("&lt;", "<").replaceAll("&amp;", "&").replace(/\s/g, "")]
      .map((letter) => ({ letter, name }))
  );
}
