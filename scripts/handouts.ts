/** `./baeum handouts`: what a class is given, from the notebooks. */

import { parseArgs } from "node:util";
import { dirname, join, relative } from "node:path";
import { buildHandouts, type Format } from "../handouts/build.ts";
import { findChromium } from "../handouts/chromium.ts";
import type { Edition } from "../handouts/editions/mod.ts";
import { NotebookError } from "../handouts/notebook.ts";
import { root } from "./test_stage.ts";

const USAGE = `Usage: ./baeum handouts [NOTEBOOK...] [--edition student|instructor]
                        [--format html,pdf,slides,live] [--out DIR] [--watch]

Makes what a class is given, for students and for instructors, from the notebooks (default: all lessons).

  --edition EDITION  student (no solutions) or instructor (everything); both if left out
  --format FORMATS   html (pages that open without a network, with their notebooks), pdf (to print, and
                     the whole course in one; needs Chromium), slides, live (pages whose cells run in the
                     browser, without an install); all if left out
  --out DIR          where to (default: out/handouts); each edition gets a folder of its own,
                     ready for any static host
  --watch            makes them again whenever a notebook is saved`;

const EDITIONS: readonly Edition[] = ["student", "instructor"];

const FORMATS: readonly Format[] = ["html", "pdf", "slides", "live"];

/** The formats that were asked for; without a wish all that this machine can make. */
function readFormats(wish: string | undefined): readonly Format[] {
  if (wish === undefined) {
    if (findChromium()) return FORMATS;
    console.log("There is no Chromium or Chrome here: no PDFs (CHROME_PATH says where it is).");
    return FORMATS.filter((format) => format !== "pdf");
  }
  return wish.split(",").map((name) =>
    FORMATS.find((format) => format === name.trim()) ??
      fail(`There is no format "${name}": ${FORMATS.join(", ")}.\n\n${USAGE}`)
  );
}

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
        format: { type: "string" },
        out: { type: "string" },
        watch: { type: "boolean" },
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
const formats = readFormats(values.format);

/** The exit code of a program that Ctrl-C ended. */
const INTERRUPTED = 130;
const stopping = new AbortController();
let busy = false;
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  Deno.addSignalListener(name, () => {
    if (!busy || stopping.signal.aborted) Deno.exit(INTERRUPTED);
    stopping.abort();
  });
}

/** Makes what is to be made; whether all went well. */
async function build(): Promise<boolean> {
  const begin = performance.now();
  busy = true;
  try {
    const { written, unchanged } = await buildHandouts({
      notebooks: positionals.length > 0 ? positionals : await lessons(),
      editions: edition ? [edition] : EDITIONS,
      formats,
      out,
      report: (line) => console.log(line),
      signal: stopping.signal,
    });
    const seconds = ((performance.now() - begin) / 1000).toFixed(1);
    console.log(
      `${written.length} files made, ${unchanged} unchanged, in ${seconds} s: ${relative(Deno.cwd(), out) || "."}`,
    );
    return true;
  } catch (error) {
    if (stopping.signal.aborted) fail("Stopped. What was made is whole; the next call makes the rest.", INTERRUPTED);
    if (error instanceof NotebookError || error instanceof AggregateError) console.error(error.message);
    else if (error instanceof Deno.errors.PermissionDenied || error instanceof Deno.errors.NotADirectory) {
      console.error(`Nothing can be written into ${out}: ${error.message}`);
    } else throw error;
    return false;
  } finally {
    busy = false;
  }
}

const good = await build();
if (!values.watch) Deno.exit(good ? 0 : 1);

const watched = positionals.length > 0
  ? [...new Set(positionals.map((path) => dirname(path)))]
  : [join(root, "notebooks")];
console.log("Waiting for changes; Ctrl-C ends it.");
let waiting: ReturnType<typeof setTimeout> | undefined;
let building = Promise.resolve();
for await (const { kind, paths } of Deno.watchFs(watched)) {
  if (kind === "access" || !paths.some((path) => path.endsWith(".ipynb"))) continue;
  // An editor writes a file in several steps.
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    building = building.then(async () => void await build());
  }, 300);
}
