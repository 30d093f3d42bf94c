import type { Edition } from "./editions/mod.ts";
import { escapeHtml } from "./escape.ts";
import { type Lesson, lessonBody } from "./lesson.ts";
import { page, type PageParts, tableOfContents } from "./page.ts";

/** A page that another one links to. */
export interface Neighbour {
  href: string;
  title: string;
}

/** Where a lesson's page stands in the course. */
export interface Place {
  edition: Edition;
  previous?: Neighbour;
  next?: Neighbour;
  /** The same lesson in other formats: `{ href: "05-mnist-mlp.pdf", title: "PDF" }`. */
  formats: Neighbour[];
}

/** What a page has besides the lesson. */
export interface PageExtras extends Pick<PageParts, "policy" | "letters"> {
  css: string;
  /** Elements that follow the lesson. */
  scripts: string;
}

/** A lesson's page. */
export function lessonPage(lesson: Lesson, place: Place, extras?: PageExtras): Promise<string> {
  const body = `<a class="skip" href="#lesson">본문으로 건너뛰기</a>
${header(place)}
<main id="lesson">
${lessonBody(lesson).replace("</h1>", (end) => `${end}\n${tableOfContents(lesson.page.headings)}`)}
</main>
${footer(place)}`;
  return page({
    title: lesson.title,
    body,
    css: lesson.codeCss + runningTitle(lesson.title) + (extras?.css ?? ""),
    bodyClass: place.edition,
    letters: extras?.letters,
    policy: extras?.policy,
    scripts: extras?.scripts,
  });
}

/** The line above a lesson: the way to the course, the lesson's other formats, whose edition it is. */
export function header({ edition, formats }: Place): string {
  const badge = edition === "instructor" ? `<p class="edition">교수자용: 답이 들어 있으니 나누어 주지 마세요</p>` : "";
  const others = formats.map(({ href, title }) => `<a href="${escapeHtml(href)}">${escapeHtml(title)}</a>`).join(" ");
  return `<header class="page-header"><nav aria-label="강좌"><a href="index.html">강좌 차례</a> ${others}</nav>${badge}</header>`;
}

/** The way to the lessons before and after. */
export function footer({ previous, next }: Place): string {
  const link = (neighbour: Neighbour | undefined, rel: string, label: string) =>
    neighbour
      ? `<a rel="${rel}" href="${escapeHtml(neighbour.href)}"><small>${label}</small><br>${
        escapeHtml(neighbour.title)
      }</a>`
      : "<span></span>";
  if (!previous && !next) return "";
  return `<footer class="page-footer"><nav aria-label="앞뒤 단원">${link(previous, "prev", "이전 단원")}${
    link(next, "next", "다음 단원")
  }</nav></footer>`;
}

/** The title at the top of each printed page. */
export function runningTitle(title: string): string {
  const text = title.replace(/["\\\n<]/g, (letter) => `\\${letter.charCodeAt(0).toString(16)} `);
  return `@page{@top-right{content:"${text}";font:9pt "Handout",sans-serif;color:#545d68}}`;
}
