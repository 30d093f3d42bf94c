import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type CellModule, joinCells, readCells } from "./cells.ts";

/** A type error: the notebook as it was named, the cell among its code cells and the line in it, both from 1. */
export interface Problem {
  notebook: string;
  cell?: number;
  line?: number;
  message: string;
}

/** Type-checks the cells of notebooks, all in one run of the compiler. */
export async function checkNotebooks(notebooks: readonly string[]): Promise<Problem[]> {
  const config = fileURLToPath(new URL("../deno.json", import.meta.url));
  const problems: Problem[] = [];
  const modules = new Map<string, { notebook: string; module: CellModule }>();
  const folder = await Deno.makeTempDir({ prefix: "baeum-check-" });
  try {
    for (const [index, notebook] of notebooks.entries()) {
      try {
        const cells = readCells(await Deno.readTextFile(notebook));
        const module = joinCells(cells, new URL(`${pathToFileURL(dirname(resolve(notebook))).href}/`));
        const path = join(folder, `notebook_${index}.ts`);
        await Deno.writeTextFile(path, module.text);
        modules.set(pathToFileURL(path).href, { notebook, module });
      } catch (error) {
        const missing = error instanceof Deno.errors.NotFound;
        problems.push({ notebook, message: missing ? "There is no such file." : (error as Error).message });
      }
    }
    if (modules.size === 0) return problems;
    const { success, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["check", "--quiet", "--config", config, ...[...modules.keys()].map((url) => fileURLToPath(url))],
      env: { NO_COLOR: "1" },
      stdin: "null",
    }).output();
    const report = new TextDecoder().decode(stderr);
    const before = problems.length;
    problems.push(...locate(report, modules));
    if (!success && problems.length === before) {
      problems.push({ notebook: notebooks.join(", "), message: report.trim() });
    }
    return problems;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** As a person reads it: `notebooks/05-mnist-mlp.ipynb, cell 3, line 2: Type …`. */
export function describe({ notebook, cell, line, message }: Problem): string {
  return `${notebook}${cell === undefined ? "" : `, cell ${cell}, line ${line}`}: ${message}`;
}

/** Finds the compiler's messages, each of which ends with `at file:///…:line:column`, and the cells they speak of. */
function locate(report: string, modules: Map<string, { notebook: string; module: CellModule }>): Problem[] {
  const found: Problem[] = [];
  let message: string[] = [];
  for (const text of report.split("\n")) {
    const at = /^\s*at (file:\/\/\S+?):(\d+):(\d+)$/.exec(text);
    const known = at && modules.get(at[1]);
    if (!at) {
      message.push(text);
      continue;
    }
    if (known) {
      const origin = known.module.origins[Number(at[2]) - 1];
      found.push({ notebook: known.notebook, cell: origin?.cell, line: origin?.line, message: summary(message) });
    }
    message = [];
  }
  return found;
}

/** The message without its code, the quoted source and the underline. */
function summary(lines: string[]): string {
  const first = lines.findIndex((line) => /^(TS\d+ )?\[?(ERROR|error)\]?:/.test(line));
  const kept = lines.slice(Math.max(first, 0)).filter((line) => line.trim() !== "");
  const quoted = kept.findIndex((line) => /^\s*\|/.test(line)); // a syntax error quotes behind a rule
  const underline = kept.findIndex((line) => /^\s*[~^]+\s*$/.test(line));
  const text = kept.slice(0, quoted > 0 ? quoted : underline > 0 ? underline - 1 : kept.length);
  return text.map((line) => line.trim()).join(" ").replace(/^(TS\d+ )?\[?(ERROR|error)\]?: /, "");
}
