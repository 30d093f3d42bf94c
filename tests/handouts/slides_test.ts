import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { renderLesson } from "../../handouts/lesson.ts";
import type { Cell } from "../../handouts/notebook.ts";
import { cutSlides } from "../../handouts/slides/cut.ts";
import { cutListing } from "../../handouts/slides/listing.ts";
import { code, notebookOf, printed, text } from "./notebooks.ts";

const slides = async (...cells: Cell[]) =>
  cutSlides(await renderLesson(notebookOf(...cells), { file: "lesson.ipynb" }));
const typed = (cell: Cell, slide_type: string): Cell => ({ ...cell, metadata: { slideshow: { slide_type } } });

Deno.test("a slide begins at each heading and has its id, and one that goes on names its section", async () => {
  const long = Array.from({ length: 30 }, (_, i) => `문단 ${i}. 손실 함수는 우리가 바라는 것을 수 하나로 말해 준다.`)
    .join("\n\n");
  const made = await slides(text("# 제목\n\n첫 글"), text(`## 본론\n\n${long}`));
  assertEquals(made[0].id, "제목");
  assertEquals(made[1].id, "본론");
  assertEquals([made[2].id, made[2].running], [undefined, "본론"]);
  assertEquals(made.map(({ html }) => html).join("").match(/문단 \d+/g)?.length, 30);
});

Deno.test("slide_type skips a cell, begins a slide, hides a fragment and gives the speaker notes", async () => {
  const made = await slides(
    text("# 제목"),
    typed(text("건너뜀"), "skip"),
    typed(text("말할 것"), "notes"),
    typed(text("나중에"), "fragment"),
    typed(text("새 장"), "slide"),
  );
  assertEquals(made.length, 2);
  assertStringIncludes(made[0].notes, "말할 것");
  assertStringIncludes(made[0].html, '<p class="fragment">나중에</p>');
  assertStringIncludes(made[1].html, "새 장");
  assertEquals(made.some(({ html }) => html.includes("건너뜀")), false);
});

Deno.test("code and what it prints are on a slide together if there is room, else one after the other", async () => {
  const short = await slides(text("# 제목"), code("console.log(1);", [printed("1")]));
  assertEquals(short.length, 1);
  const long = await slides(text("# 제목"), code("f();\n".repeat(20), [printed("1\n".repeat(20))]));
  assertEquals(long.length, 2);
  assertStringIncludes(long[1].html, 'class="out');
});

Deno.test("of a long paragraph a slide has the first sentence, and the speaker's notes have all", async () => {
  const more =
    "그래서 우리는 오차의 제곱을 모두 더해 하나의 수로 만들고, 그 수가 작아지는 쪽으로 가중치를 조금씩 옮긴다. ".repeat(
      5,
    );
  const made = await slides(
    text(`# 제목\n\n손실은 $x$ 하나로 **말한다.** 곧 손실이다. ${more}`),
    text("짧은 글. 그대로 둔다."),
  );
  assertEquals(made.length, 1);
  assertStringIncludes(made[0].html, "곧 손실이다.</p>");
  assertEquals(made[0].html.includes("그래서 우리는"), false);
  assertStringIncludes(made[0].html, "짧은 글. 그대로 둔다.");
  assertEquals(made[0].notes.match(/그래서 우리는/g)?.length, 5);
  assertStringIncludes(made[0].notes, "katex");
});

Deno.test("a slide with no more than a heading and a sentence takes the figure that follows", async () => {
  const code24 = code("f();\n".repeat(22));
  assertEquals((await slides(text("# 제목\n\n한 문장이다."), code24)).length, 1);
  assertEquals((await slides(text(`# 제목\n\n${"문장이 하나 있다.\n\n".repeat(4)}`), code24)).length, 2);
});

const body = (
  name: string,
  lines: number,
) => [`function ${name}() {`, ...Array.from({ length: lines - 2 }, (_, i) => `  step${i}();`), "}"];

Deno.test("a long listing is cut where the code pauses, in the order of its lines, and no piece is too long to read", () => {
  const lines = [...body("first", 14), "", ...body("second", 16), "", ...body("third", 20), "run();"];
  const pieces = cutListing(lines);
  assertEquals(pieces, [[0, 14], [15, 31], [32, 53]]);
  assertEquals(cutListing(lines.slice(0, 24)), [[0, 24]]);
  for (const length of [25, 49, 73, 200]) {
    const all = cutListing(body("long", length));
    assertEquals(all.map(([from]) => from).slice(1), all.map(([, to]) => to).slice(0, -1), "nothing is left out");
    assertEquals([all[0][0], all.at(-1)![1]], [0, length]);
    assert(all.every(([from, to]) => to > from && to - from <= 24), `${all}`);
  }
});

Deno.test("each piece of a long listing has a slide of its own, with its colours and the frame of a solution", async () => {
  const solution = ["// BEGIN SOLUTION", ...body("own", 16), "// END SOLUTION"];
  const source = [...body("first", 20), "", ...solution, "", ...body("third", 18)].join("\n");
  const made = await slides(text("# 제목"), code(source, [printed("끝")]));
  assertEquals(made.length, 3);
  const codes = made.map(({ html }) => /<code>(.*?)<\/code>/s.exec(html)![1]);
  assertEquals(codes.map((html) => (html.match(/class="solution/g) ?? []).length), [0, 18, 0]);
  assertEquals(codes.map((html) => html.replace(/<[^>]*>/g, "").trim()).join("\n\n"), source);
  assertStringIncludes(made[0].html, 'class="source goes-on-below"');
  assertStringIncludes(made[1].html, 'class="source goes-on-above goes-on-below"');
  assertStringIncludes(made[2].html, "끝");
});

Deno.test("a long table goes over several slides, each with its head, and a short one stays whole", async () => {
  const rows = (count: number) => Array.from({ length: count }, (_, i) => `| ${i + 1} | 단원 |`).join("\n");
  const made = await slides(text(`# 제목\n\n| 번호 | 이름 |\n| --- | --- |\n${rows(21)}`));
  assertEquals(made.map(({ html }) => html.match(/<tr>/g)?.length), [12, 11]);
  assertEquals(made.map(({ html }) => html.includes("번호")), [true, true]);
  assertEquals(made.map(({ html }) => html).join("").match(/단원/g)?.length, 21);
  assertEquals((await slides(text(`# 제목\n\n| 번호 | 이름 |\n| --- | --- |\n${rows(12)}`))).length, 1);
});

Deno.test("a picture in a text has a slide nearly to itself", async () => {
  const picture = "![붉은 점](data:image/png;base64,iVBORw==)";
  const made = await slides(
    text(`# 제목\n\n${"한 문장이다.\n\n".repeat(5)}\n\n${picture}\n\n${"뒤의 문장이다.\n\n".repeat(5)}`),
  );
  assertEquals(made.map(({ html }) => html.includes("<img")), [false, true, false]);
});
