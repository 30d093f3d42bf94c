/** `./baeum assignment`: an nbgrader course from the lessons' exercises. */

import { join, relative } from "node:path";
import { parseArgs } from "node:util";
import { writeCourse } from "../handouts/assignment/mod.ts";
import { NotebookError } from "../handouts/notebook.ts";
import { root } from "./test_stage.ts";

const USAGE = `Usage: ./baeum assignment [NOTEBOOK...] [--out DIR]

Makes an nbgrader course from the exercises of the notebooks (default: all lessons): their solutions, checks,
hidden tests and points, and only what of the lesson they need.

  --out DIR   where to (default: out/assignment): source/LESSON/LESSON.ipynb, nbgrader_config.py (left as it is
              if it is there), README.md with the commands that follow

docs/assignments.md tells how to release, collect, grade and give feedback with \`./baeum nbgrader\`.`;

function fail(message: string, code = 2): never {
  console.error(message);
  Deno.exit(code);
}

function readArguments() {
  try {
    const options = { out: { type: "string" }, help: { type: "boolean", short: "h" } } as const;
    return parseArgs({ args: Deno.args, allowPositionals: true, options });
  } catch (error) {
    fail(`${(error as Error).message}\n\n${USAGE}`);
  }
}

async function lessons(): Promise<string[]> {
  const folder = join(root, "notebooks");
  const found: string[] = [];
  for await (const { name } of Deno.readDir(folder)) if (name.endsWith(".ipynb")) found.push(join(folder, name));
  return found.map((path) => relative(Deno.cwd(), path)).sort();
}

const { values, positionals } = readArguments();
if (values.help) {
  console.log(USAGE);
  Deno.exit(0);
}
const out = values.out ?? join(root, "out", "assignment");
try {
  const written = await writeCourse(positionals.length > 0 ? positionals : await lessons(), out);
  if (written.length === 0) fail("There are no exercises in these notebooks: nothing to make an assignment of.", 1);
  for (const { name, title, points } of written) console.log(`${name}: ${points} points (${title})`);
  console.log(`${written.length} assignments: ${relative(Deno.cwd(), out) || "."}`);
} catch (error) {
  if (error instanceof NotebookError) fail(error.message, 1);
  if (error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotADirectory) {
    fail(`Nothing can be written into ${out}: ${error.message}`, 1);
  }
  throw error;
}
