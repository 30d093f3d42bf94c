/**
 * `deno task fmt:notebooks`: formats the cells of the lessons.
 *
 * `deno fmt` leaves them alone, as its `--check` takes every notebook that names our kernel for unformatted; what it writes to
 * standard output is right.
 */
import { join } from "node:path";
import { root } from "./test_stage.ts";

/** A notebook's text as `deno fmt` writes it. */
export async function formatted(source: string): Promise<string> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["fmt", "--ext=ipynb", "-"],
    cwd: root,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(source));
  await writer.close();
  const { success, stdout, stderr } = await child.output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return `${new TextDecoder().decode(stdout).trimEnd()}\n`;
}

if (import.meta.main) {
  for await (const { name } of Deno.readDir(join(root, "notebooks"))) {
    if (!name.endsWith(".ipynb")) continue;
    const path = join(root, "notebooks", name);
    const source = await Deno.readTextFile(path);
    const text = await formatted(source);
    if (text === source) continue;
    await Deno.writeTextFile(path, text);
    console.log(`notebooks/${name}`);
  }
}
