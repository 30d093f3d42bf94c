import { type Cell, type Notebook, textOf, titleOf } from "../notebook.ts";
import { type Exercise, exercisesOf, isAnswer, isInstructors } from "./exercises.ts";
import { HIDDEN_TESTS } from "./hidden_tests.ts";
import { namesOf } from "./names.ts";
import { neededCells } from "./needed_cells.ts";

/** What nbgrader keeps of a cell, in its schema 3. */
interface NbgraderMetadata {
  schema_version: 3;
  grade_id: string;
  cell_type: Cell["cell_type"];
  grade: boolean;
  solution: boolean;
  locked: boolean;
  task: false;
  points?: number;
}

/** An assignment for nbgrader. */
export interface Assignment {
  notebook: Notebook;
  exercises: Exercise[];
}

/**
 * A lesson's exercises as the source of an nbgrader assignment, with solutions and hidden tests: a page of instructions, the cells
 * of the lesson that the exercises need, the exercises. Undefined for a lesson without exercises.
 *
 * Answers are cells to fill in; checks get the points and, in hidden tests, fail where the answer is wrong; all other code is
 * locked. Answers without a check are graded by hand.
 *
 * @param name the lesson's name, as `01-perceptron`, by which its hidden tests are found.
 * @throws `NotebookError` for exercises that cannot be graded.
 */
export function assignmentNotebook(original: Notebook, name: string, file: string): Assignment | undefined {
  const found = exercisesOf(original, file);
  if (!found) return undefined;
  const { begin, end, exercises } = found;
  // Instructors' cells are no student's, not even by a name that a cell would need of them.
  const students = {
    ...original,
    cells: original.cells.map((cell) => isInstructors(cell) ? { ...cell, source: "" } : cell),
  };
  const { cells: needed, imports } = neededCells(students, begin, end);
  const preparation = [
    ...(imports.length > 0 ? [codeCell("imports", imports.join("\n"))] : []),
    ...needed.map((index) => codeCell(original.cells[index].id, textOf(original.cells[index].source))),
  ];
  const cells: Cell[] = [markdownCell("assignment", introduction(titleOf(original, name), exercises))];
  if (preparation.length > 0) {
    cells.push(
      markdownCell("preparation", PREPARATION),
      ...preparation.map((cell) => locked(cell, `setup-${cell.id}`)),
    );
  }
  for (let index = begin; index < end; index++) {
    const cell = original.cells[index];
    if (isInstructors(cell)) continue;
    const exercise = exercises.findLast(({ heading }) => heading <= index);
    const source = textOf(cell.source);
    if (exercise && isAnswer(cell)) cells.push(answerCell(cell, exercise, index));
    else if (exercise?.test === index) cells.push(testCell(cell, exercise, name));
    else if (cell.cell_type === "code") cells.push(locked(codeCell(cell.id, source), `given-${cell.id}`));
    else cells.push(markdownCell(cell.id, withoutLinks(index === begin ? source.slice(partAt(source)) : source), cell));
  }
  const { kernelspec, language_info } = original.metadata;
  return { notebook: { cells, metadata: { kernelspec, language_info }, nbformat: 4, nbformat_minor: 5 }, exercises };
}

function introduction(title: string, exercises: readonly Exercise[]): string {
  const total = exercises.reduce((sum, { points }) => sum + points, 0);
  return `# 과제: ${title}

\`여기에 코드를 작성하세요\`가 있는 줄을 지우고 답을 쓴 다음, 그 아래 셀을 실행하면 맞았는지 알려 준다. 채점할 때는 **다른 값으로도** 검사하니, 보이는 검사의 답을 그대로 적어 넣으면 점수가 없다.

내기 전에 커널을 다시 시작하고 모든 셀을 처음부터 실행해 보자. 셀을 지우거나 차례를 바꾸지 않는다.

${exercises.map(({ number, title, points }) => `- 연습 ${number}. ${title}: ${points}점`).join("\n")}

모두 ${total}점이다.`;
}

const PREPARATION = `## 준비

연습에 쓰이는 것만 단원에서 가져왔다. 고쳐도 채점할 때는 원래대로 돌아간다.`;

const partAt = (source: string): number => source.search(/^## 연습$/m);

/** Links to other lessons, which do not lie beside an assignment, as their words. */
function withoutLinks(markdown: string): string {
  return markdown.replace(/(?<!!)\[([^\]]*)\]\((?!https?:)[^)]*\)/g, "$1");
}

function markdownCell(id: string, source: string, { attachments }: Partial<Cell> = {}): Cell {
  return { cell_type: "markdown", id, metadata: {}, source, ...(attachments ? { attachments } : {}) };
}

function codeCell(id: string, source: string): Cell {
  return { cell_type: "code", id, metadata: {}, source, execution_count: null, outputs: [] };
}

function graded(cell: Cell, metadata: Partial<NbgraderMetadata> & Pick<NbgraderMetadata, "grade_id">): Cell {
  const nbgrader: NbgraderMetadata = {
    schema_version: 3,
    cell_type: cell.cell_type,
    grade: false,
    solution: false,
    locked: false,
    task: false,
    ...metadata,
  };
  return { ...cell, metadata: { nbgrader } };
}

const locked = (cell: Cell, id: string): Cell => graded(cell, { grade_id: id, locked: true });

/** A cell to fill in; without a check the last one has the points, for somebody to give. */
function answerCell(cell: Cell, { number, answers, test, points }: Exercise, index: number): Cell {
  const source = textOf(cell.source);
  const own = cell.cell_type === "code" ? codeCell(cell.id, source) : markdownCell(cell.id, source, cell);
  const place = answers.length > 1 ? `-${answers.indexOf(index) + 1}` : "";
  const byHand = cell.cell_type === "markdown" || (test === undefined && index === answers.at(-1));
  return graded(own, {
    grade_id: `exercise-${number}-answer${place}`,
    solution: true,
    grade: byHand,
    ...(byHand ? { points: test === undefined && index === answers.at(-1) ? points : 0 } : {}),
  });
}

/** A check whose cell fails if the answer is wrong, for the values that are shown or for others. */
function testCell(cell: Cell, { number, points }: Exercise, name: string): Cell {
  const source = textOf(cell.source);
  const at = source.search(/^await check\(/m);
  const hidden = HIDDEN_TESTS[name]?.[number];
  // Imported in each cell, as an answer may have given the name to something else.
  const imported = namesOf(source).imports.has("check")
    ? ""
    : `import { check } from "baeum/notebook";\n${source.startsWith("import ") ? "" : "\n"}`;
  const code = `${imported}${source.slice(0, at)}const verdict = ${source.slice(at).trimEnd()}
verdict;
// BEGIN HIDDEN TESTS
import { grade } from "baeum/notebook";
grade(verdict${hidden ? `, await check("연습 ${number}, 다른 값으로", ${hidden})` : ""});
// END HIDDEN TESTS`;
  return graded(codeCell(cell.id, code), { grade_id: `exercise-${number}-test`, grade: true, locked: true, points });
}
