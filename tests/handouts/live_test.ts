import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { buildHandouts } from "../../handouts/build.ts";
import { openChromium } from "../../handouts/chromium.ts";
import { ABSENT } from "../../handouts/live/browser/absent_parts.ts";
import { mirror } from "../../scripts/test_stage.ts";
import { withoutChromium } from "../chromium.ts";
import { open, violations } from "./page_from_disk.ts";

Deno.env.set("BAEUM_MIRROR", mirror);

const lesson = (name: string) => new URL(`../../notebooks/${name}.ipynb`, import.meta.url).pathname;

const idle = (page: Page) =>
  page.waitForFunction("!document.body.classList.contains('busy')", undefined, { timeout: 240_000 });

async function runAll(page: Page): Promise<{ statuses: string[]; errors: string[] }> {
  await page.getByText("▶▶ 모두 실행").click();
  await idle(page);
  return {
    statuses: await page.locator(".status").allTextContents(),
    errors: await page.locator("pre.error").allTextContents(),
  };
}

Deno.test({
  name: "a live page runs its lesson from a disk, without a network",
  ignore: withoutChromium("live pages"),
  async fn(t) {
    const out = await Deno.makeTempDir({ prefix: "baeum-live-pages-" });
    const browser = await openChromium();
    const openLesson = (name: string, colorScheme: "light" | "dark" = "light") =>
      open(browser, join(out, "instructor", `${name}.live.html`), colorScheme);
    try {
      const names = ["02-xor-mlp", "11-gradient-descent", "05-mnist-mlp", "06-fashion-mnist"];
      await buildHandouts({ notebooks: names.map(lesson), editions: ["instructor"], formats: ["live"], out });
      for (const name of names) {
        await t.step(`${name}: every cell runs, nothing is asked of anybody, at most 3 MB`, async () => {
          const { page, problems, close } = await openLesson(name);
          const { statuses, errors } = await runAll(page);
          // A page has no files to save a model to.
          assertEquals(errors.filter((error) => !(name === names[2] && error.includes(ABSENT))), []);
          assert(statuses.length > 5, "the lesson has cells");
          assertEquals(statuses.filter((status) => !status.startsWith("✓")).length, errors.length, statuses.join(" "));
          assert(await page.locator(".outputs svg").count() > 3, "the figures are drawn");
          assertEquals(problems, []);
          const { size } = await Deno.stat(join(out, "instructor", `${name}.live.html`));
          assert(size <= 3_000_000, `${size} bytes`);
          await close();
        });
      }
      await t.step("a page with a part of a data set says how much it has, and draws a model", async () => {
        const { page, close } = await openLesson("06-fashion-mnist");
        assertStringIncludes(await page.locator(".live-notes").textContent() ?? "", "학습용 1,100장과 시험용 200장");
        await runAll(page);
        const drawn = page.locator(".outputs svg[aria-label^='Model ']").first();
        assertStringIncludes(await drawn.getAttribute("aria-label") ?? "", "flatten (Flatten) → dense (Dense)");
        await close();
      });
      for (const scheme of ["light", "dark"] as const) {
        await t.step(`axe finds nothing before and after running, ${scheme}`, async () => {
          const { page, close } = await openLesson(names[0], scheme);
          assertEquals(await violations(page), []);
          await runAll(page);
          assertEquals(await violations(page), []);
          await close();
        });
      }
      await t.step("a cell can be changed, run and put back; what it says of a mistake stays readable", async () => {
        const { page, close } = await openLesson(names[0]);
        const cell = page.locator("section.cell.code").first();
        await cell.getByText("고치기").click();
        await cell.locator("textarea").fill("const x: number = 20; x + 1");
        await cell.getByText("▶ 실행").click();
        await idle(page);
        assertEquals((await cell.locator("pre.out").textContent())?.trim(), "21");
        await cell.locator("textarea").fill("nothing.here");
        await cell.locator("textarea").press("Shift+Enter");
        await idle(page);
        assertStringIncludes(await cell.locator("pre.error").textContent() ?? "", "nothing is not defined");
        await cell.getByText("되돌리기").click();
        await cell.getByText("▶ 실행").click();
        await idle(page);
        assertEquals(await cell.locator("pre.error").count(), 0);
        await close();
      });
      await t.step("what is typed has its colours, letter on letter, and a long line scrolls with them", async () => {
        const { page, close } = await openLesson(names[0]);
        const cell = page.locator("section.cell.code").first();
        await cell.getByText("고치기").click();
        const field = cell.locator("textarea");
        await field.fill(`const x = "${"가나다 ".repeat(60)}"; // 끝`);
        await field.press("Control+End");
        await field.press("Backspace");
        await field.pressSequentially("끝");
        assertEquals(await cell.locator(".editor span").allTextContents(), [
          "const",
          "x",
          "=",
          `"${"가나다 ".repeat(60)}"`,
          "// 끝",
        ]);
        assertEquals(await field.boundingBox(), await cell.locator(".editor pre").boundingBox());
        const [own, around] = await Promise.all(
          [field, cell.locator(".editor")].map((box) => box.evaluate(({ scrollLeft }) => scrollLeft)),
        );
        assertEquals(own, 0);
        assert(around > 500, `${around}`);
        assertEquals(await violations(page), []);
        await close();
      });
      await t.step("Stop ends an endless loop, and the next cell runs in a new thread", async () => {
        const { page, close } = await openLesson(names[0]);
        const cell = page.locator("section.cell.code").first();
        await cell.getByText("고치기").click();
        await cell.locator("textarea").fill("const before = 1; for (;;) {}");
        await cell.getByText("▶ 실행").click();
        await page.waitForTimeout(3000);
        await page.getByText("■ 멈춤").click();
        await idle(page);
        assertStringIncludes(await cell.locator("pre.error").textContent() ?? "", "멈췄습니다");
        await cell.locator("textarea").fill("typeof before");
        await cell.getByText("▶ 실행").click();
        await idle(page);
        assertEquals((await cell.locator("pre.out").textContent())?.trim(), '"undefined"');
        await close();
      });
      await t.step("what needs a computer says so kindly", async () => {
        const { page, close } = await openLesson(names[0]);
        const cell = page.locator("section.cell.code").first();
        await cell.getByText("고치기").click();
        await cell.locator("textarea").fill('await Deno.writeTextFile("a.txt", "b")');
        await cell.getByText("▶ 실행").click();
        await idle(page);
        assertStringIncludes(await cell.locator("pre.error").textContent() ?? "", "JupyterLab");
        await close();
      });
    } finally {
      await browser.close();
      await Deno.remove(out, { recursive: true });
    }
  },
});
