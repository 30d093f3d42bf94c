import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { SummaryWriter } from "baeum/formats";
import { type RunningTensorBoard, tensorboard } from "baeum/notebook";

const stamp = new URL("../../.venv/tensorboard-stamp", import.meta.url);
const installed = await Deno.stat(stamp).then(() => true, () => false);
if (!installed) console.log("skipped: tensorboard() (`./baeum tensorboard` was never called, so it is not installed)");
/** The first call installs TensorBoard: not on a user's machine for a test's sake. */
const ignore = !installed && !Deno.env.get("CI");

/** Pictures as a notebook gets them. */
function htmlOf(board: RunningTensorBoard): string {
  return (board as unknown as { [name: symbol]: () => Record<string, string> })[Symbol.for("Jupyter.display")]()[
    "text/html"
  ];
}

Deno.test({
  name: "tensorboard() starts the real one on loopback, shows it in a frame, and again the same for the same folder",
  ignore,
  fn: async () => {
    const folder = await Deno.makeTempDir({ prefix: "baeum tensorboard's logs-" });
    using writer = new SummaryWriter(`${folder}/train`);
    writer.scalar("epoch_loss", 0.5, { step: 0 });
    const board = await tensorboard(`${folder}/.`, { height: 300 });
    try {
      assertEquals(new URL(board.address).hostname, "127.0.0.1");
      assertStringIncludes(
        htmlOf(board),
        `<iframe src="${board.address}" title="TensorBoard" width="100%" height="300"`,
      );
      assertEquals(await tensorboard(folder, { height: 300 }), board);
      const answer = await fetch(new URL("data/runs", board.address));
      assertEquals(await answer.json(), ["train"]);
      const page = await fetch(board.address);
      await page.body?.cancel();
      assertEquals(page.headers.get("x-frame-options"), null);
    } finally {
      await board.close();
    }
    await assertRejects(() => fetch(board.address), TypeError);
    await Deno.remove(folder, { recursive: true });
  },
});

Deno.test({
  name: "TensorBoard ends with the script that started it, however that ends",
  ignore,
  fn: async () => {
    const folder = await Deno.makeTempDir({ prefix: "baeum-tensorboard-" });
    const script = `
      import { tensorboard } from ${JSON.stringify(import.meta.resolve("baeum/notebook"))};
      console.log((await tensorboard(${JSON.stringify(folder)})).address);
      if (Deno.args[0] === "wait") await new Promise((resume) => setTimeout(resume, 60_000));`;
    const start = (...args: string[]) =>
      new Deno.Command(Deno.execPath(), {
        args: [
          "run",
          "-A",
          "--no-check",
          "--ext=ts",
          `data:application/typescript,${encodeURIComponent(script)}`,
          ...args,
        ],
        cwd: new URL("../..", import.meta.url),
        stdout: "piped",
      }).spawn();
    for (const kill of [false, true]) {
      const child = start(kill ? "wait" : "end");
      const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
      const { value: address } = await reader.read();
      if (kill) child.kill("SIGKILL");
      await child.status;
      await reader.cancel();
      for (let tries = 0; tries < 600 && await isThere(address!.trim()); tries++) {
        await new Promise((resume) => setTimeout(resume, 100));
      }
      assertEquals(await isThere(address!.trim()), false);
    }
    await Deno.remove(folder, { recursive: true });
  },
});

function isThere(address: string): Promise<boolean> {
  return fetch(address).then(async (answer) => {
    await answer.body?.cancel();
    return true;
  }, () => false);
}
