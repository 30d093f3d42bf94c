import { join } from "node:path";
import { type CourseLesson, readCourse } from "./course.ts";
import { type Edition, htmlTexts, leaksIn, notebookTexts } from "./editions/mod.ts";
import { fingerprint } from "./fingerprint.ts";
import { indexPage } from "./index_page.ts";
import { renderLesson } from "./lesson.ts";
import { lessonPage, type Neighbour, type Place } from "./lesson_page.ts";
import { pageAddress } from "./links.ts";
import { NotebookError } from "./notebook.ts";
import { OutputFolder } from "./output_folder.ts";

/** What to make of a course. */
export interface BuildOptions {
  /** The notebooks' files, of one folder. */
  notebooks: readonly string[];
  editions: readonly Edition[];
  /** Each edition gets a folder of its own in it: handed out is the whole folder `student`. */
  out: string;
  /** Told of each file that is made. */
  report?: (line: string) => void;
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
 */
export async function buildHandouts(
  { notebooks, editions, out, report = () => {} }: BuildOptions,
): Promise<BuildResult> {
  const result: BuildResult = { written: [], unchanged: 0 };
  for (const edition of editions) {
    const lessons = await readCourse(notebooks, edition, report);
    await new EditionBuild(edition, lessons, await OutputFolder.open(join(out, edition)), report, result).run();
  }
  return result;
}

/** The files of one edition. */
class EditionBuild {
  constructor(
    private readonly edition: Edition,
    private readonly lessons: readonly CourseLesson[],
    private readonly folder: OutputFolder,
    private readonly report: (line: string) => void,
    private readonly result: BuildResult,
  ) {}

  async run(): Promise<void> {
    const pages = new Set(this.lessons.map(({ name }) => name));
    for (const { name } of this.lessons) {
      for (const link of this.linkedNames(name)) if (await this.folder.has(`${link}.html`)) pages.add(link);
    }
    for (const [index, lesson] of this.lessons.entries()) {
      const neighbour = (other?: CourseLesson) =>
        other && { href: `${encodeURIComponent(other.name)}.html`, title: other.title };
      await this.lesson(lesson, pages, {
        edition: this.edition,
        previous: neighbour(this.lessons[index - 1]),
        next: neighbour(this.lessons[index + 1]),
        formats: this.formatsOf(lesson),
      });
    }
    const entries = this.lessons.map((lesson) => ({
      href: `${encodeURIComponent(lesson.name)}.html`,
      title: lesson.title,
      about: lesson.about,
      formats: this.formatsOf(lesson),
    }));
    await this.make("index.html", [entries, this.edition], () => indexPage(entries, this.edition));
  }

  private linkedNames(name: string): string[] {
    const { notebook } = this.lessons.find((lesson) => lesson.name === name)!;
    return [...JSON.stringify(notebook.cells.map(({ source }) => source)).matchAll(/\]\(([^)#\s]+)\.ipynb/g)].map((
      [, link],
    ) => link);
  }

  private formatsOf({ name }: CourseLesson): Neighbour[] {
    return [{ href: `${encodeURIComponent(name)}.ipynb`, title: "노트북" }];
  }

  private async lesson(lesson: CourseLesson, pages: ReadonlySet<string>, place: Place): Promise<void> {
    const { name, file, notebook } = lesson;
    const linked = this.linkedNames(name).filter((link) => pages.has(link));
    await this.make(`${name}.html`, [notebook, place, linked], async () => {
      const rendered = await renderLesson(notebook, {
        file,
        rewrite: (href) => pageAddress(href, (link) => pages.has(link)),
      });
      const html = await lessonPage(rendered, place);
      this.refuseLeaks(lesson, `${name}.html`, htmlTexts(html));
      return html;
    });
    await this.make(`${name}.ipynb`, [notebook], () => {
      this.refuseLeaks(lesson, `${name}.ipynb`, notebookTexts(notebook));
      return Promise.resolve(JSON.stringify(notebook, null, 1) + "\n");
    });
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
    this.report(
      `${this.edition}/${file}`.padEnd(44) + `${Math.ceil(size / 1024)} KB`.padStart(8) +
        `${((performance.now() - begin) / 1000).toFixed(1)} s`.padStart(8),
    );
  }
}
