/** The comments that say which part of a cell is whose. */

/** What a marked region holds. Hidden tests are for the grading only. */
export type Region = "SOLUTION" | "HIDDEN TESTS";

/** A marked region of a cell: its lines, from 0, with its two marks. */
export interface MarkedRegion {
  kind: Region;
  begin: number;
  end: number;
}

/** A mark that does not fit; `line` counts from 1. */
export class MarkError extends Error {
  override name = "MarkError";
  constructor(readonly line: number, message: string) {
    super(message);
  }
}

const MARK = /^[ \t]*(?:\/\/|#|<!--) (BEGIN|END) (SOLUTION|HIDDEN TESTS)(?: -->)?[ \t]*$/;
// Anything that somebody may have meant as a mark.
const LIKE_A_MARK = /\b(BEGIN|END|START|STOP)[ _-]*(SOLUTIONS?|ANSWERS?|HIDDEN[ _-]*TESTS?)\b/i;

/** Whether a line is a mark, and nothing else. */
export const isMark = (line: string): boolean => MARK.test(line);

/**
 * The marked regions of a cell: `// BEGIN SOLUTION` … `// END SOLUTION`, each mark alone on its line (`# …` and `<!-- … -->` in
 * Markdown).
 *
 * @throws {MarkError} for a mark that is not closed, not opened, inside another, beside code or written otherwise: a solution
 * behind a mark that nobody understands would be handed out.
 *
 * @example
 * ```ts
 * import { markedRegions } from "./marks.ts";
 * import { assertEquals } from "@std/assert";
 *
 * const cell = "function f() {\n  // BEGIN SOLUTION\n  return 1;\n  // END SOLUTION\n}";
 * assertEquals(markedRegions(cell), [{ kind: "SOLUTION", begin: 1, end: 3 }]);
 * ```
 */
export function markedRegions(source: string): MarkedRegion[] {
  const regions: MarkedRegion[] = [];
  let open: { kind: Region; begin: number } | undefined;
  for (const [index, line] of source.split("\n").entries()) {
    const [, side, kind] = (MARK.exec(line) ?? []) as [string?, ("BEGIN" | "END")?, Region?];
    if (!side || !kind) {
      if (LIKE_A_MARK.test(line)) {
        throw new MarkError(
          index + 1,
          `A mark has to be alone on its line, as \`// BEGIN SOLUTION\`. Received: ${line.trim()}`,
        );
      }
    } else if (side === "BEGIN") {
      if (open) {
        throw new MarkError(index + 1, `BEGIN ${kind} inside the ${open.kind} that begins in line ${open.begin + 1}.`);
      }
      open = { kind, begin: index };
    } else {
      if (open?.kind !== kind) throw new MarkError(index + 1, `END ${kind} without a BEGIN ${kind} before it.`);
      regions.push({ ...open, end: index });
      open = undefined;
    }
  }
  if (open) throw new MarkError(open.begin + 1, `BEGIN ${open.kind} is never closed: write END ${open.kind} below it.`);
  return regions;
}
