import type { Element } from "hast";

/** As many rows of a table as a slide shows without getting smaller: in a text, and below a cell, where letters are smaller. */
const MOST_ROWS = { text: 12, output: 18 };

/**
 * A long table as several of about the same length, each with the table's head; anything else as it is.
 *
 * @param block a table, or a box with nothing but a table in it.
 */
export function cutTable(block: Element): Element[] {
  if (block.tagName === "div") {
    const inner = elementsOf(block);
    if (inner.length !== 1) return [block];
    return cutTable(inner[0]).map((table) => ({ ...block, properties: { ...block.properties }, children: [table] }));
  }
  const body = elementsOf(block).find(({ tagName }) => tagName === "tbody");
  if (block.tagName !== "table" || !body) return [block];
  const rows = elementsOf(body);
  // A cell that reaches over several rows cannot be cut.
  const joined = rows.some((row) => elementsOf(row).some(({ properties }) => properties.rowSpan !== undefined));
  const most = block.properties.style === undefined ? MOST_ROWS.text : MOST_ROWS.output;
  const pieces = joined ? 1 : Math.ceil(rows.length / most);
  const size = Math.ceil(rows.length / pieces);
  return Array.from({ length: Math.max(1, pieces) }, (_, piece) => ({
    ...block,
    children: block.children.map((child) =>
      child === body ? { ...body, children: rows.slice(piece * size, (piece + 1) * size) } : child
    ),
  }));
}

const elementsOf = ({ children }: Element): Element[] =>
  children.filter((child): child is Element => child.type === "element");
