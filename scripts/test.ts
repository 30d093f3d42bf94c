/**
 * `./baeum test`: all that can be checked, each stage even if one before it failed.
 * The last line is `N passed, N failed[, N skipped]`; the exit code is 1 if anything failed.
 */

import { join } from "node:path";
import { notebookStages } from "./test_notebooks.ts";
import { oldestStages } from "./test_oldest.ts";
import { peers } from "./test_peers.ts";
import { type Counts, root, run, type Stage } from "./test_stage.ts";

const USAGE = `Usage: ./baeum test [--peers] [--oldest]

Runs all that can be checked: format, lint, types, the tests of kernel and library, the documentation's examples, every lesson in
quick mode.

  --peers   also compares with Keras, NumPy and scikit-learn, which are installed into .venv-peers (about 600 MB)
  --oldest  also runs what leans on Deno with the oldest Deno that the README names, which is fetched into .venv-oldest`;

const help = Deno.args.some((argument) => argument === "--help" || argument === "-h");
if (help || Deno.args.some((argument) => !["--peers", "--oldest"].includes(argument))) {
  console[help ? "log" : "error"](USAGE);
  Deno.exit(help ? 0 : 2);
}

const browser = join(root, "handouts", "live", "browser");

/**
 * TypeScript of this project. AssemblyScript looks like it, but has a compiler of its own; what runs in a browser knows other
 * names, and is checked by itself.
 */
async function typescript(folder = root): Promise<string[]> {
  const skipped = new Set(["node_modules", "assembly", "out"]);
  const found: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory && !entry.name.startsWith(".") && !skipped.has(entry.name) && path !== browser) {
      found.push(...await typescript(path));
    } else if (entry.isFile && /\.tsx?$/.test(entry.name)) found.push(path);
  }
  return found.sort();
}

/** A command that is one check as a whole. */
function check(name: string, ...args: string[]): Stage {
  return {
    name,
    async run() {
      const { success, output } = await run(Deno.execPath(), args);
      return { passed: success ? 1 : 0, failed: success ? 0 : 1, skipped: 0, details: success ? "" : output };
    },
  };
}

/** A test runner, whose closing line is counted; `1 failed` where it ends badly without naming a failed test. */
function runner(name: string, command: string, args: string[], env: Record<string, string> = {}): Stage {
  return {
    name,
    async run() {
      const { success, output } = await run(command, args, { env, live: true });
      const closing = output.trimEnd().split("\n").findLast((line) => /\d+ (passed|failed)/.test(line)) ?? "";
      const count = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(closing)?.[1] ?? 0);
      const failed = count("failed") + count("errors?");
      return {
        passed: count("passed"),
        failed: failed === 0 && !success ? 1 : failed,
        skipped: count("ignored") + count("skipped"),
        details: "",
      };
    },
  };
}

const stages: Stage[] = [
  check("format", "fmt", "--check"),
  check("lint", "lint", "--quiet"),
  check("types", "check", "--quiet", ...await typescript()),
  check("types of live pages", "check", "--quiet", join(browser, "page.ts")),
  check(
    "types of their thread",
    "check",
    "--quiet",
    ...["worker.ts", "absent.ts", "checksum.ts", "fetch_file.ts", "viz.ts", "wasm_path.ts", "worker_lane.ts"].map((
      file,
    ) => join(browser, file)),
  ),
  runner("kernel", join(root, ".venv", "bin", "python"), ["-m", "pytest", "-q", join(root, "tests", "kernel")]),
  runner("library", Deno.execPath(), ["test", "--allow-all", "--no-check", join(root, "tests")], await peers()),
  runner("documentation examples", Deno.execPath(), ["test", "--allow-all", "--doc", join(root, "lib")]),
  ...await notebookStages(),
  ...await oldestStages(runner),
];

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
const failedStages: string[] = [];
for (const { name, run } of stages) {
  console.log(`\n== ${name}`);
  const begin = performance.now();
  let result;
  try {
    result = await run();
  } catch (error) {
    result = { passed: 0, failed: 1, skipped: 0, details: `The stage could not run: ${(error as Error).message}` };
  }
  if (result.details) console.log(result.details.trimEnd());
  const { passed, failed, skipped } = result;
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  console.log(`-- ${name}: ${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""} (${seconds} s)`);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  if (failed > 0) failedStages.push(name);
}

console.log(failedStages.length > 0 ? `\nFailed: ${failedStages.join(", ")}` : "");
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ""}`);
Deno.exit(total.failed > 0 ? 1 : 0);
