import type { Nodes, Root } from "hast";
import rehypeParse from "rehype-parse";
import { unified } from "unified";
import { type Cell, type Notebook, textOf } from "../notebook.ts";

/** What a cell shows, as text: lines of streams, errors, values; of HTML and SVG, what a reader or an editor sees. */
export function outputTexts({ outputs = [] }: Cell): string[] {
  return outputs.flatMap((output) => {
    if (output.output_type === "stream") return [textOf(output.text)];
    if (output.output_type === "error") return [output.evalue, ...output.traceback];
    const own = Object.values(output.metadata ?? {}).map((value) =>
      typeof value === "string" ? value : JSON.stringify(value)
    );
    return [
      ...own,
      ...Object.values(output.data).map(textOf).flatMap((text) => /<[a-z!]/i.test(text) ? htmlTexts(text) : [text]),
    ];
  });
}

/** All text of a notebook's file: values, and names of metadata. */
export function notebookTexts(notebook: Notebook): string[] {
  const texts: string[] = [];
  const walk = (value: unknown): void => {
    if (typeof value === "string") texts.push(value);
    else if (Array.isArray(value)) {
      if (value.every((item) => typeof item === "string")) texts.push(value.join(""));
      else value.forEach(walk);
    } else if (typeof value === "object" && value !== null) {
      for (const [name, item] of Object.entries(value)) {
        texts.push(name);
        walk(item);
      }
    }
  };
  for (const cell of notebook.cells) {
    walk({ source: cell.source, metadata: cell.metadata, attachments: cell.attachments ?? {} });
    texts.push(...outputTexts(cell));
  }
  walk(notebook.metadata);
  return texts;
}

/** Attributes that hold numbers, colours and words of the language, never anybody's own. */
const SILENT = new RegExp(
  "^(className|rel|role|scope|style|d|points|transform|viewBox|preserveAspectRatio|[xyr][12]?|[cd][xy]|width|height|opacity|" +
    "fill.*|stroke.*|font.*|text.*|image.*|shape.*|clip.*|marker.*|gradient.*|vector.*|paintOrder|dominantBaseline|offset|" +
    "color.*|display|visibility|mask|filter|[cr]ol?w?Span|span|start|type|checked|disabled|dir|lang|xmlns.*|tabIndex)$",
);

/** All text of an HTML page: what it shows, its comments, and its attributes with words in them. */
export function htmlTexts(html: string): string[] {
  const texts: string[] = [];
  const shown: string[] = [];
  const walk = (node: Nodes): void => {
    if (node.type === "comment") texts.push(node.value);
    if (node.type === "text") shown.push(node.value);
    if (node.type === "element") {
      if (
        node.tagName === "meta" || node.tagName === "style" ||
        (node.tagName === "script" && node.properties.type === undefined)
      ) return;
      if (BLOCK.has(node.tagName)) shown.push("\n");
      for (const [name, value] of Object.entries(node.properties)) {
        if (name === "style" && /content\s*:/.test(String(value)) || !SILENT.test(name)) texts.push(String(value));
      }
    }
    if ("children" in node) node.children.forEach(walk);
    if (node.type === "element" && BLOCK.has(node.tagName)) shown.push("\n");
  };
  walk(unified().use(rehypeParse).parse(html) as Root);
  return [...texts, ...shown.join("").split(/\n\s*\n/)];
}

const BLOCK = new Set([
  "p",
  "div",
  "section",
  "li",
  "td",
  "th",
  "tr",
  "h1",
  "h2",
  "h3",
  "h4",
  "pre",
  "text",
  "title",
  "desc",
  "figure",
  "nav",
]);
