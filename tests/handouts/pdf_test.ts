import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { getDocumentProxy } from "unpdf";
import { buildHandouts } from "../../handouts/build.ts";
import { nameOf, parseNotebook } from "../../handouts/notebook.ts";
import { outlineOf } from "../../handouts/links.ts";
import { withoutChromium } from "../chromium.ts";

const lessons = ["notebooks/03-tensors-and-data.ipynb", "notebooks/10-losses.ipynb"]
  .map((path) => new URL(`../../${path}`, import.meta.url).pathname);

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;
type Bookmarks = Awaited<ReturnType<Document["getOutline"]>>;

async function bookmarks(document: Document): Promise<{ title: string; page: number; level: number }[]> {
  const found: { title: string; page: number; level: number }[] = [];
  const walk = async (items: Bookmarks, level: number): Promise<void> => {
    for (const { title, dest, items: inner } of items ?? []) {
      found.push({ title, level, page: await document.getPageIndex(dest![0] as never) + 1 });
      await walk(inner, level + 1);
    }
  };
  await walk(await document.getOutline(), 1);
  return found;
}

async function textOfPage(document: Document, number: number): Promise<string> {
  const { items } = await (await document.getPage(number)).getTextContent();
  return items.map((item) => "str" in item ? item.str : "").join("");
}

const squeezed = (text: string) => text.normalize("NFC").replace(/[^\p{Script=Hangul}]/gu, "");

Deno.test({
  name:
    "a lesson's PDF is tagged Korean text with bookmarks for every heading, and the course's has right page numbers",
  ignore: withoutChromium("PDFs"),
  async fn(t) {
    const out = await Deno.makeTempDir({ prefix: "baeum-pdf-" });
    try {
      await buildHandouts({ notebooks: lessons, editions: ["instructor"], formats: ["pdf"], out });
      for (const file of lessons) {
        const name = nameOf(file);
        const bytes = await Deno.readFile(`${out}/instructor/${name}.pdf`);
        const document = await getDocumentProxy(bytes.slice());
        const notebook = parseNotebook(await Deno.readTextFile(file), file);
        const { headings } = outlineOf(notebook, file).outline;
        const pages: string[] = [];
        for (let page = 1; page <= document.numPages; page++) pages.push(await textOfPage(document, page));

        await t.step(`${name}: language, title, tags, A4`, async () => {
          const info = Object((await document.getMetadata()).info);
          assertEquals(info.Language, "ko");
          assertEquals(info.Title, headings[0].title);
          assertEquals((await document.getMarkInfo())?.Marked, true);
          const [, , width, height] = (await document.getPage(1)).view;
          assertEquals([Math.round(width), Math.round(height)], [595, 842]);
        });
        await t.step(`${name}: a bookmark for each heading, on the page where it stands`, async () => {
          const found = await bookmarks(document);
          assertEquals(found.map(({ title }) => title), headings.map(({ title }) => title));
          for (const { title, page } of found) assertStringIncludes(squeezed(pages[page - 1]), squeezed(title));
        });
        await t.step(`${name}: page numbers, the running title, and all Hangul of the lesson, in its order`, () => {
          pages.forEach((text, index) => assertStringIncludes(text, `${index + 1} / ${pages.length}`));
          const text = squeezed(pages.map((page) => page.replaceAll(headings[0].title, "")).join(""));
          for (const { cell_type, source } of notebook.cells) {
            if (cell_type !== "markdown") continue;
            for (const line of String([source].flat().join("")).split("\n")) {
              // A line may go on at the top of the next page; of each, its beginning.
              const start = /^[^|$`[]{12,40}/.exec(line.replace(/[*#>-]/g, ""))?.[0] ?? "";
              if (!start.includes(headings[0].title.slice(0, 8))) {
                assertStringIncludes(text, squeezed(start).slice(0, 10));
              }
            }
          }
        });
        await t.step(`${name}: every font is embedded TrueType, none is Type 3`, () => {
          const raw = new TextDecoder("latin1").decode(bytes);
          const kinds = new Set(
            [...raw.matchAll(/\/Subtype *\/(Type\d|CIDFontType\d|TrueType|MMType1)\b/g)].map(([, kind]) => kind),
          );
          assertEquals(kinds, new Set(["Type0", "CIDFontType2"]));
          const count = (pattern: RegExp) => [...raw.matchAll(pattern)].length;
          assertEquals(count(/\/FontFile2\s/g), count(/\/Type *\/FontDescriptor\b/g));
        });
      }
      await t.step("the course's contents name the page of each lesson and section", async () => {
        const document = await getDocumentProxy(await Deno.readFile(`${out}/instructor/course.pdf`));
        const { items } = await (await document.getPage(1)).getTextContent();
        const lines = items.map((item) => "str" in item ? item.str : "").filter((text) => text.trim() !== "");
        const found = await bookmarks(document);
        assertEquals(found.filter(({ level }) => level === 1).length, lessons.length);
        const shown = found.filter(({ level }) => level <= 2);
        for (const { title, page } of shown.slice(0, 8)) {
          const at = lines.findIndex((line) => line === title || (line.length > 3 && title.startsWith(line)));
          assert(at >= 0, title);
          assert(
            lines.slice(at, at + 4).includes(String(page)),
            `${title}: ${lines.slice(at, at + 4)} instead of ${page}`,
          );
        }
      });
    } finally {
      await Deno.remove(out, { recursive: true });
    }
  },
});
