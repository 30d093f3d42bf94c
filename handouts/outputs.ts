import type { Element, Root } from "hast";
import { toString } from "hast-util-to-string";
import rehypeParse from "rehype-parse";
import rehypeStringify from "rehype-stringify";
import { unified } from "unified";
import { ansiToHtml } from "./ansi.ts";
import { shortenDots } from "./dots.ts";
import { escapeHtml } from "./escape.ts";
import { markdownPage, markdownToHtml } from "./markdown.ts";
import { type Output, textOf } from "./notebook.ts";
import { shortenPaths } from "./paths.ts";
import { prefixIds, sanitize, visitElements } from "./sanitize.ts";

const parser = unified().use(rehypeParse, { fragment: true });
const writer = unified().use(rehypeStringify, { closeEmptyElements: true, tightSelfClosing: true });
const PICTURES = ["image/png", "image/jpeg", "image/gif", "image/webp"];

/** What an output needs besides itself. */
export interface OutputContext {
  /** A prefix for ids, different for each output of a page. */
  id: string;
  /** What the figure shows, where its cell's metadata say it. */
  alt?: string;
}

/**
 * An output as HTML, as JupyterLab shows it: of several pictures of a value the richest. HTML and SVG are sanitised.
 *
 * @throws {Error} for a figure of which nothing says what it shows.
 */
export function outputToHtml(output: Output, context: OutputContext): string {
  if (output.output_type === "stream") return text(textOf(output.text), output.name === "stderr" ? "stderr" : "");
  if (output.output_type === "error") {
    const trace = output.traceback.length > 0 ? output.traceback.join("\n") : `${output.ename}: ${output.evalue}`;
    return text(trace, "error");
  }
  const { data } = output;
  if (data["text/html"] !== undefined) return html(textOf(data["text/html"]), context);
  if (data["text/markdown"] !== undefined) return `<div class="out">${markdown(textOf(data["text/markdown"]))}</div>`;
  if (data["text/latex"] !== undefined) return `<div class="out">${markdown(textOf(data["text/latex"]))}</div>`;
  if (data["image/svg+xml"] !== undefined) {
    return html(textOf(data["image/svg+xml"]), { alt: svgAlt(output), ...context });
  }
  const picture = PICTURES.find((type) => data[type] !== undefined);
  if (picture) {
    const alt = context.alt ?? metadataAlt(output, picture);
    if (!alt) throw new Error(`The ${picture} below this cell has no alt text: put "alt" into the cell's metadata.`);
    const base64 = textOf(data[picture]).replace(/\s/g, "");
    return `<figure class="photograph"><img src="data:${picture};base64,${base64}" alt="${escapeHtml(alt)}"></figure>`;
  }
  if (data["application/json"] !== undefined) return text(textOf(data["application/json"]), "");
  return data["text/plain"] === undefined ? "" : text(textOf(data["text/plain"]), "");
}

const LABELS: Record<string, string> = { "": "실행 결과", stderr: "실행 결과 (stderr)", error: "오류" };

function text(source: string, kind: string): string {
  if (source === "") return "";
  const end = source.replace(/\n$/, "");
  return `<pre class="out ${kind}" tabindex="0" role="group" aria-label="${LABELS[kind]}">${ansiToHtml(end)}</pre>`;
}

function metadataAlt({ metadata }: { metadata?: Record<string, unknown> }, type: string): string | undefined {
  const own = metadata?.[type] as { alt?: unknown } | undefined;
  return typeof own?.alt === "string" ? own.alt : typeof metadata?.alt === "string" ? metadata.alt : undefined;
}
const svgAlt = (output: { metadata?: Record<string, unknown> }) => metadataAlt(output, "image/svg+xml");

function markdown(source: string): string {
  return markdownToHtml(source, {
    page: markdownPage(),
    cell: 0,
    picture(src) {
      if (src.startsWith("data:image/")) return src;
      throw new Error(`The picture ${src} of an output is not in the notebook.`);
    },
  });
}

function html(source: string, { id, alt }: OutputContext): string {
  const tree = parser.parse(source) as Root;
  sanitize(tree);
  prefixIds(tree, `${id}-`);
  const title = lowerHeadings(tree);
  let figure = false;
  const pictures: Element[] = [];
  visitElements(tree, (element) => {
    if (element.tagName === "svg" && !pictures.some((outer) => holds(outer, element))) pictures.push(element);
    if (element.tagName === "img") pictures.push(element);
    if (element.tagName === "th") element.properties.scope ??= "col";
    if (element.tagName === "input") element.properties.ariaLabel ??= "선택";
  });
  for (const picture of pictures) {
    // A legend of Observable Plot stands beside the figure that it explains.
    describe(picture, alt ?? title, pictures.length > 1);
    figure ||= picture.tagName === "svg";
  }
  shortenPaths(tree);
  shortenDots(tree);
  const content = writer.stringify(tree);
  const photograph = pictures.some((picture) => JSON.stringify(picture).includes("data:image/jpeg"));
  const kind = figure ? `figure${photograph ? " photograph" : ""}` : "out html";
  if (figure && tree.children.filter((node) => node.type === "element").length === 1) {
    return `<figure>${content}</figure>`;
  }
  return `<div class="${kind} scroll" tabindex="0" role="group" aria-label="실행 결과">${content}</div>`;
}

function holds(outer: Element, inner: Element): boolean {
  let found = false;
  visitElements(outer, (element) => found ||= element === inner);
  return found;
}

/** Headings of an output become bold lines: they are none of the page's. The first one's text. */
function lowerHeadings(tree: Root): string | undefined {
  let title: string | undefined;
  visitElements(tree, (element) => {
    if (!/^h[1-6]$/.test(element.tagName)) return;
    title ??= toString(element).trim() || undefined;
    element.tagName = "p";
    element.properties = { className: ["title"] };
  });
  return title;
}

/** Gives a picture its words. A reader of the screen hears those, and nothing of the parts. */
function describe(picture: Element, alt: string | undefined, oneOfSeveral: boolean): void {
  const { properties } = picture;
  if (picture.tagName === "img") {
    properties.alt ??= alt;
    if (properties.alt === undefined) throw new Error("A picture below this cell has no alt text.");
    return;
  }
  const label = properties.ariaLabel ?? alt;
  if (!label && !oneOfSeveral) {
    throw new Error(
      'A figure below this cell has no alt text: give Plot.plot an ariaLabel or a title, or put "alt" into the cell\'s metadata.',
    );
  }
  properties.role = "img";
  properties.ariaLabel = label || "범례";
  properties.xmlns = "http://www.w3.org/2000/svg";
  visitElements(picture, (element) => {
    if (element === picture) return;
    for (const name of Object.keys(element.properties)) {
      if (/^(aria|role$|tabIndex$)/.test(name)) delete element.properties[name];
    }
  });
}
