import { dirname, join } from "node:path";
import {
  checkMarks,
  type Edition,
  executed,
  type LeakCheck,
  leakCheck,
  needsRun,
  studentEdition,
} from "./editions/mod.ts";
import { deadLinks, type Linked, outlineOf } from "./links.ts";
import { nameOf, type Notebook, NotebookError, parseNotebook, readNotebook, textOf, titleOf } from "./notebook.ts";

/** The name of the course. */
export const COURSE = "배움: 타입스크립트로 배우는 딥러닝";

/** A lesson of the course in one edition, ready to become files. */
export interface CourseLesson {
  file: string;
  name: string;
  title: string;
  /** The first paragraph below the title. */
  about: string;
  notebook: Notebook;
  /** In the student's edition: what must be in none of its files. */
  leaks?: LeakCheck;
}

/**
 * Reads the notebooks of one edition, in the order of their names.
 *
 * @param report is told of a student's edition that has to be run, which can take as long as the lesson.
 * @param signal ends such a run.
 * @throws {NotebookError} for a notebook that cannot be read or has another's name, marks that do not fit, a dead link.
 */
export async function readCourse(
  files: readonly string[],
  edition: Edition,
  report: (line: string) => void,
  signal?: AbortSignal,
): Promise<CourseLesson[]> {
  const originals = new Map<string, Notebook>();
  for (const file of files) {
    if ([...originals.keys()].some((other) => nameOf(other) === nameOf(file))) {
      throw new NotebookError(file, undefined, undefined, "Another notebook has the same name.");
    }
    originals.set(file, await readNotebook(file));
  }
  for (const [file, notebook] of originals) checkMarks(notebook, file);
  await checkLinks(originals, edition);
  const lessons: CourseLesson[] = [];
  for (const [file, original] of originals) {
    const name = nameOf(file);
    const { notebook, leaks } = edition === "student"
      ? await studentNotebook(original, file, report, signal)
      : { notebook: original };
    lessons.push({ file, name, title: titleOf(notebook, name), about: aboutOf(notebook), notebook, leaks });
  }
  return lessons.sort((a, b) => a.name < b.name ? -1 : 1);
}

async function studentNotebook(
  original: Notebook,
  file: string,
  report: (line: string) => void,
  signal: AbortSignal | undefined,
) {
  const student = studentEdition(original, file);
  const leaks = leakCheck(original, student);
  if (!needsRun(original, student)) return { notebook: numbered(student.notebook), leaks };
  const stamp = JSON.stringify(original.cells.map(({ outputs }) => outputs ?? []));
  return { notebook: await executed(student, file, stamp, report, signal), leaks };
}

/** Numbers the cells that show what a run from top to bottom shows. */
function numbered(notebook: Notebook): Notebook {
  let count = 0;
  const cells = notebook.cells.map((cell) => {
    if (cell.cell_type !== "code" || textOf(cell.source).trim() === "") return cell;
    count += 1;
    const outputs = cell.outputs?.map((output) =>
      output.output_type === "execute_result" ? { ...output, execution_count: count } : output
    );
    return { ...cell, outputs, execution_count: cell.outputs?.length ? count : null };
  });
  return { ...notebook, cells };
}

async function checkLinks(originals: ReadonlyMap<string, Notebook>, edition: Edition): Promise<void> {
  const outlines = new Map<string, Promise<Linked | undefined>>();
  const outline = (file: string, notebook?: Notebook): Promise<Linked | undefined> => {
    const reading = outlines.get(file) ?? (async () => {
      try {
        const original = notebook ?? parseNotebook(await Deno.readTextFile(file), file);
        return outlineOf(edition === "student" ? studentEdition(original, file).notebook : original, file);
      } catch (error) {
        if (!notebook && error instanceof Deno.errors.NotFound) return undefined;
        throw error;
      }
    })();
    outlines.set(file, reading);
    return reading;
  };
  const faults: NotebookError[] = [];
  for (const [file, notebook] of originals) {
    const lesson = (await outline(file, notebook))!;
    faults.push(...await deadLinks(lesson, (name) => outline(join(dirname(file), `${name}.ipynb`))));
  }
  if (faults.length > 0) throw new AggregateError(faults, faults.map(({ message }) => message).join("\n"));
}

function aboutOf(notebook: Notebook): string {
  const first = notebook.cells.find(({ cell_type }) => cell_type === "markdown");
  const paragraph =
    textOf(first?.source).split(/\n\s*\n/).find((part) => !/^\s*(#|$|[-*>|]|\*\*[^*]+\*\*\s*$)/.test(part)) ?? "";
  return paragraph.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*`$]/g, "").replace(/\s+/g, " ").trim();
}
