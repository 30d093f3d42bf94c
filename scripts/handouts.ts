/** `./baeum handouts`: what a class is given, from the notebooks. */

import { parseArgs } from "node:util";
import { join, relative } from "node:path";
import { buildHandouts } from "../handouts/build.ts";
import type { Edition } from "../handouts/editions/mod.ts";
import { NotebookError } from "../handouts/notebook.ts";
import { root } from "./test_stage.ts";

const USAGE = `Usage: ./baeum handouts [NOTEBOOK...] [--edition student|instructor] [--out DIR]

Makes web pages that open without a network, for students and for instructors, from the notebooks (default: all lessons).

  --edition EDITION  student (no solutions) or instructor (everything); both if left out
  --out DIR          where to (default: out/handouts); each edition gets a folder of its own,
                     ready for any static host`;

const EDITIONS: readonly Edition[] = ["student", "instructor"];

async function lessons(): Promise<string[]> {
  const folder = join(root, "notebooks");
  const found: string[] = [];
  for await (const { name } of Deno.readDir(folder)) if (name.endsWith(".ipynb")) found.push(join(folder, name));
  return found.map((path) => relative(Deno.cwd(), path)).sort();
}

function fail(message: string, code = 2): never {
  console.error(message);
  Deno.exit(code);
}

function readArguments() {
  try {
    return parseArgs({
      args: Deno.args,
      allowPositionals: true,
      options: {
        edition: { type: "string" },
        out: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    fail(`${(error as Error).message}\n\n${USAGE}`);
  }
}

const { values, positionals } = readArguments();
if (values.help) {
  console.log(USAGE);
  Deno.exit(0);
}
const edition = EDITIONS.find((name) => name === values.edition);
if (values.edition !== undefined && !edition) {
  fail(`There is no edition "${values.edition}": student or instructor.\n\n${USAGE}`);
}
const out = values.out ?? join(root, "out", "handouts");
const begin = performance.now();
try {
  const { written, unchanged } = await buildHandouts({
    notebooks: positionals.length > 0 ? positionals : await lessons(),
    editions: edition ? [edition] : EDITIONS,
    out,
    report: (line) => console.log(line),
  });
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(
    `${written.length} files made, ${unchanged} unchanged, in ${seconds} s: ${relative(Deno.cwd(), out) || "."}`,
  );
} catch (error) {
  if (error instanceof NotebookError || error instanceof AggregateError) fail(error.message, 1);
  if (error instanceof Deno.errors.NotFound) fail(`There is no such notebook: ${error.message}`, 2);
  throw error;
}
