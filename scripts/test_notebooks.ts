import { basename, join } from "node:path";
import { checkNotebooks, describe } from "./check_notebooks.ts";
import { formatted } from "./format_notebooks.ts";
import { mirror, root, run, type Stage } from "./test_stage.ts";

interface Output {
  output_type: string;
}

interface NotebookCell {
  cell_type: string;
  execution_count?: number | null;
  outputs?: Output[];
  source: string | string[];
}

interface Notebook {
  cells: NotebookCell[];
  metadata: { kernelspec?: { name?: string } };
}

const codeCells = (notebook: Notebook) => notebook.cells.filter(({ cell_type }) => cell_type === "code");

async function read(path: string): Promise<Notebook> {
  return JSON.parse(await Deno.readTextFile(path));
}

/** What is wrong with a notebook as it is committed. */
export function faultsOf(notebook: Notebook): string[] {
  const faults: string[] = [];
  const kernel = notebook.metadata.kernelspec?.name;
  if (kernel !== "baeum") faults.push(`its metadata names the kernel ${JSON.stringify(kernel)} instead of "baeum"`);
  codeCells(notebook).forEach((cell, index) => {
    const text = Array.isArray(cell.source) ? cell.source.join("") : cell.source;
    if (text.trim() !== "" && cell.execution_count !== index + 1) {
      faults.push(`cell ${index + 1} was not executed, or not in order: save the outputs of \`./baeum run\``);
    }
    if (cell.outputs?.some(({ output_type }) => output_type === "error")) {
      faults.push(`cell ${index + 1} shows an error`);
    }
  });
  return faults;
}

/** Cells that show something as committed, but nothing in another run. */
export function lostOutputs(committed: Notebook, fresh: Notebook): string[] {
  const other = codeCells(fresh);
  return codeCells(committed).flatMap((cell, index) =>
    (cell.outputs?.length ?? 0) > 0 && (other[index]?.outputs?.length ?? 0) === 0
      ? [`cell ${index + 1} has outputs as committed, but none in this run`]
      : []
  );
}

async function unchanged(path: string): Promise<boolean> {
  const source = await Deno.readTextFile(path);
  return await formatted(source) === source;
}

/** Counts one check for each notebook that `faults` finds none in. */
async function each(notebooks: string[], faults: (path: string) => Promise<string[]>) {
  const lines: string[] = [];
  let failed = 0;
  for (const path of notebooks) {
    const found = await faults(path);
    if (found.length > 0) failed += 1;
    lines.push(...found.map((fault) => `${path}: ${fault}`));
  }
  return { passed: notebooks.length - failed, failed, skipped: 0, details: lines.join("\n") };
}

/** The stages that look at the lessons: as committed, type-checked, and executed in quick mode. */
export async function notebookStages(): Promise<Stage[]> {
  const notebooks: string[] = [];
  for await (const entry of Deno.readDir(join(root, "notebooks"))) {
    if (entry.isFile && entry.name.endsWith(".ipynb")) notebooks.push(`notebooks/${entry.name}`);
  }
  notebooks.sort();
  return [
    {
      name: "notebooks as committed",
      run: () => each(notebooks, async (path) => faultsOf(await read(join(root, path)))),
    },
    {
      name: "format of notebooks",
      run: () =>
        each(
          notebooks,
          async (path) =>
            await unchanged(join(root, path)) ? [] : ["its cells are not formatted: run `deno task fmt:notebooks`"],
        ),
    },
    {
      name: "types in notebooks",
      async run() {
        const problems = await checkNotebooks(notebooks.map((path) => join(root, path)));
        const failed = new Set(problems.map(({ notebook }) => notebook)).size;
        const details = problems.map((problem) => describe(problem).replace(root, "")).join("\n");
        return { passed: notebooks.length - failed, failed, skipped: 0, details };
      },
    },
    {
      name: "notebooks executed (quick)",
      async run() {
        const folder = await Deno.makeTempDir({ prefix: "baeum-notebooks-" });
        try {
          return await each(notebooks, async (path) => {
            const { success, output } = await run(join(root, ".venv", "bin", "python"), [
              join(root, "kernel", "run_notebook.py"),
              "--quick",
              "--output-dir",
              folder,
              join(root, path),
            ], { env: { BAEUM_MIRROR: mirror }, live: true });
            if (!success) {
              return [output.trimEnd().split("\n").findLast((line) => line.includes("failed")) ?? "did not run"];
            }
            return lostOutputs(await read(join(root, path)), await read(join(folder, basename(path))));
          });
        } finally {
          await Deno.remove(folder, { recursive: true });
        }
      },
    },
  ];
}
