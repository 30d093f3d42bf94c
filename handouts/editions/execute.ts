import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { nameOf, type Notebook, NotebookError, textOf } from "../notebook.ts";
import type { StudentEdition } from "./edition.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Student editions that were run, by what they run; beside what Jupyter keeps inside the project. */
const cache = join(root, ".jupyter", "handouts");

/**
 * The student's edition with the outputs of a run of its own, in the real kernel, as `./baeum run` makes them. Cells that need a
 * solution, and those that fail without one, are left without output; `report` is told of the latter.
 *
 * A run is kept and found again as long as neither the code nor the original's outputs change: these change when the author runs
 * the lesson anew, with whatever else may have changed since.
 *
 * @param stamp what the original's outputs were, in any form.
 * @param signal ends the run.
 * @throws {NotebookError} if a cell above all solutions fails, for then not the solution is missing, but a package or data; if the
 * run is stopped or does not start.
 */
export async function executed(
  { notebook, needsSolution }: StudentEdition,
  file: string,
  stamp: string,
  report: (line: string) => void = () => {},
  signal?: AbortSignal,
): Promise<Notebook> {
  const name = nameOf(file);
  const key = await digest(JSON.stringify([notebook.cells.map(({ source }) => textOf(source)), stamp]));
  const kept = join(cache, `${name}-${key.slice(0, 16)}.ipynb`);
  let run: Notebook;
  try {
    run = JSON.parse(await Deno.readTextFile(kept));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    report(`${name}: running the student's edition`);
    signal?.throwIfAborted();
    run = await runAll(notebook, file, signal);
  }
  const first = Math.min(...needsSolution);
  const cells = notebook.cells.map((cell, index) => {
    if (cell.cell_type !== "code") return cell;
    const { outputs = [], execution_count = null } = run.cells[index];
    const failure = outputs.find((output) => output.output_type === "error");
    if (failure && !needsSolution.has(index)) {
      const what = `fails in the student's edition: ${failure.ename}: ${failure.evalue.split("\n")[0]}`;
      if (index < first) throw new NotebookError(file, index + 1, undefined, `This cell ${what}`);
      report(`${name}, cell ${index + 1} of the student's edition is shown without output: it ${what}`);
    }
    const silent = needsSolution.has(index) || failure !== undefined;
    return { ...cell, outputs: silent ? [] : outputs, execution_count: silent ? null : execution_count };
  });
  await Deno.mkdir(cache, { recursive: true });
  await Deno.writeTextFile(kept, JSON.stringify(run));
  return { ...notebook, cells };
}

/** The exit code of a program that Ctrl-C ended. */
const INTERRUPTED = 130;

async function runAll(notebook: Notebook, file: string, stopping: AbortSignal | undefined): Promise<Notebook> {
  const name = nameOf(file);
  // Inside the project, where the kernel finds what `baeum/…` means.
  await Deno.mkdir(join(root, "out"), { recursive: true });
  const folder = await Deno.makeTempDir({ dir: join(root, "out"), prefix: "student-" });
  try {
    const cells = notebook.cells.map((cell) => ({
      ...cell,
      // nbclient goes on after a cell that fails if the cell says that it may.
      metadata: { ...cell.metadata, tags: [...(cell.metadata.tags ?? []), "raises-exception"] },
    }));
    const path = join(folder, `${name}.ipynb`);
    const metadata = {
      ...notebook.metadata,
      kernelspec: { name: "baeum", display_name: "Baeum", language: "typescript" },
    };
    await Deno.writeTextFile(path, JSON.stringify({ ...notebook, metadata, cells }));
    const { success, code, signal, stderr } = await new Deno.Command(join(root, "baeum"), {
      args: ["run", path],
      stdin: "null",
      stdout: "null",
      stderr: "piped",
      signal: stopping,
    }).output();
    if (!success) {
      const interrupted = signal !== null || code === INTERRUPTED;
      const why = interrupted ? "was stopped" : `ended early:\n${new TextDecoder().decode(stderr).trimEnd()}`;
      throw new NotebookError(file, undefined, undefined, `the run of the student's edition ${why}`);
    }
    return JSON.parse(await Deno.readTextFile(path));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function digest(text: string): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))).toHex();
}
