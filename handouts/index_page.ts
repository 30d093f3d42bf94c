import { COURSE } from "./course.ts";
import type { Edition } from "./editions/mod.ts";
import { escapeHtml } from "./escape.ts";
import type { Neighbour } from "./lesson_page.ts";
import { page } from "./page.ts";

/** A lesson in the list of the course. */
export interface IndexEntry extends Neighbour {
  /** What the lesson is about, in a sentence or two. */
  about: string;
  formats: Neighbour[];
}

/** The course's page: all lessons in their order, each with its formats. `whole` are the files that hold the whole course. */
export function indexPage(
  entries: readonly IndexEntry[],
  edition: Edition,
  whole: readonly Neighbour[] = [],
): Promise<string> {
  const link = ({ href, title }: Neighbour, cls = "") => `<a${cls} href="${escapeHtml(href)}">${escapeHtml(title)}</a>`;
  const items = entries.map((entry) =>
    `<li>${link(entry, ' class="title"')}<br>${escapeHtml(entry.about)}${
      entry.formats.length > 0
        ? `<span class="formats">${entry.formats.map((format) => link(format)).join(" ")}</span>`
        : ""
    }</li>`
  );
  const badge = edition === "instructor" ? `<p class="edition">교수자용: 답이 들어 있으니 나누어 주지 마세요</p>` : "";
  const body = `<main>
<h1>${COURSE}</h1>
${badge}
${whole.length > 0 ? `<p>강좌 전체: ${whole.map((format) => link(format)).join(" ")}</p>` : ""}
<ol class="lessons">
${items.join("\n")}
</ol>
</main>`;
  return page({ title: COURSE, body, bodyClass: `index ${edition}` });
}
