import { dirname, extname, join } from "node:path";
import { isMark } from "./editions/marks.ts";
import { CodePainter } from "./highlight.ts";
import { type MarkdownPage, markdownPage, markdownToHtml } from "./markdown.ts";
import { type Cell, nameOf, type Notebook, NotebookError, textOf, titleOf } from "./notebook.ts";
import { outputToHtml } from "./outputs.ts";

/** A cell as HTML, in parts that a page puts together. */
export interface LessonCell {
  cell: Cell;
  /** A Markdown cell's text, or a code cell's code with its colours, without a box around it. */
  source: string;
  /** What a code cell shows. */
  outputs: string;
}

/** A lesson as HTML, before it is a page. */
export interface Lesson {
  /** `05-mnist-mlp` */
  name: string;
  title: string;
  cells: LessonCell[];
  page: MarkdownPage;
  /** Rules for the colours of the code. */
  codeCss: string;
}

/** What turning a notebook into a lesson needs. */
export interface LessonOptions {
  /** The notebook's file, for messages, and where its pictures lie. */
  file: string;
  /** Where a link of the lesson leads in the handout; by default where the author wrote. */
  rewrite?: (href: string) => string | undefined;
  /** What all ids begin with, where several lessons share a page. */
  prefix?: string;
  /** Colours the code; by default one of the lesson's own. */
  painter?: CodePainter;
}

const PICTURE_TYPES: Record<string, string> = {
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".gif": "image/gif",
  ".webp": "image/webp",
  ".svg": "image/svg+xml",
};

/**
 * Turns each cell of a notebook into HTML.
 *
 * @throws {NotebookError} for a picture that is not there or has no alt text, and for a formula that cannot be read.
 */
export async function renderLesson(
  notebook: Notebook,
  { file, rewrite, prefix = "", painter: given }: LessonOptions,
): Promise<Lesson> {
  const painter = given ?? await CodePainter.create();
  const page = markdownPage(rewrite, prefix);
  const cells: LessonCell[] = [];
  for (const [index, cell] of notebook.cells.entries()) {
    const source = textOf(cell.source);
    const number = index + 1;
    try {
      if (cell.cell_type === "markdown") {
        const context = { page, cell: number, painter, picture: (src: string) => pictureOf(src, cell, file) };
        cells.push({ cell, source: markdownToHtml(source, context), outputs: "" });
      } else if (cell.cell_type === "code") {
        const outputs = (cell.outputs ?? []).map((output, at) =>
          outputToHtml(output, { id: `${prefix}o${number}-${at + 1}`, alt: cell.metadata.alt })
        );
        cells.push({
          cell,
          source: markSolutions(source, painter.paint(source, "typescript")),
          outputs: outputs.join("\n"),
        });
      }
    } catch (error) {
      throw error instanceof NotebookError
        ? error
        : new NotebookError(file, number, undefined, (error as Error).message);
    }
  }
  const name = nameOf(file);
  return { name, title: titleOf(notebook, name), cells, page, codeCss: painter.css() };
}

/** A lesson's cells as the body of its page. */
export function lessonBody({ cells }: Lesson): string {
  return cells.map(({ cell, source, outputs }) => {
    const tags = (cell.metadata.tags ?? []).filter((tag) => /^[a-z][a-z-]*$/.test(tag)).map((tag) => ` tag-${tag}`)
      .join("");
    if (cell.cell_type === "markdown") return `<section class="cell text${tags}">\n${source}\n</section>`;
    const code = source === "" || cell.metadata.tags?.includes("hide-input") ? "" : codeBox(source);
    return `<section class="cell code${tags}">\n${code}${outputs}\n</section>`;
  }).join("\n");
}

/** Highlighted code in its box. */
export function codeBox(code: string): string {
  return `<pre class="source" tabindex="0" role="group" aria-label="코드"><code>${code}</code></pre>\n`;
}

/** Puts the lines of a solution, where the edition has any, into a frame. */
function markSolutions(source: string, painted: string): string {
  const html = painted.split("\n");
  let open = false;
  return source.split("\n").map((line, index) => {
    const mark = isMark(line);
    const inside = open || mark;
    if (mark) open = /BEGIN/.test(line);
    return inside ? `<span class="solution${mark ? " mark" : ""}">${html[index]}\n</span>` : `${html[index]}\n`;
  }).join("").replace(/\n$/, "");
}

function pictureOf(src: string, cell: Cell, file: string): string {
  if (PICTURE.test(src)) return src;
  const attachment = /^attachment:(.+)$/.exec(src)?.[1];
  if (attachment) {
    const [type, data] = Object.entries(cell.attachments?.[decodeURIComponent(attachment)] ?? {})[0] ?? [];
    if (!type) throw new Error(`The cell has no attachment ${attachment}.`);
    return `data:${type};base64,${textOf(data).replace(/\s/g, "")}`;
  }
  if (/^[a-z]+:|^\/\//i.test(src)) {
    throw new Error(
      `The picture ${src} is not in the project: a handout is read without the network. Put the file beside the notebook.`,
    );
  }
  const type = PICTURE_TYPES[extname(src).toLowerCase()];
  if (!type) throw new Error(`The picture ${src} is of no kind that a handout can hold: PNG, JPEG, GIF, WebP or SVG.`);
  try {
    const bytes = Deno.readFileSync(join(dirname(file), decodeURIComponent(src)));
    return `data:${type};base64,${bytes.toBase64()}`;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) throw new Error(`There is no picture ${src}.`);
    throw error;
  }
}

const PICTURE = /^data:image\//;
