import { FormatError } from "./format_error.ts";

/** How numbers are written: no hexadecimal, no empty fields, no spaces, all of which `Number` would take. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * Reads a table of numbers with commas between them and a line for each row.
 *
 * @param bytes The whole file, UTF-8; lines end in LF or CRLF.
 * @param options.columns How many numbers each row has.
 * @param options.skipLines How many lines to leave out at the beginning, such as a header. Default: 0.
 * @returns The rows.
 * @throws {FormatError} if a row has another number of fields, or a field is no number.
 *
 * @example
 * ```ts
 * import { parseCsv } from "baeum/formats";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseCsv(new TextEncoder().encode("a,b\n1,2.5\n3,-4e1\n"), { columns: 2, skipLines: 1 }), [[1, 2.5], [3, -40]]);
 * ```
 */
export function parseCsv(
  bytes: Uint8Array,
  { columns, skipLines = 0 }: { columns: number; skipLines?: number },
): number[][] {
  const lines = new TextDecoder().decode(bytes).split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  let offset = 0;
  return lines.flatMap((line, index) => {
    const start = offset;
    offset += line.length + 1;
    if (index < skipLines) return [];
    const fault = (what: string) => new FormatError("CSV", start, `line ${index + 1} ${what}`);
    const fields = line.split(",");
    if (fields.length !== columns) throw fault(`has ${columns} fields. Received: ${fields.length}`);
    return [fields.map((field) => {
      if (!NUMBER.test(field)) throw fault(`holds numbers. Received: ${JSON.stringify(field.slice(0, 40))}`);
      return Number(field);
    })];
  });
}
