import { escapeHtml } from "./escape.ts";
import { fontCss } from "./fonts.ts";
import { lettersOf } from "./letters.ts";
import type { Heading } from "./markdown.ts";
import { mathCss } from "./math_css.ts";

/** What a page is made of. */
export interface PageParts {
  title: string;
  /** All between `<body>` and `</body>`. */
  body: string;
  /** Style sheets, besides the fonts and the course's own. */
  css?: string;
  bodyClass?: string;
  /** Letters that no text of the body has, but a style sheet or a script will show. */
  letters?: string;
  /** What the page may load; nothing but what is in it, and no script, if left out. */
  policy?: string;
  /** Elements after the body's text that show nothing by themselves. */
  scripts?: string;
}

/** The policy of a page that only shows: a browser asks nobody for anything and runs nothing. */
export const STILL_PAGE = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:";

const sheets = new Map<string, Promise<string>>();

/** A style sheet of `handouts/styles`. */
export function styleSheet(name: string): Promise<string> {
  const reading = sheets.get(name) ?? Deno.readTextFile(new URL(`./styles/${name}`, import.meta.url));
  sheets.set(name, reading);
  return reading;
}

/** A whole page in one file: fonts cut to its letters, KaTeX's style if there are formulas, the course's style sheet. */
export async function page(
  { title, body, css = "", bodyClass, letters = "", policy = STILL_PAGE, scripts = "" }: PageParts,
): Promise<string> {
  const shown = lettersOf(body, `${title}${letters}0123456789/… `);
  const math = await mathCss(body, shown.regular.union(shown.bold));
  const style = [await fontCss(shown), math, await styleSheet("page.css"), await styleSheet("print.css"), css].join(
    "\n",
  );
  return `<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
</head>
<body${bodyClass ? ` class="${escapeHtml(bodyClass)}"` : ""}>
${body}
${scripts}</body>
</html>
`;
}

/** The headings of the second and third level as a list of links; nothing for a page with none. */
export function tableOfContents(headings: readonly Heading[]): string {
  const shown = headings.filter(({ level }) => level === 2 || level === 3);
  if (shown.length === 0) return "";
  const items = shown.map(({ level, id, title }) =>
    `<li class="level-${level}"><a href="#${escapeHtml(encodeURIComponent(id))}">${escapeHtml(title)}</a></li>`
  );
  return `<nav class="contents" aria-label="차례"><details open><summary>차례</summary><ol>${
    items.join("")
  }</ol></details></nav>`;
}
