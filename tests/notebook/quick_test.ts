import { assertEquals } from "@std/assert";

async function quickIn({ args, env }: { args: string[]; env: Record<string, string> }): Promise<string> {
  const code = `const { quick } = await import("./lib/notebook/quick.ts"); console.log(quick);`;
  const file = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(file, code.replace("./lib", `${Deno.cwd()}/lib`));
    const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["run", ...args, file], env }).output();
    return new TextDecoder().decode(stdout).trim();
  } finally {
    await Deno.remove(file);
  }
}

Deno.test("quick is true exactly where BAEUM_QUICK is 1", async () => {
  assertEquals(await quickIn({ args: ["--allow-env"], env: { BAEUM_QUICK: "1" } }), "true");
  assertEquals(await quickIn({ args: ["--allow-env"], env: { BAEUM_QUICK: "0" } }), "false");
});

Deno.test("quick is false, and no error, where the environment may not be read", async () => {
  assertEquals(await quickIn({ args: ["--allow-read"], env: { BAEUM_QUICK: "1" } }), "false");
});
