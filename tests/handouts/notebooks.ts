import { type Cell, type Notebook, type Output, parseNotebook } from "../../handouts/notebook.ts";

/** A code cell, executed as number `count`. */
export function code(source: string, outputs: Output[] = [], metadata: Cell["metadata"] = {}): Cell {
  return { cell_type: "code", id: "", metadata, source, outputs, execution_count: 1 };
}

/** A Markdown cell. */
export function text(source: string, metadata: Cell["metadata"] = {}): Cell {
  return { cell_type: "markdown", id: "", metadata, source };
}

/** What `console.log` leaves. */
export function printed(line: string): Output {
  return { output_type: "stream", name: "stdout", text: `${line}\n` };
}

/** A value that shows itself. */
export function shown(data: Record<string, string>): Output {
  return { output_type: "execute_result", data, metadata: {}, execution_count: 1 };
}

/** A notebook as one run from top to bottom leaves it. */
export function notebookOf(...cells: Cell[]): Notebook {
  let count = 0;
  const numbered = cells.map((cell, index) => ({
    ...cell,
    id: `cell-${index + 1}`,
    ...(cell.cell_type === "code" ? { execution_count: ++count } : {}),
  }));
  const metadata = { kernelspec: { name: "baeum", display_name: "Baeum", language: "typescript" } };
  return parseNotebook(JSON.stringify({ cells: numbered, metadata, nbformat: 4, nbformat_minor: 5 }), "lesson.ipynb");
}
