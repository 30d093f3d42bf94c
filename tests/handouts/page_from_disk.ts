/** A handout's page as a reader opens it: from a disk, without a network, in a real Chromium. */

import axe from "axe-core";
import { pathToFileURL } from "node:url";
import type { Browser, Page } from "playwright-core";

/** A page, what it asked for or complained about, and how to close it. */
export interface OpenPage {
  page: Page;
  problems: string[];
  close(): Promise<void>;
}

/** A page that counts what it asks for and complains about. */
export async function open(
  browser: Browser,
  file: string,
  colorScheme: "light" | "dark" = "light",
  width = 1280,
): Promise<OpenPage> {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 }, offline: true });
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("request", (request) => {
    if (!/^(file|data|blob):/.test(request.url())) problems.push(`asks for ${request.url()}`);
  });
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(error.message));
  await page.goto(pathToFileURL(file).href);
  await page.evaluate("document.fonts.ready");
  return { page, problems, close: () => context.close() };
}

/** What axe finds wrong. Its code is evaluated from outside: the page's own policy lets no script in. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(`${axe.source};0`);
  const found = await page.evaluate<{ id: string; nodes: { html: string }[] }[]>(
    "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)",
  );
  return found.map(({ id, nodes }) => `${id} (${nodes.length}): ${nodes[0].html.slice(0, 120)}`);
}
