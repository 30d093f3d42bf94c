import { type Cell, type Notebook, NotebookError, textOf } from "../notebook.ts";
import { markedRegions } from "../editions/mod.ts";

/** An exercise of a lesson: its cells, by their places in the notebook from 0. */
export interface Exercise {
  number: number;
  title: string;
  /** 1 for an easy one, 2, or 3 for a hard one. */
  points: number;
  /** Where its heading stands. */
  heading: number;
  /** Cells that the student fills in. */
  answers: number[];
  /** The cell that checks the answer; none where somebody has to read it. */
  test?: number;
}

/** What a lesson asks of the student. */
export interface Exercises {
  /** The cell with the heading of the part. */
  begin: number;
  /** The first cell after the last exercise. */
  end: number;
  exercises: Exercise[];
}

const PART = /^## 연습$/m;
const HEADING = /^### 연습 (\d+)(.*)$/gm;
const POINTS: Record<string, number> = { 쉬움: 1, 보통: 2, 어려움: 3 };

/**
 * The exercises of a lesson: what is below `## 연습`, each with a heading `### 연습 1 (쉬움): 평균`, an answer (a solution in
 * marks, or a cell with the tag `solution`) and, unless it is a text, a cell that checks it. Undefined for a lesson without.
 *
 * @throws {NotebookError} for an exercise whose difficulty is not said, that asks nothing, or has more than one check.
 */
export function exercisesOf(notebook: Notebook, file: string): Exercises | undefined {
  const begin = notebook.cells.findIndex((cell) => cell.cell_type === "markdown" && PART.test(textOf(cell.source)));
  if (begin < 0) return undefined;
  const exercises: Exercise[] = [];
  for (let index = begin; index < notebook.cells.length; index++) {
    const cell = notebook.cells[index];
    if (isInstructors(cell)) continue;
    const fail = (what: string) => new NotebookError(file, index + 1, undefined, what);
    const source = textOf(cell.source);
    if (cell.cell_type === "markdown") {
      const headings = [...source.matchAll(HEADING)];
      if (headings.length > 1) throw fail("Each exercise begins in a cell of its own.");
      if (headings.length === 1) exercises.push({ ...readHeading(headings[0], fail), heading: index, answers: [] });
    }
    const exercise = exercises.at(-1);
    if (isAnswer(cell)) {
      if (!exercise) throw fail("A solution above the first exercise: there is nothing to give points for.");
      exercise.answers.push(index);
    } else if (cell.cell_type === "code" && /^await check\(/m.test(source)) {
      if (!exercise) throw fail("A check above the first exercise.");
      if (exercise.test !== undefined) {
        throw fail(`연습 ${exercise.number} has a check already: one cell gets its points.`);
      }
      exercise.test = index;
    }
  }
  for (const { number, heading, answers } of exercises) {
    if (answers.length === 0) {
      throw new NotebookError(file, heading + 1, undefined, `연습 ${number} has no solution: mark it in its cell.`);
    }
  }
  if (exercises.length === 0) return undefined;
  const last = exercises.at(-1)!;
  return { begin, end: Math.max(...last.answers, last.test ?? 0) + 1, exercises };
}

/** Whether a cell is for the instructor only. */
export const isInstructors = ({ metadata }: Cell): boolean => metadata.tags?.includes("instructor") ?? false;

/** Whether a cell has something that the student is to find. */
export function isAnswer({ metadata, source }: Cell): boolean {
  return (metadata.tags?.includes("solution") ?? false) ||
    markedRegions(textOf(source)).some(({ kind }) => kind === "SOLUTION");
}

function readHeading([heading, number, rest]: RegExpExecArray, fail: (what: string) => NotebookError) {
  const [, difficulty, title] = /^ \((\S+)\): (\S.*)$/.exec(rest) ?? [];
  const points = POINTS[difficulty ?? ""];
  if (!title || !points) {
    throw fail(
      `An exercise says how hard it is, from which its points follow: ### 연습 ${number} (쉬움|보통|어려움): title. ` +
        `Received: ${heading}`,
    );
  }
  return { number: Number(number), title, points };
}
