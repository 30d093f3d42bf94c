import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** The real files that tests and lessons load: the folder that `BAEUM_MIRROR` names, or `shared/datasets` beside the project. */
export const mirror = Deno.env.get("BAEUM_MIRROR") ?? join(root, "..", "shared", "datasets");

/** How many checks ended how. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** A part of `./baeum test`. Its details are shown when it has run. */
export interface Stage {
  name: string;
  run(): Promise<Counts & { details: string }>;
}

/** Makes a stage of a test runner's command. */
export type Runner = (name: string, command: string, args: string[], env?: Record<string, string>) => Stage;

/** Runs a command in the project's folder without input; its output, shown meanwhile with `live`. */
export async function run(
  command: string,
  args: string[],
  { env = {}, live = false }: { env?: Record<string, string>; live?: boolean } = {},
): Promise<{ success: boolean; output: string }> {
  const child = new Deno.Command(command, {
    args,
    cwd: root,
    env: { NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let output = "";
  const collect = async (stream: ReadableStream<Uint8Array>) => {
    const decoder = new TextDecoder();
    for await (const bytes of stream) {
      const text = decoder.decode(bytes, { stream: true });
      output += text;
      if (live) await Deno.stdout.write(new TextEncoder().encode(text));
    }
  };
  const [{ success }] = await Promise.all([child.status, collect(child.stdout), collect(child.stderr)]);
  return { success, output };
}
