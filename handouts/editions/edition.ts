import { type Cell, type Notebook, NotebookError, textOf } from "../notebook.ts";
import { type MarkedRegion, markedRegions, MarkError } from "./marks.ts";
import { outputTexts } from "./texts.ts";

/** Who a handout is for. */
export type Edition = "student" | "instructor";

/** What stands in the place of a solution: lessons tell the student to look for these words. */
export const CODE_STUB = 'throw new Error("여기에 코드를 작성하세요");';
/** What stands in the place of a text that is a solution. */
export const TEXT_STUB = "*여기에 답을 쓰세요.*";

/** A student's notebook, and what had to go to make it. */
export interface StudentEdition {
  notebook: Notebook;
  /** Text that must not be found in anything made from the notebook, with the number of the cell that it was in. */
  secrets: Secret[];
  /** Cells of the student's notebook, by place from 0, whose code has a solution or needs one. */
  needsSolution: Set<number>;
}

/** A text of the instructor's edition. */
export interface Secret {
  /** The place of its cell among all cells of the instructor's notebook, from 1. */
  cell: number;
  text: string;
}

/** Metadata that a student's notebook keeps; others may tell what was removed. */
const KEPT_METADATA = new Set(["tags", "alt", "slideshow"]);
const KEPT_TAGS = /^(?!solution$|instructor$)[a-z0-9-]+$/;

/** Checks a notebook's marks, in all its cells. Throws {@linkcode NotebookError} with cell and line of the first that is wrong. */
export function checkMarks(notebook: Notebook, file: string): void {
  for (const [index, cell] of notebook.cells.entries()) regionsOf(cell, index, file);
}

/**
 * The student's edition of a notebook: marked regions become the stub, cells with the tag `solution` too; cells with the tag
 * `instructor`, comments on other cells in their metadata, and the outputs of cells that need a solution are gone.
 *
 * The outputs that stay are those of the given notebook: whether they may stay, {@linkcode needsRun} says.
 */
export function studentEdition(original: Notebook, file: string): StudentEdition {
  const secrets: Secret[] = [];
  const needsSolution = new Set<number>();
  const cells: Cell[] = [];
  const tainted = new Set<string>();
  for (const [index, cell] of original.cells.entries()) {
    const keep = (text: string) => secrets.push({ cell: index + 1, text });
    const tags = cell.metadata.tags ?? [];
    const source = textOf(cell.source);
    const regions = regionsOf(cell, index, file);
    const removed = tags.includes("solution") || tags.includes("instructor");
    if (removed || regions.length > 0) {
      keep(removed ? source : linesIn(source, regions).join("\n"));
      for (const file of Object.values(cell.attachments ?? {})) {
        if (removed) Object.values(file).forEach((data) => keep(textOf(data)));
      }
    }
    keepMetadata(cell, keep);
    const code = cell.cell_type === "code";
    const needs = code && (removed || regions.length > 0 || mentions(source, tainted));
    if (needs) {
      for (const text of outputTexts(cell)) keep(text);
      for (const name of declaredNames(source)) tainted.add(name);
    }
    if (tags.includes("instructor")) continue;
    const text = tags.includes("solution") ? (code ? CODE_STUB : TEXT_STUB) : withoutRegions(source, regions, code);
    const kept: Cell = { cell_type: cell.cell_type, id: cell.id, metadata: metadataFor(cell), source: text };
    if (code) Object.assign(kept, { execution_count: null, outputs: needs ? [] : structuredClone(cell.outputs ?? []) });
    if (cell.attachments && !tags.includes("solution")) kept.attachments = cell.attachments;
    if (needs) needsSolution.add(cells.length);
    cells.push(kept);
  }
  const { kernelspec, language_info } = original.metadata;
  const live = imageCounts(original.metadata.live);
  const metadata = {
    ...(kernelspec ? { kernelspec } : {}),
    ...(language_info ? { language_info } : {}),
    ...(live ? { live } : {}),
  };
  return { notebook: { cells, metadata, nbformat: 4, nbformat_minor: 5 }, secrets, needsSolution };
}

/**
 * Whether the student's notebook has to be run to know what its cells show: some cell that still has an output stands below one
 * that has a solution, or the outputs of the original are not those of one run from top to bottom.
 */
export function needsRun(original: Notebook, { notebook, needsSolution }: StudentEdition): boolean {
  const code = original.cells.filter(({ cell_type, source }) => cell_type === "code" && textOf(source).trim() !== "");
  if (code.some(({ execution_count }, index) => execution_count !== index + 1)) return true;
  const hidden = original.cells.findIndex(({ cell_type, metadata, source }) =>
    cell_type === "code" && ((metadata.tags ?? []).some((tag) => tag === "solution" || tag === "instructor") ||
      markedRegions(textOf(source)).length > 0)
  );
  if (hidden < 0) return false;
  const below = new Set(original.cells.slice(hidden).map(({ id }) => id));
  return notebook.cells.some(({ id, outputs }, index) =>
    below.has(id) && (outputs?.length ?? 0) > 0 && !needsSolution.has(index)
  );
}

function regionsOf(cell: Cell, index: number, file: string): MarkedRegion[] {
  try {
    return markedRegions(textOf(cell.source));
  } catch (error) {
    if (error instanceof MarkError) throw new NotebookError(file, index + 1, error.line, error.message);
    throw error;
  }
}

function linesIn(source: string, regions: readonly MarkedRegion[]): string[] {
  const lines = source.split("\n");
  return regions.flatMap(({ begin, end }) => lines.slice(begin + 1, end));
}

function withoutRegions(source: string, regions: readonly MarkedRegion[], code: boolean): string {
  const lines = source.split("\n");
  const kept: string[] = [];
  let from = 0;
  for (const { kind, begin, end } of regions) {
    kept.push(...lines.slice(from, begin));
    if (kind === "SOLUTION") kept.push(/^[ \t]*/.exec(lines[begin])![0] + (code ? CODE_STUB : TEXT_STUB));
    from = end + 1;
  }
  return [...kept, ...lines.slice(from)].join("\n");
}

/** How many images a live page carries of each data set: pairs of numbers by a name, and nothing else that stands there. */
function imageCounts(live: unknown): Record<string, [number, number]> | undefined {
  if (typeof live !== "object" || live === null) return undefined;
  const counts = Object.entries(live).filter(([name, pair]) =>
    /^[a-z]+\d{0,3}$/i.test(name) && Array.isArray(pair) && pair.length === 2 && pair.every(Number.isInteger)
  );
  return Object.fromEntries(counts) as Record<string, [number, number]>;
}

function metadataFor({ metadata }: Cell): Cell["metadata"] {
  const kept = Object.fromEntries(Object.entries(metadata).filter(([name]) => KEPT_METADATA.has(name)));
  if (metadata.tags) kept.tags = metadata.tags.filter((tag) => KEPT_TAGS.test(tag));
  return kept;
}

function keepMetadata({ metadata }: Cell, keep: (text: string) => void): void {
  for (const [name, value] of Object.entries(metadata)) {
    if (!KEPT_METADATA.has(name) && typeof value === "string") keep(value);
  }
}

const identifiers = (source: string): string[] => source.match(/[\p{ID_Start}_$][\p{ID_Continue}$]*/gu) ?? [];

function mentions(source: string, names: ReadonlySet<string>): boolean {
  return names.size > 0 && identifiers(source).some((name) => names.has(name));
}

/** Names that a cell gives to what comes after it; imports are the same with and without a solution. */
function declaredNames(source: string): string[] {
  const names = [
    ...source.matchAll(
      /^(?:export )?(?:async )?(?:function\*?|class|let|const|var)\s+([\p{ID_Start}_$][\p{ID_Continue}$]*)/gmu,
    ),
  ]
    .map(([, name]) => name);
  for (const [, pattern] of source.matchAll(/^(?:let|const|var)\s*[[{]([^=]*)[\]}]\s*=/gm)) {
    names.push(...identifiers(pattern));
  }
  for (const [, list] of source.matchAll(/^(?:let|const|var)\s+([^\n]*)/gm)) {
    for (
      const [, name] of list.matchAll(/(?:^|,)\s*([\p{ID_Start}_$][\p{ID_Continue}$]*)\s*(?::[^=,]*)?(?==(?!=))/gu)
    ) names.push(name);
  }
  for (
    const [, name] of source.matchAll(
      /^([\p{ID_Start}_$][\p{ID_Continue}$]*)(?:\.\w+|\[[^\]]*\])*\s*[-+*/%&|^?]*=(?!=)/gmu,
    )
  ) names.push(name);
  return names;
}
