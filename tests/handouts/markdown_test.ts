import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { CodePainter } from "../../handouts/highlight.ts";
import { markdownPage, markdownToHtml } from "../../handouts/markdown.ts";

const page = () => ({ page: markdownPage(), cell: 1, picture: (src: string) => src });

Deno.test("emphasis beside Hangul particles is emphasis", () => {
  assertEquals(
    markdownToHtml("**손실(loss)**은 `x`를 **줄인다.**라고", page()),
    "<p><strong>손실(loss)</strong>은 <code>x</code>를 <strong>줄인다.</strong>라고</p>",
  );
});

Deno.test("a formula between two dollar signs is set apart also on one line, one between single ones is not", () => {
  assertStringIncludes(markdownToHtml("$$a + b$$", page()), 'class="katex-display"');
  assertStringIncludes(markdownToHtml("$$\na + b\n$$", page()), 'class="katex-display"');
  const inline = markdownToHtml("식 $a + b$이다", page());
  assert(inline.includes('class="katex"') && !inline.includes("katex-display"));
});

Deno.test("headings have JupyterLab's ids, and a repeated one an id of its own", () => {
  const context = page();
  markdownToHtml("# 1. 출력의 약속\n\n## `f(x)`와 끝\n\n## 끝\n\n## 끝", context);
  assertEquals(context.page.headings.map(({ id }) => id), ["1.-출력의-약속", "f(x)와-끝", "끝", "끝-1"]);
});

Deno.test("code in a text is coloured by its language, whatever is in it, and unknown ones stay plain", async () => {
  const painter = await CodePainter.create();
  const html = markdownToHtml('```ts\nconst a = "<b>";\n```\n\n```what\n<b>\n```', { ...page(), painter });
  assertStringIncludes(html, '<span class="h0">const</span>');
  assertStringIncludes(html, "&#x3C;b>");
  assertEquals(html.match(/<b>/), null);
  assert(/^\.h0\{color:light-dark\(#\w{6},#\w{6}\)\}/.test(painter.css()));
});

Deno.test("tables scroll by themselves and tell which cells are heads of columns", () => {
  const html = markdownToHtml("| 가 | 나 |\n| -- | -: |\n| 1 | 2 |", page());
  assertStringIncludes(html, '<div class="scroll" role="group" aria-label="표" tabindex="0"><table>');
  assertStringIncludes(html, '<th scope="col">가</th>');
});
