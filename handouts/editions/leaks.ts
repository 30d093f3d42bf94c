import { type Notebook, textOf } from "../notebook.ts";
import type { StudentEdition } from "./edition.ts";
import { markedRegions } from "./marks.ts";
import { outputTexts } from "./texts.ts";

/** What is known about a lesson's solutions and what every student may see. */
export interface LeakCheck {
  /** Words, runs of words and numbers of the instructor's edition that nothing shown to students has. */
  words: Set<string>;
  runs: Set<string>;
  numbers: string[];
  /** The numbers that students may see. */
  openNumbers: string[];
  /** Files that a solution carries. */
  files: string[];
}

/** Words that every program has. */
const LANGUAGE =
  "as async await boolean break case catch class const continue default delete do else export extends false finally for " +
  "from function get if import in instanceof interface let new null number of return set static string super switch this throw true " +
  "try type typeof undefined var void while yield";

/** How many words or signs in a row make a phrase. */
const RUN = 4;

/**
 * Prepares the search for leaks of a lesson: compares what only the instructor's edition has with what the student's openly says.
 *
 * Open is what the author wrote outside solutions and the outputs above the first one. Comments in Markdown are not: nobody sees
 * them, so that they are where an author leaves an answer.
 */
export function leakCheck(original: Notebook, edition: StudentEdition): LeakCheck {
  const open = openTexts(original, edition.notebook).flatMap(spellings);
  const openWords = new Set([...open.flatMap(words), ...LANGUAGE.split(" ")]);
  const openRuns = new Set(open.flatMap(openRunsOf));
  const openNumbers = open.flatMap(numbers);
  const secret = edition.secrets.filter(({ text }) => !FILE.test(text)).flatMap(({ text }) => text.split("\n")).map(
    normal,
  );
  const unknown = (found: string[], known: Set<string>) => new Set(found.filter((part) => !known.has(part)));
  return {
    words: unknown(secret.flatMap(words).filter((word) => word.length > 1), openWords),
    runs: unknown(secret.flatMap(runs), openRuns),
    numbers: secret.flatMap(numbers).filter((number) => !openNumbers.includes(number)),
    openNumbers,
    files: edition.secrets.map(({ text }) => text).filter((text) => FILE.test(text)).map((text) =>
      text.replace(/\s/g, "").slice(0, 200)
    ),
  };
}

/** A file in base64, as notebooks carry them. */
const FILE = /^[A-Za-z0-9+/=\s]{120,}$/;

/** What of a lesson's solutions a text has that is going to students; empty if nothing. */
export function leaksIn(texts: readonly string[], check: LeakCheck): string[] {
  const found = new Set<string>();
  for (const text of texts) {
    const squeezed = text.replace(/\s/g, "");
    for (const file of check.files) if (squeezed.includes(file)) found.add(`a file (${file.slice(0, 20)}…)`);
    for (const spelling of spellings(text)) {
      for (const word of words(spelling)) if (check.words.has(word)) found.add(word);
      for (const run of runs(spelling)) if (check.runs.has(run)) found.add(run);
      for (const number of numbers(spelling)) {
        if (!check.openNumbers.includes(number) && check.numbers.some((secret) => sameRounded(number, secret))) {
          found.add(number);
        }
      }
    }
  }
  return [...found];
}

function openTexts(original: Notebook, student: Notebook): string[] {
  const first = original.cells.findIndex(({ metadata, source }) =>
    (metadata.tags ?? []).some((tag) => tag === "solution" || tag === "instructor") ||
    markedRegions(textOf(source)).length > 0
  );
  const above = new Set(original.cells.slice(0, first < 0 ? undefined : first).map(({ id }) => id));
  return student.cells.flatMap((cell) => {
    const source = textOf(cell.source);
    if (cell.cell_type === "raw") return [];
    const shown = source.replace(/<!--[\s\S]*?-->/g, "");
    // As it was written, and as a page shows it: without the signs of Markdown and of formulas.
    const texts = cell.cell_type === "markdown" ? [shown, shown.replace(/[`*$_{}\\|]/g, "")] : [source];
    return above.has(cell.id) ? [...texts, ...outputTexts(cell)] : texts;
  });
}

/** One spelling for what reads the same: full and half width, hidden letters, escape sequences, case. */
function normal(text: string): string {
  return text.normalize("NFKC")
    // deno-lint-ignore no-control-regex
    .replace(/\x1b\[[0-9;]*[A-Za-z]/g, "")
    .replace(/\p{Cf}/gu, "")
    .replace(/\u2212/g, "-")
    .toLowerCase();
}

/** A text as it is, and as whoever decodes it reads it. */
function spellings(text: string): string[] {
  const found = [text];
  if (/%[0-9a-f]{2}/i.test(text)) {
    found.push(text.replace(/(?:%[0-9a-f]{2})+/gi, (part) => decoded(() => decodeURIComponent(part)) ?? part));
  }
  if (/\\(u[0-9a-f]{4}|x[0-9a-f]{2}|n)/i.test(text)) {
    found.push(
      text.replace(/\\n/g, "\n").replace(
        /\\(?:u|x)([0-9a-f]{2,4})/gi,
        (_, hex) => String.fromCharCode(parseInt(hex, 16)),
      ),
    );
  }
  if (/&(#\w+|[a-z]+);/i.test(text)) {
    found.push(
      text.replace(/&#(x?)([0-9a-f]+);/gi, (_, hex, code) => String.fromCodePoint(parseInt(code, hex ? 16 : 10))),
    );
  }
  for (const [part] of text.matchAll(/[A-Za-z0-9+/]{12,}={0,2}/g)) {
    const plain = part.length < 4096
      ? decoded(() => new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.fromBase64(part)))
      : undefined;
    if (plain) found.push(plain);
  }
  return found.map(normal);
}

function decoded(decode: () => string): string | undefined {
  try {
    return decode();
  } catch {
    return undefined;
  }
}

const words = (text: string): string[] => text.match(/[\p{ID_Start}_$][\p{ID_Continue}$]*/gu) ?? [];

/** Runs of words and signs: of {@linkcode RUN} parts, and lines of one part less. */
function runs(text: string): string[] {
  return text.split("\n").flatMap((line) => {
    const parts = partsOf(line);
    return parts.length === RUN - 1 ? runsOf(parts, RUN - 1) : runsOf(parts, RUN);
  });
}

/** All runs that a text has, whatever stands around them. */
function openRunsOf(text: string): string[] {
  return text.split("\n").flatMap((line) => [...runsOf(partsOf(line), RUN - 1), ...runsOf(partsOf(line), RUN)]);
}

const partsOf = (line: string): string[] =>
  line.match(/[\p{ID_Start}_$][\p{ID_Continue}$]*|\d+(?:\.\d+)?|[^\s\p{ID_Continue}]/gu) ?? [];

/** Runs of a length with a word in them. */
function runsOf(parts: readonly string[], length: number): string[] {
  return Array.from({ length: Math.max(0, parts.length - length + 1) }, (_, i) => parts.slice(i, i + length))
    .filter((run) => run.some((part) => /\p{ID_Start}/u.test(part))).map((run) => run.join(" "));
}

/** Numbers with at least four digits that say something. */
const numbers = (text: string): string[] =>
  (text.match(/(?<![\w.])\d+(?:\.\d+)?(?:e[-+]?\d+)?(?![\w])/g) ?? []).filter((number) => digits(number) >= 4);

const digits = (number: string): number => number.replace(/e.*/, "").replace(".", "").replace(/^0+/, "").length;

/** Whether a number is another one, rounded to its own digits or cut there. */
function sameRounded(number: string, secret: string): boolean {
  const n = Math.min(digits(number), digits(secret));
  const a = Number(number), b = Number(secret);
  return a === b || Math.abs(a - b) <= 10 ** (Math.floor(Math.log10(Math.abs(b) || 1)) - n + 1);
}
