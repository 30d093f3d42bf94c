import { checkNotebooks, describe } from "./check_notebooks.ts";

const notebooks = Deno.args;
if (notebooks.length === 0 || notebooks.some((argument) => argument.startsWith("-"))) {
  console.error("Usage: ./baeum check NOTEBOOK...");
  Deno.exit(2);
}
const problems = await checkNotebooks(notebooks);
for (const problem of problems) console.error(describe(problem));
if (problems.length > 0) Deno.exit(1);
console.log(`${notebooks.length === 1 ? "1 notebook has" : `${notebooks.length} notebooks have`} no type errors.`);
