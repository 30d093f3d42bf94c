/** Who sees what of a notebook: marks, the student's edition, its run, and the check that nothing of a solution is left in it. */

export {
  checkMarks,
  CODE_STUB,
  type Edition,
  needsRun,
  type Secret,
  type StudentEdition,
  studentEdition,
  TEXT_STUB,
} from "./edition.ts";
export { isMark, type MarkedRegion, markedRegions, MarkError, type Region } from "./marks.ts";
export { type LeakCheck, leakCheck, leaksIn } from "./leaks.ts";
export { htmlTexts, notebookTexts } from "./texts.ts";
export { executed } from "./execute.ts";
