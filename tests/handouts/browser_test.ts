import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CDPSession, Page } from "playwright-core";
import { buildHandouts } from "../../handouts/build.ts";
import { openChromium } from "../../handouts/chromium.ts";
import { withoutChromium } from "../chromium.ts";
import { open, violations } from "./page_from_disk.ts";

const lessons = ["03-tensors-and-data", "10-losses"]
  .map((name) => new URL(`../../notebooks/${name}.ipynb`, import.meta.url).pathname);

interface DomNode {
  nodeId: number;
  nodeType: number;
  nodeName: string;
  nodeValue: string;
  children?: DomNode[];
}

/** Letters that the page's own fonts lack, by the element that they are in. MathML is read, not seen. */
async function strangeLetters(page: Page): Promise<string[]> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send("DOM.enable");
  await session.send("CSS.enable");
  const { root } = await session.send("DOM.getDocument", { depth: -1 }) as unknown as { root: DomNode };
  const elements: { node: DomNode; text: string }[] = [];
  const walk = (node: DomNode): void => {
    if (node.nodeName === "math") return;
    const text = (node.children ?? []).map(({ nodeType, nodeValue }) => nodeType === 3 ? nodeValue : "").join("")
      .trim();
    if (node.nodeType === 1 && text !== "") elements.push({ node, text });
    node.children?.forEach(walk);
  };
  walk(root);
  const found: string[] = [];
  await Promise.all(elements.map(async ({ node, text }) => {
    const { fonts } = await session.send("CSS.getPlatformFontsForNode", { nodeId: node.nodeId });
    if (fonts.some(({ isCustomFont }) => !isCustomFont)) found.push(`${node.nodeName}: ${text.slice(0, 60)}`);
  }));
  return found;
}

Deno.test({
  name: "pages and slides open from a disk without a network, and say nothing is wrong",
  ignore: withoutChromium("pages in a browser"),
  async fn(t) {
    const out = await Deno.makeTempDir({ prefix: "baeum-pages-" });
    const browser = await openChromium();
    try {
      await buildHandouts({
        notebooks: lessons,
        editions: ["student", "instructor"],
        formats: ["html", "slides"],
        out,
      });
      const pages = [
        "student/index.html",

        "instructor/10-losses.html",
        "student/03-tensors-and-data.html",
      ];
      for (const file of pages) {
        for (const scheme of ["light", "dark"] as const) {
          await t.step(`${file}, ${scheme}: no request, no error, axe finds nothing`, async () => {
            const { page, problems, close } = await open(browser, join(out, file), scheme);
            assertEquals(await violations(page), []);
            assertEquals(problems, []);
            await close();
          });
        }
        await t.step(`${file}: nothing is wider than a phone`, async () => {
          const { page, close } = await open(browser, join(out, file), "light", 360);
          assertEquals(await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth"), 0);
          await close();
        });
        await t.step(`${file}: every letter is in the page's own fonts`, async () => {
          const { page, close } = await open(browser, join(out, file));
          assertEquals(await strangeLetters(page), []);
          await close();
        });
        await t.step(`${file}: at most 500 KB`, async () => {
          const { size } = await Deno.stat(join(out, file));
          assert(size <= 500_000, `${size} bytes`);
        });
      }
      for (const file of ["student/10-losses.slides.html", "instructor/03-tensors-and-data.slides.html"]) {
        await t.step(`${file}: nothing lies outside a slide, and each is printed on a page of its own`, async () => {
          const { page, problems, close } = await open(browser, join(out, file));
          await page.waitForSelector("html[data-ready]");
          const outside = await page.evaluate<string[]>(`(() => {
            const found = [], { width, height } = document.querySelector(".slides").getBoundingClientRect();
            for (let index = 0; index < Reveal.getTotalSlides(); index++) {
              Reveal.slide(index);
              const room = document.querySelector(".slides").getBoundingClientRect();
              for (const element of Reveal.getCurrentSlide().querySelectorAll("*")) {
                if (element.closest("aside, .katex-mathml") || element.parentElement.closest("svg")) continue;
                const { right, bottom, width } = element.getBoundingClientRect();
                if (width > 0 && (right > room.right + 1 || bottom > room.bottom + 1)) {
                  found.push(index + ": " + element.outerHTML.slice(0, 80));
                }
              }
            }
            return found;
          })()`);
          assertEquals(outside, []);
          assertEquals(problems, []);
          const slides = await page.evaluate<number>("Reveal.getTotalSlides()");
          assert(slides > 10);
          await page.goto(`${pathToFileURL(join(out, file)).href}?print-pdf`);
          await page.waitForSelector("html[data-ready]");
          const pdf = new TextDecoder("latin1").decode(await page.pdf({ preferCSSPageSize: true }));
          assertEquals([...pdf.matchAll(/\/Type \/Page\b/g)].length, slides);
          await close();
        });
      }
      await t.step("slides: axe finds nothing", async () => {
        const { page, close } = await open(browser, join(out, "student/10-losses.slides.html"));
        await page.waitForSelector("html[data-ready]");
        assertEquals(await violations(page), []);
        await close();
      });
    } finally {
      await browser.close();
      await Deno.remove(out, { recursive: true });
    }
  },
});
