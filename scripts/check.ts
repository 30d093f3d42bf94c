import { checkNotebooks, describe } from "./check_notebooks.ts";

const USAGE = `Usage: ./baeum check NOTEBOOK...

Checks the types in the cells of notebooks, as TypeScript's compiler sees them, and names cell and line of each mistake.
The notebooks are not run.`;

const notebooks = Deno.args;
const help = notebooks.some((argument) => argument === "--help" || argument === "-h");
if (help || notebooks.length === 0 || notebooks.some((argument) => argument.startsWith("-"))) {
  console[help ? "log" : "error"](USAGE);
  Deno.exit(help ? 0 : 2);
}
// Ctrl-C also reaches the compiler and ends it; what was written for it still has to go.
let stopped = false;
Deno.addSignalListener("SIGINT", () => stopped = true);
const problems = await checkNotebooks(notebooks);
if (stopped) Deno.exit(130);
for (const problem of problems) console.error(describe(problem));
if (problems.length > 0) Deno.exit(1);
console.log(`${notebooks.length === 1 ? "1 notebook has" : `${notebooks.length} notebooks have`} no type errors.`);
