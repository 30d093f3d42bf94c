/**
 * What a lesson shows below its cells: values, tables, progress, figures that follow a training, verdicts on exercises.
 *
 * Everything works in Deno's Jupyter kernel, in a terminal and in a plain script.
 *
 * @module
 */
export { check, type CheckOptions, type Mistake, Verdict } from "./check.ts";
export { Displayed } from "./display.ts";
export { grade } from "./grade.ts";
export { html } from "./html.ts";
export { interruptSignal } from "./interrupt.ts";
export { type MimeBundle } from "./kernel.ts";
export { live, type LiveFigure } from "./live.ts";
export { type Progress, progress, type ProgressOptions } from "./progress.ts";
export { type ProgressLine, progressLine } from "./progress_line.ts";
export { quick } from "./quick.ts";
export { show } from "./show.ts";
export { table, type TableOptions } from "./table.ts";
export { RunningTensorBoard, tensorboard, type TensorBoardOptions } from "./tensorboard.ts";
