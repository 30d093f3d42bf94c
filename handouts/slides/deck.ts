import { escapeHtml } from "../escape.ts";
import type { Edition } from "../editions/mod.ts";
import type { CourseLesson } from "../course.ts";
import { renderLesson } from "../lesson.ts";
import { type Notebook, type Output, textOf } from "../notebook.ts";
import { npmFile } from "../npm_files.ts";
import { page } from "../page.ts";
import { cutSlides, type Slide } from "./cut.ts";

/** What a deck may load: nothing but what is in it. The speaker's view shows the deck itself in frames. */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; font-src data:; img-src data:; " +
  "frame-src 'self' file: about: blob:";

/** How many lines of printed text a slide shows; of longer ones the beginning and the end. */
const LINES = { first: 16, last: 3 };

/**
 * A lesson as slides in one file, by reveal.js: arrow keys, `S` for the speaker's notes, `?print-pdf` behind the address to print
 * one page a slide. A slide that is too full is shown smaller, so that nothing lies outside.
 */
export async function slideDeck(
  { notebook, file, title }: CourseLesson,
  edition: Edition,
  rewrite: (href: string) => string | undefined,
): Promise<string> {
  const lesson = await renderLesson(shortened(notebook), { file, rewrite });
  const slides = cutSlides(lesson);
  const [reveal, notes, fit] = await Promise.all([
    Deno.readTextFile(npmFile("reveal.js", "reveal.js")),
    Deno.readTextFile(npmFile("reveal.js", "plugin/notes.js")),
    Deno.readTextFile(new URL("./fit.js", import.meta.url)),
  ]);
  const sheets = await Promise.all([
    Deno.readTextFile(npmFile("reveal.js", "reveal.css")),
    Deno.readTextFile(new URL("./slides.css", import.meta.url)),
  ]);
  const script = (code: string) =>
    `<script>${code.replace(/<\/script/gi, "<\\/script").replace(/<!--/g, "<\\!--")}</script>`;
  const body = `<main><div class="reveal"><div class="slides">
${slides.map((slide) => section(slide, edition)).join("\n")}
</div></div></main>
${[reveal, notes, fit].map(script).join("\n")}`;
  return await page({
    title,
    body,
    css: sheets.join("\n") + lesson.codeCss,
    bodyClass: `slides ${edition}`,
    policy: POLICY,
  });
}

function section({ id, running, html, notes }: Slide, edition: Edition): string {
  const badge = edition === "instructor" ? '<p class="edition">교수자용</p>' : "";
  const above = running === undefined ? "" : `<p class="running">${escapeHtml(running)}</p>`;
  const aside = notes === "" ? "" : `<aside class="notes">${notes}</aside>`;
  return `<section${
    id === undefined ? "" : ` id="${escapeHtml(id)}"`
  }><div class="fit">${badge}${above}${html}</div>${aside}</section>`;
}

/** A notebook whose long printed texts are cut in the middle. */
function shortened(notebook: Notebook): Notebook {
  const cut = (text: string) => {
    const lines = text.replace(/\n$/, "").split("\n");
    const left = lines.length - LINES.first - LINES.last;
    if (left <= 1) return text;
    return [...lines.slice(0, LINES.first), `⋯ ${left}줄`, ...lines.slice(-LINES.last)].join("\n");
  };
  const shorter = (output: Output): Output => {
    if (output.output_type === "stream") return { ...output, text: cut(textOf(output.text)) };
    if (output.output_type === "error" || output.data["text/plain"] === undefined) return output;
    return { ...output, data: { ...output.data, "text/plain": cut(textOf(output.data["text/plain"])) } };
  };
  return { ...notebook, cells: notebook.cells.map((cell) => ({ ...cell, outputs: cell.outputs?.map(shorter) })) };
}
