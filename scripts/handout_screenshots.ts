/**
 * `deno task handout-screenshots [FOLDER]`: pictures of a folder of handouts (default: the students' in out/handouts), as a
 * browser without a network shows them: each page light, dark and on a phone, and each fifth slide. To be looked at before class.
 */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openChromium } from "../handouts/chromium.ts";
import { root } from "./test_stage.ts";

const folder = Deno.args[0] ?? join(root, "out", "handouts", "student");
const pictures = join(root, "out", "handout-screenshots");
await Deno.mkdir(pictures, { recursive: true });
const browser = await openChromium();
const files = [...Deno.readDirSync(folder)].map(({ name }) => name).filter((name) => name.endsWith(".html")).sort();

for (const file of files) {
  const url = pathToFileURL(join(folder, file)).href;
  const name = join(pictures, file.replace(/\.html$/, ""));
  if (file.endsWith(".slides.html")) {
    const page = await browser.newPage({ viewport: { width: 1100, height: 700 } });
    await page.goto(url);
    await page.waitForSelector("html[data-ready]");
    const count = await page.evaluate<number>("Reveal.getTotalSlides()");
    for (let slide = 0; slide < count; slide += 5) {
      await page.evaluate(`Reveal.slide(${slide})`);
      await page.screenshot({ path: `${name}-${String(slide + 1).padStart(2, "0")}.png` });
    }
    await page.close();
    continue;
  }
  for (
    const [kind, colorScheme, width] of [["light", "light", 1280], ["dark", "dark", 1280], [
      "phone",
      "light",
      360,
    ]] as const
  ) {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, offline: true });
    const page = await context.newPage();
    await page.goto(url);
    await page.evaluate("document.fonts.ready");
    await page.screenshot({ path: `${name}-${kind}.png`, fullPage: true });
    await context.close();
  }
}
await browser.close();
console.log(`${files.length} files: out/handout-screenshots`);
