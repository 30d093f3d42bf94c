import { Displayed } from "./display.ts";
import { escapeHtml } from "./html.ts";

/** What {@linkcode table} can be told. */
export interface TableOptions {
  /** The columns to show, in order (default: those of all rows, in order of appearance). */
  columns?: string[];
  /** Digits behind the point of numbers that are not whole (default 4). */
  digits?: number;
  /** A heading above the table. */
  caption?: string;
}

/**
 * A table of rows, readable in light and dark: numbers to the right, text to the left.
 *
 * @param rows One object a row; a missing value is left empty.
 * @returns A value that shows itself as a cell's last expression or through `show`.
 *
 * @example
 * ```ts
 * import { table } from "baeum/notebook";
 * import { assertEquals } from "@std/assert";
 *
 * const gates = table([{ x: "0 1", and: 0 }, { x: "1 1", and: 1 }]);
 * assertEquals(gates.toString(), "x    and\n0 1    0\n1 1    1");
 * ```
 */
export function table(rows: readonly object[], { columns, digits = 4, caption }: TableOptions = {}): Displayed {
  const names = columns ?? [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const values = rows.map((row) => names.map((name) => (row as Record<string, unknown>)[name]));
  const cells = values.map((row) => row.map((value) => format(value, digits)));
  const numeric = names.map((_, i) => values.every((row) => row[i] == null || typeof row[i] === "number"));
  return new Displayed({
    "text/html": asHtml(names, cells, numeric, caption),
    "text/plain": asText(names, cells, numeric, caption),
  });
}

function format(value: unknown, digits: number): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "number") return Array.isArray(value) ? `[${value.join(", ")}]` : String(value);
  if (Number.isInteger(value) || !Number.isFinite(value)) return String(value);
  return Math.abs(value) < 10 ** -digits ? value.toExponential(Math.max(0, digits - 1)) : value.toFixed(digits);
}

/**
 * No colour of its own: the rule between the lines is the text's colour, so each theme's own colours hold. The room between columns
 * is its own, as pages such as nbgrader's take it away from all tables.
 */
function asHtml(names: string[], cells: string[][], numeric: boolean[], caption?: string): string {
  const style = (i: number) => `text-align: ${numeric[i] ? "right" : "left"}; padding: 0.3em 0.6em`;
  const cell = (tag: string, text: string, i: number) => `<${tag} style="${style(i)}">${escapeHtml(text)}</${tag}>`;
  const line = (tag: string, texts: string[]) => `<tr>${texts.map((text, i) => cell(tag, text, i)).join("")}</tr>`;
  return [
    '<table style="border-collapse: collapse; font-variant-numeric: tabular-nums">',
    caption ? `<caption style="text-align: left">${escapeHtml(caption)}</caption>` : "",
    `<thead style="border-bottom: 1px solid currentColor">${line("th", names)}</thead>`,
    `<tbody>${cells.map((row) => line("td", row)).join("\n")}</tbody></table>`,
  ].filter(Boolean).join("\n");
}

function asText(names: string[], cells: string[][], numeric: boolean[], caption?: string): string {
  const widths = names.map((name, i) => Math.max(name.length, ...cells.map((row) => row[i].length)));
  const line = (texts: string[]) =>
    texts.map((text, i) => numeric[i] ? text.padStart(widths[i]) : text.padEnd(widths[i])).join("  ").trimEnd();
  return [...(caption ? [caption] : []), line(names), ...cells.map(line)].join("\n");
}
