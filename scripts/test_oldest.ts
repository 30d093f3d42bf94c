import { join } from "node:path";
import { root, run, type Runner, type Stage } from "./test_stage.ts";

/** The oldest Deno that the README names; a change of it is a change of README, docs/kernel.md and the launcher, too. */
const OLDEST = "2.9.0";
const folder = join(root, ".venv-oldest");
const kernelTests = ["output", "errors", "language", "stop", "v8"].map((name) => `tests/kernel/test_${name}.py`);
const libraryTests = ["tensors", "notebook", "plots", "preprocessing", "formats"].map((name) => `tests/${name}`);

/**
 * The kernel and the parts of the library that lean on Deno, run by the oldest Deno: as CI or with `--oldest`.
 * The other stages are run by the newest.
 */
export async function oldestStages(runner: Runner): Promise<Stage[]> {
  if (Deno.env.get("CI") !== "true" && !Deno.args.includes("--oldest")) return [];
  const deno = await oldestDeno();
  const python = join(root, ".venv", "bin", "python");
  return [
    runner(`kernel on Deno ${OLDEST}`, python, ["-m", "pytest", "-q", ...kernelTests], { BAEUM_DENO: deno }),
    runner(`library on Deno ${OLDEST}`, deno, ["test", "--allow-all", "--no-check", ...libraryTests]),
  ];
}

/** Where it is, fetched from PyPI if need be. A stage that cannot start says so. */
async function oldestDeno(): Promise<string> {
  const deno = join(folder, "bin", "deno");
  const { success, output } = await run(deno, ["--version"]).catch(() => ({ success: false, output: "" }));
  if (success && output.startsWith(`deno ${OLDEST} `)) return deno;
  console.log(`Fetching Deno ${OLDEST} into .venv-oldest (once, about 45 MB).`);
  const args = [
    "install",
    "--quiet",
    "--retries",
    "10",
    "--no-deps",
    "--upgrade",
    "--target",
    folder,
    `deno==${OLDEST}`,
  ];
  const fetched = await run(join(root, ".venv", "bin", "python"), ["-m", "pip", ...args]);
  if (!fetched.success) console.log(fetched.output);
  return deno;
}
