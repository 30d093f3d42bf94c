import { cell, frame, text } from "@observablehq/plot";
import { type ClassIndices, classIndices } from "./class_indices.ts";
import { compose, MARGIN, TITLE_HEIGHT } from "./compose.ts";
import { draw } from "./drawing.ts";
import type { Figure } from "./figure.ts";
import { blue, vermilion } from "./palette.ts";
import { textWidth } from "./text.ts";

/** What {@linkcode confusionMatrix} can be told. */
export interface ConfusionMatrixOptions {
  /** The classes' names, from class 0 (default: the indices up to the largest that occurs). */
  labels?: readonly string[];
  /** A heading above the figure (default "Confusion matrix"). */
  title?: string;
}

/** With more classes than this the counts are left out, as they would be too small to read. */
const READABLE = 20;

/**
 * How many samples of each class were taken for which: a row for each true class, a column for each predicted one.
 *
 * The right ones are blue, the mistakes vermilion, each the stronger the larger its share of its row. Counts as
 * scikit-learn's `confusion_matrix`.
 *
 * @param yTrue The true class indices, `[n]`.
 * @param yPredicted The predicted class indices, `[n]`.
 * @throws {RangeError} if the two differ in length, are empty, are no class indices, or go beyond the `labels`.
 *
 * @example
 * ```ts
 * import { confusionMatrix } from "baeum/plots";
 * import { assertEquals } from "@std/assert";
 *
 * const figure = confusionMatrix([0, 0, 1, 1], [0, 1, 1, 1], { labels: ["cat", "dog"] });
 * assertEquals(figure.alt, "Confusion matrix: 4 samples, 3 of them right. Most frequent mistake: cat taken for dog, 1 time.");
 * ```
 */
export function confusionMatrix(
  yTrue: ClassIndices,
  yPredicted: ClassIndices,
  { labels, title = "Confusion matrix" }: ConfusionMatrixOptions = {},
): Figure {
  const truth = classIndices(yTrue, "yTrue");
  const predicted = classIndices(yPredicted, "yPredicted");
  if (truth.length !== predicted.length || truth.length === 0) {
    throw new RangeError(
      `yTrue and yPredicted have one class index for each sample. Received: ${truth.length} and ${predicted.length}`,
    );
  }
  const largest = [...truth, ...predicted].reduce((a, b) => Math.max(a, b));
  if (labels && largest >= labels.length) {
    throw new RangeError(`There are ${labels.length} labels. Received: class ${largest}`);
  }
  const names = labels ?? Array.from({ length: largest + 1 }, (_, i) => String(i));
  const cells = countCells(truth, predicted, names.length);

  const size = names.length <= READABLE ? Math.max(44, Math.min(96, Math.floor(440 / names.length))) : 16;
  const longest = Math.max(...names.map((name) => textWidth(name)));
  // Long names stand upright below the columns.
  const upright = longest > size - 4;
  const marginLeft = longest + 42;
  const marginBottom = (upright ? longest : 14) + 36;
  const width = names.length * size + marginLeft + MARGIN;
  const height = names.length * size + marginBottom;
  const classes = Array.from(names, (_, i) => i);
  const axis = {
    domain: classes,
    tickFormat: (i: number) => names[i],
    tickSize: 0,
    padding: 0.04,
    labelArrow: "none",
  } as const;
  const grid = draw({
    width,
    height,
    marginTop: 0,
    marginLeft,
    marginRight: MARGIN,
    marginBottom,
    x: {
      ...axis,
      label: "Predicted",
      labelAnchor: "center",
      labelOffset: marginBottom - 6,
      tickRotate: upright ? -90 : 0,
    },
    y: { ...axis, label: "True", labelAnchor: "center", labelOffset: marginLeft - 14 },
    opacity: { type: "identity" },
    color: { type: "identity" },
    marks: [
      frame({ fill: "currentColor", fillOpacity: 0.05 }),
      cell(cells.filter(({ count }) => count > 0), {
        x: "predicted",
        y: "truth",
        fill: "colour",
        fillOpacity: "strength",
      }),
      ...(names.length > READABLE ? [] : [
        text(cells, {
          x: "predicted",
          y: "truth",
          text: ({ count }) => String(count),
          // Strong colours need light letters in the light theme too.
          fill: ({ strength }) => strength > 0.8 ? "white" : "currentColor",
          fillOpacity: ({ count }) => count === 0 ? 0.4 : 1,
        }),
      ]),
    ],
  });
  return compose({
    parts: [{ ...grid, x: 0, y: TITLE_HEIGHT + 4 }],
    title,
    width,
    height: height + TITLE_HEIGHT + 4,
    alt: describe(cells, names, title),
  });
}

interface Cell {
  truth: number;
  predicted: number;
  count: number;
  /** Blue for what is right, vermilion for mistakes. */
  colour: string;
  /** Its share of the row as opacity: 1 for all of it, and still visible for a single sample. */
  strength: number;
}

function countCells(truth: number[], predicted: number[], classes: number): Cell[] {
  const counts = new Int32Array(classes * classes);
  const rows = new Int32Array(classes);
  truth.forEach((row, i) => {
    counts[row * classes + predicted[i]]++;
    rows[row]++;
  });
  return Array.from(counts, (count, i) => {
    const row = Math.floor(i / classes);
    const column = i % classes;
    const strength = rows[row] === 0 ? 0 : 0.15 + 0.85 * count / rows[row];
    return { truth: row, predicted: column, count, colour: row === column ? blue : vermilion, strength };
  });
}

function describe(cells: Cell[], names: readonly string[], title: string): string {
  const sum = (some: Cell[]) => some.reduce((total, { count }) => total + count, 0);
  const right = cells.filter(({ truth, predicted }) => truth === predicted);
  const worst = cells.filter((cell) => !right.includes(cell)).reduce<Cell | undefined>(
    (most, cell) => cell.count > (most?.count ?? 0) ? cell : most,
    undefined,
  );
  const mistake = worst === undefined
    ? ""
    : ` Most frequent mistake: ${names[worst.truth]} taken for ${names[worst.predicted]}, ` +
      `${worst.count} ${worst.count === 1 ? "time" : "times"}.`;
  return `${title}: ${sum(cells)} samples, ${sum(right)} of them right.${mistake}`;
}
