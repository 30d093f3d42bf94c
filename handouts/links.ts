import { basename, dirname, join } from "node:path";
import { type MarkdownPage, markdownPage, readHeadings } from "./markdown.ts";
import { nameOf, type Notebook, NotebookError, textOf } from "./notebook.ts";

/** A notebook as links see it. */
export interface Linked {
  file: string;
  outline: MarkdownPage;
}

/** The headings and links of a notebook. */
export function outlineOf(notebook: Notebook, file: string): Linked {
  const outline = markdownPage();
  for (const [index, cell] of notebook.cells.entries()) {
    if (cell.cell_type === "markdown") {
      readHeadings(textOf(cell.source), {
        page: outline,
        cell: index + 1,
        picture: (src) => src,
      });
    }
  }
  return { file, outline };
}

/** A link between notebooks of one folder, or inside one; nothing for an address of the web. */
export function parseLink(href: string): { notebook?: string; anchor?: string; other?: string } | undefined {
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(href)) return undefined;
  const [path, anchor] = href.split("#").map((part) => decode(part)) as [string, string?];
  if (path === "") return { anchor };
  return path.endsWith(".ipynb") && basename(path) === path.replace(/^\.\//, "")
    ? { notebook: nameOf(path), anchor }
    : { other: path, anchor };
}

/**
 * Where a link of a notebook leads in the handout: to the other lesson's page, at the same heading. Undefined for a lesson
 * without a page there.
 */
export function pageAddress(href: string, hasPage: (name: string) => boolean): string | undefined {
  const link = parseLink(href);
  if (!link) return href;
  const anchor = link.anchor === undefined ? "" : `#${encodeURIComponent(link.anchor)}`;
  if (link.notebook === undefined) return anchor === "" ? href : anchor;
  return hasPage(link.notebook) ? `${encodeURIComponent(link.notebook)}.html${anchor}` : undefined;
}

/**
 * Finds links to notebooks, headings and files that are not there.
 *
 * `target` gives another notebook of the folder by its name, if there is one.
 */
export async function deadLinks(
  lesson: Linked,
  target: (name: string) => Promise<Linked | undefined>,
): Promise<NotebookError[]> {
  const faults: NotebookError[] = [];
  for (const { href, cell } of lesson.outline.links) {
    const link = parseLink(href);
    if (!link) continue;
    const fault = (what: string) =>
      faults.push(new NotebookError(lesson.file, cell, undefined, `The link ${href} is dead: ${what}`));
    if (link.other !== undefined) {
      const path = join(dirname(lesson.file), link.other);
      const is = await exists(path)
        ? "a handout holds lessons only; link to its address in the web"
        : "there is no such file";
      fault(`${is}.`);
      continue;
    }
    const page = link.notebook === undefined ? lesson : await target(link.notebook);
    if (!page) fault("there is no such notebook.");
    else if (link.anchor && !page.outline.ids.has(link.anchor)) {
      fault(
        `${basename(page.file)} has no heading with this id. It has: ${
          [...page.outline.ids].map((id) => `#${id}`).join(" ") || "none"
        }.`,
      );
    }
  }
  return faults;
}

async function exists(path: string): Promise<boolean> {
  try {
    await Deno.stat(path);
    return true;
  } catch {
    return false;
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
