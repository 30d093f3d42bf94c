/**
 * `deno task tensorboard-picture LOGS [OUT.png]`: what TensorBoard shows of the logs in a folder, as a picture for handouts,
 * where nothing runs. Writes `out/tensorboard.png` unless told otherwise.
 */
import { dirname, join } from "node:path";
import { tensorboard } from "baeum/notebook";
import { openChromium } from "../handouts/chromium.ts";
import { root } from "./test_stage.ts";

/** Milliseconds for the curves to be drawn once they are in the page. */
const SETTLE = 1500;

/**
 * Starts TensorBoard on a folder of logs and saves a picture of the curves it opens with.
 *
 * @throws {Error} if there is no Chromium, or if TensorBoard shows no curve within two minutes.
 */
export async function tensorboardPicture(logs: string, out: string): Promise<void> {
  const browser = await openChromium();
  const board = await tensorboard(logs);
  try {
    const page = await browser.newPage({ viewport: { width: 1000, height: 720 } });
    page.setDefaultTimeout(120_000);
    await page.goto(`${board.address}#timeseries`);
    await page.locator("line-chart svg").first().waitFor();
    await page.getByRole("button", { name: "Settings" }).click();
    await page.waitForTimeout(SETTLE);
    await Deno.mkdir(dirname(out), { recursive: true });
    await page.screenshot({ path: out });
  } finally {
    await browser.close();
    await board.close();
  }
}

if (import.meta.main) {
  const [logs, out = join(root, "out", "tensorboard.png")] = Deno.args;
  if (!logs) {
    console.error("Usage: deno task tensorboard-picture LOGS [OUT.png]");
    Deno.exit(2);
  }
  await tensorboardPicture(logs, out);
  console.log(out);
}
