/** Notebooks of format 4.5 as the converter reads them. */

import { basename } from "node:path";

/** Data of one MIME type: nbformat stores long text as a list of lines. */
export type MimeData = string | string[] | Record<string, unknown>;

/** What a code cell shows. */
export type Output =
  | { output_type: "stream"; name: "stdout" | "stderr"; text: string | string[] }
  | { output_type: "error"; ename: string; evalue: string; traceback: string[] }
  | {
    output_type: "execute_result" | "display_data";
    data: Record<string, MimeData>;
    metadata?: Record<string, unknown>;
    execution_count?: number | null;
  };

/** What the converter reads of a cell's metadata. */
export interface CellMetadata {
  /** `solution` and `instructor` say who sees the cell; `hide-input` shows only what it shows. */
  tags?: string[];
  /** What the cell's figures show, in words, where the figure does not say it by itself. */
  alt?: string;
  slideshow?: { slide_type?: string };
  [key: string]: unknown;
}

/** A cell of any kind. */
export interface Cell {
  cell_type: "markdown" | "code" | "raw";
  id: string;
  metadata: CellMetadata;
  source: string | string[];
  outputs?: Output[];
  execution_count?: number | null;
  /** Files that a Markdown cell carries, by name and MIME type, as base64. */
  attachments?: Record<string, Record<string, string | string[]>>;
}

/** A whole notebook. */
export interface Notebook {
  cells: Cell[];
  metadata: Record<string, unknown>;
  nbformat: number;
  nbformat_minor: number;
}

/** A fault of a notebook that stops the build: it says file, cell and line, as its author has to find them. */
export class NotebookError extends Error {
  override name = "NotebookError";

  /** `cell` is the cell's place among all cells, `line` the line in it; both count from 1. */
  constructor(file: string, cell: number | undefined, line: number | undefined, what: string) {
    const place = [file, cell === undefined ? "" : `cell ${cell}`, line === undefined ? "" : `line ${line}`];
    super(`${place.filter((part) => part !== "").join(", ")}: ${what}`);
  }
}

/** Text that nbformat may have cut into lines. */
export function textOf(text: MimeData | undefined): string {
  if (Array.isArray(text)) return text.join("");
  return typeof text === "object" ? JSON.stringify(text, null, 2) : text ?? "";
}

/** A notebook's name, as its page has it: `05-mnist-mlp` for `notebooks/05-mnist-mlp.ipynb`. */
export const nameOf = (path: string): string => basename(path, ".ipynb");

/** Reads a notebook's file. Throws {@linkcode NotebookError} if it cannot be read, too. */
export async function readNotebook(file: string): Promise<Notebook> {
  let text: string;
  try {
    text = await Deno.readTextFile(file);
  } catch (error) {
    const missing = error instanceof Deno.errors.NotFound;
    const why = missing ? "There is no such notebook." : `This notebook cannot be read: ${(error as Error).message}`;
    throw new NotebookError(file, undefined, undefined, why);
  }
  return parseNotebook(text, file);
}

/** Reads a notebook's text. Throws {@linkcode NotebookError} if it is none, or is of a format before 4. */
export function parseNotebook(text: string, file: string): Notebook {
  let notebook: Notebook;
  try {
    notebook = JSON.parse(text);
  } catch (error) {
    throw new NotebookError(file, undefined, undefined, `This is not a notebook: ${(error as Error).message}`);
  }
  if (!Array.isArray(notebook?.cells) || notebook.nbformat !== 4) {
    throw new NotebookError(
      file,
      undefined,
      undefined,
      "This is not a notebook of format 4: open and save it in JupyterLab.",
    );
  }
  for (const [index, cell] of notebook.cells.entries()) {
    cell.metadata ??= {};
    cell.id ??= `cell-${index + 1}`;
  }
  return notebook;
}

/** The title: the first heading, without its mark-up. */
export function titleOf(notebook: Notebook, fallback: string): string {
  for (const { cell_type, source } of notebook.cells) {
    const heading = cell_type === "markdown" && /^#\s+(.+?)\s*#*$/m.exec(textOf(source));
    if (heading) return heading[1].replace(/[*_`$]/g, "");
  }
  return fallback;
}
