import type { Element, ElementContent, Root } from "hast";
import { toString } from "hast-util-to-string";
import rehypeKatex from "rehype-katex";
import rehypeParse from "rehype-parse";
import rehypeRaw from "rehype-raw";
import rehypeStringify from "rehype-stringify";
import remarkCjkFriendly from "remark-cjk-friendly";
import remarkGfm from "remark-gfm";
import remarkMath from "remark-math";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import type { CodePainter } from "./highlight.ts";
import { sanitize, visitElements } from "./sanitize.ts";

/** A heading of a page. */
export interface Heading {
  /** 1 to 6. */
  level: number;
  id: string;
  title: string;
}

/** What the cells of one page share while they become HTML. */
export interface MarkdownPage {
  /** Headings found so far, in their order. */
  headings: Heading[];
  ids: Set<string>;
  /** What the ids begin with, where several lessons share a page. */
  prefix: string;
  /** Addresses of all links found so far, as the author wrote them. */
  links: { href: string; cell: number }[];
  /** The address in the handout for one that the author wrote; none if the handout does not have what it leads to. */
  rewrite(href: string): string | undefined;
}

/** An empty page. `rewrite` says where a link to another notebook leads; by default where the author wrote. */
export function markdownPage(
  rewrite: (href: string) => string | undefined = (href) => href,
  prefix = "",
): MarkdownPage {
  return { headings: [], ids: new Set(), links: [], rewrite, prefix };
}

/** What a Markdown text needs besides itself. */
export interface MarkdownContext {
  page: MarkdownPage;
  /** The cell's place among all cells, from 1. */
  cell: number;
  painter?: CodePainter;
  /** A picture's address as a `data:` URL; throws if there is no such picture. */
  picture(src: string): string;
}

interface MdastNode {
  type: string;
  position?: { start: { offset?: number } };
  data?: { hProperties?: Record<string, unknown> };
  children?: MdastNode[];
}

/** Sets a formula between `$$` in a line of its own apart, as JupyterLab does; remark-math asks for `$$` on lines of their own. */
function displayMath() {
  const walk = (node: MdastNode, source: string): void => {
    if (node.type === "inlineMath" && source.startsWith("$$", node.position?.start.offset)) {
      node.data = { ...node.data, hProperties: { className: ["language-math", "math-display"] } };
    }
    node.children?.forEach((child) => walk(child, source));
  };
  return (tree: MdastNode, file: { value: unknown }) => walk(tree, String(file.value));
}

const reader = unified().use(remarkParse).use(remarkGfm).use(remarkCjkFriendly).use(remarkMath).use(displayMath)
  .use(remarkRehype, {
    allowDangerousHtml: true,
    clobberPrefix: "",
    footnoteLabel: "각주",
    footnoteBackLabel: "본문으로",
  })
  .use(rehypeRaw);
const fragment = unified().use(rehypeParse, { fragment: true });
const writer = unified().use(rehypeKatex, { strict: false, trust: false })
  .use(rehypeStringify);

/**
 * Markdown as JupyterLab reads it (tables, maths, HTML), with emphasis beside Hangul particles (`**굵게**는`) as meant.
 *
 * Headings get JupyterLab's ids, so that a link `#…` works in both. HTML in the text is sanitised.
 */
export function markdownToHtml(source: string, context: MarkdownContext): string {
  const tree = read(source, context);
  visitElements(tree, (element) => {
    if (element.tagName === "pre" && context.painter) paint(element, context.painter);
  });
  for (
    const table of tree.children.filter((node): node is Element => node.type === "element" && node.tagName === "table")
  ) {
    tree.children[tree.children.indexOf(table)] = scrolling(table, "표");
  }
  const html = writer.runSync(tree) as Root;
  visitElements(html, ({ properties }) => {
    if ([properties.className].flat().includes("katex-error")) throw new Error(String(properties.title));
  });
  return writer.stringify(html);
}

/** The headings and links of a Markdown text, gathered in the page, without writing HTML. */
export function readHeadings(source: string, context: MarkdownContext): void {
  read(source, context);
}

function read(source: string, context: MarkdownContext): Root {
  const { page, cell } = context;
  const tree = reader.runSync(reader.parse(source), source) as Root;
  visitElements(tree, (element) => element.tagName === "img" && setPicture(element, context));
  sanitize(tree);
  visitElements(tree, (element) => {
    const { tagName, properties } = element;
    if (/^h[1-6]$/.test(tagName)) addHeading(element, page);
    else if (tagName === "a" && typeof properties.href === "string") {
      page.links.push({ href: properties.href, cell });
      properties.href = page.rewrite(properties.href);
    } else if (tagName === "th") properties.scope ??= "col";
    else if (tagName === "input") properties.ariaLabel ??= properties.checked ? "한 일" : "할 일";
  });
  return tree;
}

function addHeading(element: Element, page: MarkdownPage): void {
  const title = toString(element).trim();
  const name = page.prefix + title.replaceAll(" ", "-"); // JupyterLab's rule
  let id = name;
  for (let repeat = 1; page.ids.has(id); repeat++) id = `${name}-${repeat}`;
  page.ids.add(id);
  page.headings.push({ level: Number(element.tagName[1]), id, title });
  element.properties.id = id;
}

function setPicture(element: Element, context: MarkdownContext): void {
  const { src, alt } = element.properties;
  element.properties.src = context.picture(String(src));
  if (alt === undefined || alt === "") {
    throw new Error(`The picture ${src} has no alt text: write ![what it shows](…).`);
  }
}

function paint(pre: Element, painter: CodePainter): void {
  const [code] = pre.children;
  if (code?.type !== "element" || code.tagName !== "code") return;
  const language = /language-(\S+)/.exec([code.properties.className].flat().join(" "))?.[1] ?? "";
  pre.properties = { tabIndex: 0, role: "group", ariaLabel: "코드" };
  code.properties = {};
  const painted = painter.paint(toString(code).replace(/\n$/, ""), language);
  code.children = (fragment.parse(painted) as Root).children as ElementContent[];
}

/** A box that scrolls what is wider than the page, by keyboard, too. */
function scrolling(content: Element, label: string): Element {
  return {
    type: "element",
    tagName: "div",
    properties: { className: ["scroll"], role: "group", ariaLabel: label, tabIndex: 0 },
    children: [content],
  };
}
