import type { Element, Root } from "hast";
import { toString } from "hast-util-to-string";
import rehypeParse from "rehype-parse";
import rehypeStringify from "rehype-stringify";
import { unified } from "unified";
import { codeBox, type Lesson, type LessonCell } from "../lesson.ts";
import { textOf } from "../notebook.ts";
import { visitElements } from "../sanitize.ts";
import { cutListing } from "./listing.ts";
import { cutTable } from "./tables.ts";

/** One slide. */
export interface Slide {
  /** The id by which links find it: that of its heading. */
  id?: string;
  /** The section that it goes on with, where it has no heading of its own. */
  running?: string;
  html: string;
  /** What the speaker sees beside it. */
  notes: string;
}

/** How many lines of text a slide has room for. */
const ROOM = 15;

/** With fewer lines a slide is nearly empty: it takes what comes next, too, and is shown a little smaller. */
const LEAST = 4;

/** A paragraph of more lines is for the speaker to tell: the slide shows its first sentence. */
const LONG = 3.5;

const parser = unified().use(rehypeParse, { fragment: true });
const writer = unified().use(rehypeStringify, { closeEmptyElements: true, tightSelfClosing: true });

/**
 * Cuts a lesson into slides: one begins at each heading, at a cell whose `slide_type` is `slide` or `subslide`, and where a slide
 * is full; a listing of many lines and a table of many rows go over several. Of a long paragraph a slide has the first sentence, and the speaker's notes
 * have all. Cells of type `skip` are left out, `notes` are the speaker's, `fragment` appears on a key press.
 */
export function cutSlides(lesson: Lesson): Slide[] {
  const slides: Slide[] = [];
  let section: string | undefined;
  let used = 0;
  let bare = false; // only a heading so far
  const begin = (id?: string) => {
    slides.push({ id, running: id === undefined ? section : undefined, html: "", notes: "" });
    used = 0;
  };
  for (const cell of lesson.cells) {
    const type = cell.cell.metadata.slideshow?.slide_type ?? "-";
    if (type === "skip") continue;
    if (type === "notes") {
      if (slides.length === 0) begin();
      slides.at(-1)!.notes += cell.source;
      continue;
    }
    if (type === "slide" || type === "subslide") begin();
    for (const whole of blocksOf(cell)) {
      const block = firstSentence(whole) ?? whole;
      const size = linesOf(block);
      if (/^h[1-3]$/.test(block.tagName)) {
        begin(String(block.properties.id));
        section = toString(block);
        delete block.properties.id;
        bare = true;
      } else if (
        slides.length === 0 || (used + size > ROOM && !bare && slides.at(-1)!.html !== "" && !joins(used, size))
      ) {
        begin();
      } else bare = false;
      if (block !== whole) slides.at(-1)!.notes += writer.stringify({ type: "root", children: [whole] });
      if (type === "fragment") {
        block.properties.className = [block.properties.className ?? [], "fragment"].flat().map(String);
      }
      slides.at(-1)!.html += writer.stringify({ type: "root", children: [block] });
      used += size;
    }
  }
  return slides.filter(({ html }) => html !== "");
}

/** Whether a nearly empty slide should rather be shown smaller than go without what follows. */
const joins = (used: number, size: number) => used < LEAST && used + size <= 1.4 * ROOM;

/** The first sentence of a long paragraph, which ends in the paragraph's own text, not in a formula or in code; undefined for all else. */
function firstSentence(element: Element): Element | undefined {
  if (element.tagName !== "p" || linesOf(element) <= LONG) return undefined;
  for (const [index, child] of element.children.entries()) {
    if (child.type !== "text") continue;
    const end = /[가-힣)][.?!](?=\s)/.exec(child.value);
    if (!end) continue;
    const rest = child.value.slice(end.index + 2).trim();
    if (rest === "" && index === element.children.length - 1) return undefined;
    const shown = { ...child, value: child.value.slice(0, end.index + 2) };
    return {
      ...element,
      properties: { ...element.properties },
      children: [...element.children.slice(0, index), shown],
    };
  }
  return undefined;
}

/** What a cell is made of, in pieces that no slide ends in the middle of. */
function blocksOf({ cell, source, outputs }: LessonCell): Element[] {
  const code = cell.cell_type === "code" && source !== "" && !cell.metadata.tags?.includes("hide-input");
  const listing = code ? listingBoxes(textOf(cell.source), source) : "";
  const tree = parser.parse(cell.cell_type === "code" ? listing + outputs : source) as Root;
  const blocks = tree.children.filter((node): node is Element => node.type === "element" && node.tagName !== "hr");
  return blocks.flatMap(cutTable);
}

/** The boxes of a code cell's pieces; an edge where the code goes on is drawn so. */
function listingBoxes(source: string, painted: string): string {
  const html = painted.split(/(?<=\n)(?!<\/span>)|(?<=\n<\/span>)/);
  const pieces = cutListing(source.split("\n"));
  return pieces.map(([from, to], index) => {
    const box = codeBox(html.slice(from, to).join("").replace(/\n(<\/span>)?$/, "$1"));
    const edges = [...(index > 0 ? [" goes-on-above"] : []), ...(index < pieces.length - 1 ? [" goes-on-below"] : [])];
    return box.replace('class="source', `class="source${edges.join("")}`);
  }).join("");
}

/** About how many lines of a slide an element takes. */
function linesOf(element: Element): number {
  const { tagName, children } = element;
  const inner = children.filter((node): node is Element => node.type === "element");
  const sum = (elements: readonly Element[]) => elements.reduce((lines, child) => lines + linesOf(child), 0);
  let svg: Element | undefined, photograph = false;
  visitElements(element, (child) => {
    svg ??= child.tagName === "svg" ? child : undefined;
    photograph ||= child.tagName === "img";
  });
  if (tagName === "pre") return toString(element).split("\n").length * 0.62 + 0.8;
  if (svg) return Math.min(462, 1.4 * (Number(svg.properties.height) || 330)) / 40 + 0.5;
  if (photograph) return 12;
  if (/^h[1-3]$/.test(tagName)) return 2;
  if (tagName === "tr") return 1.3;
  if (["ul", "ol", "blockquote", "div", "figure", "table", "thead", "tbody"].includes(tagName)) return sum(inner) + 0.4;
  return Math.ceil(widthOf(toString(element)) / 44) + 0.4;
}

/** The width of a text, in widths of a Hangul letter. */
function widthOf(text: string): number {
  let width = 0;
  for (const letter of text) width += /\p{Script=Hangul}/u.test(letter) ? 1 : 0.55;
  return width;
}
