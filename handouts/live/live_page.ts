import { gzipSync } from "node:zlib";
import type { Notebook } from "../notebook.ts";
import { textOf } from "../notebook.ts";
import { lessonPage, type Place } from "../lesson_page.ts";
import type { Lesson } from "../lesson.ts";
import { styleSheet } from "../page.ts";
import { liveCode } from "./bundle.ts";
import { dataFor } from "./data_subsets.ts";

/** What a page may do whose cells run: its own scripts, in threads of its own. It still asks nobody for anything. */
const LIVE_PAGE = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; " +
  "script-src 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:; connect-src blob: data:";

/**
 * A lesson's page whose cells run in the reader's browser, from any host and from a disk: with the library, its kernels, and as much
 * data as a page can carry.
 *
 * @param report is told of a data set that is not at hand, and so not in the page.
 */
export async function livePage(
  lesson: Lesson,
  notebook: Notebook,
  place: Place,
  report: (line: string) => void = () => {},
): Promise<string> {
  const sources = notebook.cells.filter(({ cell_type }) => cell_type === "code").map(({ source }) => textOf(source));
  const { page, worker, files } = await liveCode();
  const carried = { ...files, ...await dataFor(sources, report) };
  const scripts = [
    data("live-cells", "application/json", JSON.stringify(sources).replaceAll("<", "\\u003c")),
    data("live-worker", "text/plain", worker.replaceAll("</script", "<\\/script")),
    ...Object.entries(carried).map(([name, bytes]) =>
      `<script type="text/plain" data-file="${name}">${packed(bytes)}</script>`
    ),
    `<script>${page.replaceAll("</script", "<\\/script")}</script>`,
  ];
  return await lessonPage(lesson, place, {
    policy: LIVE_PAGE,
    css: await styleSheet("live.css"),
    letters: page + sources.join(""),
    scripts: scripts.join("\n"),
  });
}

const data = (id: string, type: string, text: string) => `<script type="${type}" id="${id}">${text}</script>`;

/** Compressed, as text: a page that is opened from a disk cannot read files beside it. */
const packed = (bytes: Uint8Array) => gzipSync(bytes, { level: 9 }).toString("base64");
