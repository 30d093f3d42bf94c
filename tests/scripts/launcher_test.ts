import { assertEquals, assertStringIncludes } from "@std/assert";

const launcher = new URL("../../baeum", import.meta.url).pathname;

async function baeum(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { code, stdout, stderr } = await new Deno.Command(launcher, { args }).output();
  return { code, out: new TextDecoder().decode(stdout), err: new TextDecoder().decode(stderr) };
}

Deno.test("./baeum help lists data, tensorboard, assignment and nbgrader", async () => {
  const { code, out } = await baeum("help");
  assertEquals(code, 0);
  for (
    const command of ["  data [arguments]", "  tensorboard [DIR]", "  assignment [NOTEBOOK]", "  nbgrader [arguments]"]
  ) {
    assertStringIncludes(out, command);
  }
});

Deno.test("./baeum tensorboard says which folder is not there, before it installs anything", async () => {
  const { code, err } = await baeum("tensorboard", "/nowhere/my logs");
  assertEquals(code, 1);
  assertStringIncludes(err, "There is no folder /nowhere/my logs.");
  assertStringIncludes(err, 'callbacks.tensorBoard("my_logs")');
});
