import type { Browser } from "playwright-core";
import { join } from "node:path";
import { openChromium } from "./chromium.ts";
import { type CourseLesson, readCourse } from "./course.ts";
import { coursePdf } from "./course_pdf.ts";
import { type Edition, htmlTexts, leaksIn, notebookTexts } from "./editions/mod.ts";
import { fingerprint, libraryFingerprint } from "./fingerprint.ts";
import { CodePainter } from "./highlight.ts";
import { type IndexEntry, indexPage } from "./index_page.ts";
import { renderLesson } from "./lesson.ts";
import { lessonPage, type Neighbour, type Place } from "./lesson_page.ts";
import { pageAddress } from "./links.ts";
import { livePage } from "./live/live_page.ts";
import { NotebookError } from "./notebook.ts";
import { OutputFolder } from "./output_folder.ts";
import { printPdf } from "./pdf.ts";
import { slideDeck } from "./slides/deck.ts";

/** What a lesson can become. */
export type Format = "html" | "pdf" | "slides" | "live";

/** What to make of a course. */
export interface BuildOptions {
  /** The notebooks' files, of one folder. */
  notebooks: readonly string[];
  editions: readonly Edition[];
  /** What each lesson becomes; a PDF needs Chromium. */
  formats: readonly Format[];
  /** Each edition gets a folder of its own in it: handed out is the whole folder `student`. */
  out: string;
  /** Told of each file that is made. */
  report?: (line: string) => void;
  /** Stops the build: at once where a lesson runs or a PDF is printed, else after the file at hand. */
  signal?: AbortSignal;
}

/** What was made, by file, and how many files were as they should be. */
export interface BuildResult {
  written: string[];
  unchanged: number;
}

/**
 * Makes the handouts of a course: for each edition a folder that any static host can publish and that opens from a disk.
 *
 * A file is made again only if its lesson, the lessons beside it or the converter have changed.
 *
 * @throws the signal's reason, or what it made fail, when it stops the build: all files are whole then, and the next build makes the
 * others.
 */
export async function buildHandouts(options: BuildOptions): Promise<BuildResult> {
  const { notebooks, editions, out, report = () => {}, signal } = options;
  const result: BuildResult = { written: [], unchanged: 0 };
  let opening: Promise<Browser> | undefined;
  const browser = () => opening ??= openChromium({ endsProgram: signal === undefined });
  const close = async () => await (await opening?.catch(() => undefined))?.close();
  signal?.addEventListener("abort", close);
  try {
    for (const edition of editions) {
      const lessons = await readCourse(notebooks, edition, report, signal);
      const folder = await OutputFolder.open(join(out, edition));
      await new EditionBuild(edition, lessons, folder, { ...options, report, browser }, result).run();
    }
  } finally {
    signal?.removeEventListener("abort", close);
    await close();
  }
  return result;
}

interface Tools {
  formats: readonly Format[];
  report: (line: string) => void;
  browser: () => Promise<Browser>;
  signal?: AbortSignal;
}

/** The formats that are files beside a lesson's page, with what a link to them says. */
const BESIDE: readonly (readonly [format: Format, ending: string, title: string])[] = [
  ["pdf", ".pdf", "PDF"],
  ["slides", ".slides.html", "슬라이드"],
  ["live", ".live.html", "바로 실행"],
];

const WHOLE = "course.pdf";

const address = (file: string, title: string): Neighbour => ({ href: encodeURIComponent(file), title });

/** The files of one edition. */
class EditionBuild {
  constructor(
    private readonly edition: Edition,
    private readonly lessons: readonly CourseLesson[],
    private readonly folder: OutputFolder,
    private readonly tools: Tools,
    private readonly result: BuildResult,
  ) {}

  async run(): Promise<void> {
    const { edition, lessons, tools } = this;
    const pages = new Set(tools.formats.includes("html") ? lessons.map(({ name }) => name) : []);
    for (const name of lessons.flatMap(linkedNames)) if (await this.folder.has(`${name}.html`)) pages.add(name);
    const entries: IndexEntry[] = [];
    for (const [index, lesson] of lessons.entries()) {
      const neighbour = (other?: CourseLesson) => other && address(`${other.name}.html`, other.title);
      const formats = await this.formatsOf(lesson);
      entries.push({ ...address(`${lesson.name}.html`, lesson.title), about: lesson.about, formats });
      const place = { edition, previous: neighbour(lessons[index - 1]), next: neighbour(lessons[index + 1]), formats };
      await this.lesson(lesson, pages, place);
    }
    const several = lessons.length > 1;
    if (several && tools.formats.includes("pdf")) {
      const notebooks = lessons.map(({ notebook }) => notebook);
      await this.make(WHOLE, notebooks, async () => await coursePdf(await tools.browser(), lessons, edition));
    }
    if (tools.formats.includes("html") && (several || !await this.folder.has("index.html"))) {
      const whole = await this.folder.has(WHOLE) ? [address(WHOLE, "PDF")] : [];
      await this.make("index.html", [entries, edition, whole], () => indexPage(entries, edition, whole));
    }
  }

  /** The formats that a lesson's page leads to: those that this build makes, or an earlier one made. */
  private async formatsOf({ name }: CourseLesson): Promise<Neighbour[]> {
    const found = [address(`${name}.ipynb`, "노트북")];
    for (const [format, ending, title] of BESIDE) {
      const file = name + ending;
      if (this.tools.formats.includes(format) || await this.folder.has(file)) found.push(address(file, title));
    }
    return found;
  }

  private async lesson(lesson: CourseLesson, pages: ReadonlySet<string>, place: Place): Promise<void> {
    const { name, file, notebook } = lesson;
    const { formats, browser } = this.tools;
    const linked = linkedNames(lesson).filter((link) => pages.has(link));
    const rewrite = (href: string) => pageAddress(href, (link) => pages.has(link));
    let writing: Promise<string> | undefined;
    const html = () =>
      writing ??= (async () => {
        const made = await lessonPage(await renderLesson(notebook, { file, rewrite }), place);
        this.refuseLeaks(lesson, `${name}.html`, htmlTexts(made));
        return made;
      })();
    if (formats.includes("html")) {
      await this.make(`${name}.html`, [notebook, place, linked], html);
      await this.make(`${name}.ipynb`, [notebook], () => {
        this.refuseLeaks(lesson, `${name}.ipynb`, notebookTexts(notebook));
        return Promise.resolve(JSON.stringify(notebook, null, 1) + "\n");
      });
    }
    if (formats.includes("pdf")) {
      await this.make(`${name}.pdf`, [notebook], async () => await printPdf(await browser(), await html()));
    }
    if (formats.includes("slides")) {
      await this.make(`${name}.slides.html`, [notebook, linked], async () => {
        const deck = await slideDeck(lesson, this.edition, rewrite);
        this.refuseLeaks(lesson, `${name}.slides.html`, htmlTexts(deck));
        return deck;
      });
    }
    if (formats.includes("live")) {
      await this.make(`${name}.live.html`, [notebook, place, linked, await libraryFingerprint()], async () => {
        this.refuseLeaks(lesson, `${name}.live.html`, notebookTexts(notebook));
        const painter = await CodePainter.create();
        const rendered = await renderLesson(notebook, { file, rewrite, painter });
        return await livePage(rendered, painter, file, notebook, place, this.tools.report);
      });
    }
  }

  private refuseLeaks({ leaks, file }: CourseLesson, made: string, texts: readonly string[]): void {
    if (!leaks) return;
    const found = leaksIn(texts, leaks);
    if (found.length === 0) return;
    const some = found.slice(0, 8).join(" · ");
    const advice = "Take it out of what stands outside the solution, or tag the cell `instructor`.";
    throw new NotebookError(
      file,
      undefined,
      undefined,
      `the student's ${made} would tell of the solutions: ${some}. ${advice}`,
    );
  }

  private async make(file: string, from: unknown, content: () => Promise<string | Uint8Array>): Promise<void> {
    this.tools.signal?.throwIfAborted();
    const key = await fingerprint(from);
    if (await this.folder.isFresh(file, key)) {
      this.result.unchanged += 1;
      return;
    }
    const begin = performance.now();
    const made = await content();
    await this.folder.write(file, made, key);
    const size = typeof made === "string" ? new TextEncoder().encode(made).length : made.length;
    this.result.written.push(join(this.folder.path, file));
    this.tools.report(
      `${this.edition}/${file}`.padEnd(44) + `${Math.ceil(size / 1024)} KB`.padStart(8) +
        `${((performance.now() - begin) / 1000).toFixed(1)} s`.padStart(8),
    );
  }
}

/** The other notebooks that a lesson links to. */
function linkedNames({ notebook }: CourseLesson): string[] {
  const text = JSON.stringify(notebook.cells.map(({ source }) => source));
  return [...text.matchAll(/\]\(([^)#\s]+)\.ipynb/g)].map(([, link]) => link);
}
