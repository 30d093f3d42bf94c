import { gzipSync } from "node:zlib";
import type { Notebook } from "../notebook.ts";
import { NotebookError, textOf } from "../notebook.ts";
import { lessonPage, type Place } from "../lesson_page.ts";
import type { Lesson } from "../lesson.ts";
import type { CodePainter } from "../highlight.ts";
import { styleSheet } from "../page.ts";
import { toBase85 } from "./browser/base85.ts";
import type { Kind } from "./browser/colours.ts";
import { liveCode, partsFor } from "./bundle.ts";
import { dataFor } from "./data_subsets.ts";

/** What a page may do whose cells run: its own scripts, in threads of its own. It still asks nobody for anything. */
const LIVE_PAGE = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:; " +
  "script-src 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:; connect-src blob: data:";

/** What a page says whose lesson has a quick mode, for cells that run in a browser run in that. */
const QUICK = "이 페이지는 빠른 실행으로 계산하므로 결과의 숫자가 본문과 조금 다를 수 있습니다.";

/** As much as a page may weigh, so that it is there at once in a classroom that shares a network. */
const MOST_BYTES = 3_000_000;

/**
 * A lesson's page whose cells run in the reader's browser, from any host and from a disk: with the library, its kernels, and as much
 * data as a page can carry.
 *
 * @param painter has coloured the lesson's code.
 * @param report is told of a data set that is not at hand, and so not in the page.
 * @throws {NotebookError} for a page of more than 3 MB.
 */
export async function livePage(
  lesson: Lesson,
  painter: CodePainter,
  file: string,
  notebook: Notebook,
  place: Place,
  report: (line: string) => void = () => {},
): Promise<string> {
  const sources = notebook.cells.filter(({ cell_type }) => cell_type === "code").map(({ source }) => textOf(source));
  const { page, worker, files } = await liveCode();
  const data = await dataFor(sources, notebook.metadata, report);
  const carried = { "worker.js": worker, ...files, ...await partsFor(sources), ...data.files };
  const notes = [...(/\bquick\b/.test(sources.join("\n")) ? [QUICK] : []), ...data.notes].join(" ");
  const scripts = [
    `<script type="application/json" id="live-cells">${JSON.stringify(sources).replaceAll("<", "\\u003c")}</script>`,
    `<script type="application/json" id="live-colours">${JSON.stringify(classesOf(painter))}</script>`,
    `<script type="text/plain" id="live-notes">${notes}</script>`,
    ...Object.entries(carried).map(([name, bytes]) =>
      `<script type="text/plain" data-file="${name}">${packed(bytes)}</script>`
    ),
    `<script>${page.replaceAll("</script", "<\\/script")}</script>`,
  ];
  const made = await lessonPage({ ...lesson, codeCss: painter.css() }, place, {
    policy: LIVE_PAGE,
    css: await styleSheet("live.css"),
    letters: page + notes + sources.join(""),
    scripts: scripts.join("\n"),
  });
  const size = new TextEncoder().encode(made).length;
  if (size > MOST_BYTES) {
    const parts = Object.entries(carried).map(([name, bytes]) => `${name} ${packed(bytes).length}`);
    throw new NotebookError(
      file,
      undefined,
      undefined,
      `the live page would be ${size} bytes, more than ${MOST_BYTES}. Let the lesson show less, or its page carry fewer images ` +
        `(the notebook's metadata, live: { mnist: [1000, 100] }). It carries: ${parts.join(", ")}.`,
    );
  }
  return made;
}

/** Code of which all is of one kind. */
const SAMPLES: Record<Kind, string> = {
  comment: "// a",
  string: '"a"',
  constant: "1",
  keyword: "return",
  function: "a()",
  type: "type A",
};

/** The classes by which the painter colours each kind of word. */
export function classesOf(painter: CodePainter): Partial<Record<Kind, string>> {
  const classOf = (kind: Kind) =>
    [...painter.paint(SAMPLES[kind], "typescript").matchAll(/class="(\w+)"/g)].at(-1)?.[1];
  const kinds = Object.keys(SAMPLES) as Kind[];
  return Object.fromEntries(kinds.map((kind) => [kind, classOf(kind)]));
}

/** Compressed, as text: a page that is opened from a disk cannot read files beside it. */
const packed = (bytes: Uint8Array) => toBase85(gzipSync(bytes, { level: 9 }));
