import type { Browser } from "playwright-core";
import { getDocumentProxy } from "unpdf";
import { CodePainter } from "./highlight.ts";
import { COURSE, type CourseLesson } from "./course.ts";
import type { Edition } from "./editions/mod.ts";
import { escapeHtml } from "./escape.ts";
import { type Lesson, lessonBody, renderLesson } from "./lesson.ts";
import { runningTitle } from "./lesson_page.ts";
import { parseLink } from "./links.ts";
import type { Heading } from "./markdown.ts";
import { page } from "./page.ts";
import { printPdf } from "./pdf.ts";

/**
 * All lessons as one PDF, with a table of contents in front whose page numbers are right: it is printed twice, the first time to
 * see on which page each heading comes.
 */
export async function coursePdf(
  browser: Browser,
  lessons: readonly CourseLesson[],
  edition: Edition,
): Promise<Uint8Array> {
  const painter = await CodePainter.create();
  const inside = new Set(lessons.map(({ name }) => name));
  const rendered: Lesson[] = [];
  for (const { name, notebook, file } of lessons) {
    const prefix = `${name}--`;
    const rewrite = (href: string) => {
      const link = parseLink(href);
      if (!link) return href;
      if (link.notebook === undefined) {
        return link.anchor === undefined ? undefined : `#${encodeURIComponent(prefix + link.anchor)}`;
      }
      if (!inside.has(link.notebook)) return undefined;
      return `#${encodeURIComponent(link.anchor ? `${link.notebook}--${link.anchor}` : link.notebook)}`;
    };
    rendered.push(await renderLesson(notebook, { file, rewrite, prefix, painter }));
  }
  const html = (pages: readonly number[]) => courseHtml(rendered, edition, painter.css(), pages);
  const headings = rendered.flatMap((lesson) => lesson.page.headings);
  const numbers = await headingPages(await printPdf(browser, await html(headings.map(() => 0))));
  if (numbers.length !== headings.length) {
    throw new Error(`The PDF has ${numbers.length} bookmarks for the course's ${headings.length} headings.`);
  }
  return await printPdf(browser, await html(numbers));
}

function courseHtml(
  lessons: readonly Lesson[],
  edition: Edition,
  css: string,
  pages: readonly number[],
): Promise<string> {
  const headings: Heading[] = lessons.flatMap((lesson) => lesson.page.headings);
  const entries = headings.map(({ level, id, title }, index) =>
    level > 2
      ? ""
      : `<li class="level-${level}" data-page="${pages[index]}"><a href="#${encodeURIComponent(id)}">${
        escapeHtml(title)
      }</a><span></span></li>`
  );
  const badge = edition === "instructor" ? `<p class="edition">교수자용: 답이 들어 있으니 나누어 주지 마세요</p>` : "";
  const body = `<main>
<p class="cover">${COURSE}</p>
${badge}
<nav aria-label="차례"><ol class="page-numbers">${entries.join("")}</ol></nav>
${
    lessons.map((lesson) =>
      `<article class="lesson" id="${escapeHtml(lesson.name)}">\n${lessonBody(lesson)}\n</article>`
    ).join("\n")
  }
</main>`;
  return page({ title: COURSE, body, css: css + runningTitle(COURSE), bodyClass: edition });
}

/** The page of each bookmark of a PDF, from 1, in their order. */
async function headingPages(pdf: Uint8Array): Promise<number[]> {
  const document = await getDocumentProxy(pdf);
  const pages: number[] = [];
  type Bookmarks = Awaited<ReturnType<typeof document.getOutline>>;
  const walk = async (bookmarks: Bookmarks): Promise<void> => {
    for (const { dest, items } of bookmarks ?? []) {
      const [reference] = typeof dest === "string" ? (await document.getDestination(dest))! : dest!;
      pages.push(await document.getPageIndex(reference) + 1);
      await walk(items);
    }
  };
  await walk(await document.getOutline());
  return pages;
}
