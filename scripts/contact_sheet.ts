/**
 * `deno task contact-sheet [NOTEBOOK...]`: every figure of the lessons on one page, light beside dark, to be looked at in a
 * minute. Writes `out/contact-sheet.html`, and pictures of it where there is a Chromium.
 */
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { findChromium, openChromium } from "../handouts/chromium.ts";
import { root } from "./test_stage.ts";

interface Output {
  data?: Record<string, string | string[]>;
}

/** A figure as a notebook shows it: below which code cell (from 1), and its markup. */
export interface LessonFigure {
  cell: number;
  markup: string;
}

/** The figures among a notebook's outputs, in their order. */
export function figuresOf(notebook: string): LessonFigure[] {
  const { cells }: { cells: { cell_type: string; outputs?: Output[] }[] } = JSON.parse(notebook);
  return cells.filter(({ cell_type }) => cell_type === "code").flatMap(({ outputs = [] }, index) =>
    outputs.flatMap(({ data = {} }) => {
      const html = data["text/html"] ?? data["image/svg+xml"] ?? "";
      const markup = Array.isArray(html) ? html.join("") : html;
      return markup.includes("<svg") ? [{ cell: index + 1, markup }] : [];
    })
  );
}

/** The page: a row for each figure, in JupyterLab's colours, light and dark. */
export function contactSheet(lessons: readonly { name: string; figures: readonly LessonFigure[] }[]): string {
  const escape = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const row = ({ cell, markup }: LessonFigure) =>
    `<p>[${cell}]</p><div class="pair"><div class="light">${markup}</div><div class="dark">${markup}</div></div>`;
  return `<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>Contact sheet</title><style>
body { margin: 0; padding: 8px; font: 13px system-ui, sans-serif; background: #888; color: #000; }
h2, p { margin: 6px 0 2px; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 6px; }
.pair div { padding: 8px; overflow: hidden; }
.light { --jp-layout-color0: #fff; background: #fff; color: rgba(0, 0, 0, 0.87); color-scheme: light; }
.dark { --jp-layout-color0: #111; background: #111; color: #fff; color-scheme: dark; }
</style></head><body>
${
    lessons.map(({ name, figures }) =>
      `<section id="${escape(name)}"><h2>${escape(name)}: ${figures.length}</h2>${
        figures.map(row).join("\n")
      }</section>`
    ).join("\n")
  }
</body></html>
`;
}

async function lessonPaths(): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(join(root, "notebooks"))) if (name.endsWith(".ipynb")) names.push(name);
  return names.sort().map((name) => join(root, "notebooks", name));
}

if (import.meta.main) {
  const paths = Deno.args.length > 0 ? Deno.args : await lessonPaths();
  const lessons = await Promise.all(paths.map(async (path) => ({
    name: basename(path, ".ipynb"),
    figures: figuresOf(await Deno.readTextFile(path)),
  })));
  const folder = join(root, "out");
  await Deno.mkdir(folder, { recursive: true });
  const page = join(folder, "contact-sheet.html");
  await Deno.writeTextFile(page, contactSheet(lessons));
  console.log("out/contact-sheet.html");
  if (findChromium()) {
    const browser = await openChromium();
    const sheet = await browser.newPage({ viewport: { width: 1560, height: 900 } });
    await sheet.goto(pathToFileURL(page).href);
    for (const { name, figures } of lessons) {
      if (figures.length === 0) continue;
      await sheet.locator(`section[id="${name}"]`).screenshot({ path: join(folder, `contact-sheet-${name}.png`) });
      console.log(`out/contact-sheet-${name}.png`);
    }
    await browser.close();
  } else {
    console.log("There is no Chromium here: no pictures of the page.");
  }
}
