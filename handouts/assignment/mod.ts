/** An nbgrader course from the exercises of the lessons. */

import { join } from "node:path";
import { checkMarks } from "../editions/mod.ts";
import { nameOf, NotebookError, readNotebook, titleOf } from "../notebook.ts";
import { CONFIG, courseReadme } from "./course_files.ts";
import { assignmentNotebook } from "./source_notebook.ts";

export { assignmentNotebook } from "./source_notebook.ts";

/** What was written of a lesson. */
export interface Written {
  name: string;
  title: string;
  points: number;
}

/**
 * Writes the course: `source/<lesson>/<lesson>.ipynb` for each lesson with exercises, `README.md`, and `nbgrader_config.py` unless
 * there is one, which somebody may have changed. Without exercises nothing is written.
 *
 * @throws {NotebookError} for a notebook that cannot be read or exercises that cannot be graded; nothing is written then.
 */
export async function writeCourse(files: readonly string[], out: string): Promise<Written[]> {
  const written: Written[] = [];
  const texts = new Map<string, string>();
  for (const file of files) {
    const original = await readNotebook(file);
    checkMarks(original, file);
    const name = nameOf(file);
    if (texts.has(join("source", name, `${name}.ipynb`))) {
      throw new NotebookError(file, undefined, undefined, "Another notebook has the same name.");
    }
    const assignment = assignmentNotebook(original, name, file);
    if (!assignment) continue;
    const { notebook, exercises } = assignment;
    texts.set(join("source", name, `${name}.ipynb`), `${JSON.stringify(notebook, null, 1)}\n`);
    const points = exercises.reduce((sum, exercise) => sum + exercise.points, 0);
    written.push({ name, title: titleOf(original, name), points });
  }
  if (written.length === 0) return [];
  texts.set("README.md", courseReadme(written[0].name));
  for (const [path, text] of texts) await write(join(out, path), text);
  await write(join(out, "nbgrader_config.py"), CONFIG, { createNew: true });
  return written;
}

async function write(path: string, text: string, options: Deno.WriteFileOptions = {}): Promise<void> {
  await Deno.mkdir(join(path, ".."), { recursive: true });
  try {
    await Deno.writeTextFile(path, text, options);
  } catch (error) {
    if (!(options.createNew && error instanceof Deno.errors.AlreadyExists)) throw error;
  }
}
