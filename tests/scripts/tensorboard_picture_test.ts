import { assertEquals } from "@std/assert";
import { SummaryWriter } from "baeum/formats";
import { findChromium } from "../../handouts/chromium.ts";
import { tensorboardPicture } from "../../scripts/tensorboard_picture.ts";

const stamp = new URL("../../.venv/tensorboard-stamp", import.meta.url);
const possible = findChromium() !== undefined && await Deno.stat(stamp).then(() => true, () => false);
if (!possible) {
  console.log("skipped: pictures of TensorBoard (they need Chromium, and `./baeum tensorboard` called once)");
}

Deno.test({
  name: "the picture of TensorBoard is taken when its curves are drawn",
  ignore: !possible && !Deno.env.get("CI"),
  fn: async () => {
    const folder = await Deno.makeTempDir();
    for (const [run, share] of [["train", 0.5], ["validation", 0.7]] as const) {
      using writer = new SummaryWriter(`${folder}/logs/${run}`);
      for (let step = 0; step < 10; step++) writer.scalar("epoch_loss", share ** step, { step });
    }
    const path = `${folder}/deep/picture.png`;
    await tensorboardPicture(`${folder}/logs`, path);
    const bytes = await Deno.readFile(path);
    const view = new DataView(bytes.buffer);
    assertEquals([view.getUint32(16), view.getUint32(20)], [1000, 720]);
    await Deno.remove(folder, { recursive: true });
  },
});
