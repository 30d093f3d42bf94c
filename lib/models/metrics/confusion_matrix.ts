import { tf } from "baeum/tensors";

/** Arguments of {@linkcode confusionMatrix}. */
export interface ConfusionMatrixOptions {
  /** The classes in the order of rows and columns (default: those that occur, from the least). */
  labels?: number[];
  /** How much each sample counts (default 1). */
  sampleWeight?: ArrayLike<number>;
}

/**
 * How often class i (row) was taken for class j (column), as scikit-learn's `confusion_matrix`.
 *
 * @param yTrue Class numbers, `[samples]`.
 * @param yPred The predicted class numbers, `[samples]`.
 * @throws {RangeError} when there are more targets than predictions or the other way round.
 *
 * @example
 * ```ts
 * import { metrics } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(metrics.confusionMatrix([2, 0, 2, 2, 0, 1], [0, 0, 2, 2, 0, 2]), [[2, 0, 0], [0, 0, 1], [1, 0, 2]]);
 * ```
 */
export function confusionMatrix(
  yTrue: ArrayLike<number> | tf.Tensor,
  yPred: ArrayLike<number> | tf.Tensor,
  { labels, sampleWeight }: ConfusionMatrixOptions = {},
): number[][] {
  const [target, output] = [yTrue, yPred].map((y) => Array.from(y instanceof tf.Tensor ? y.dataSync() : y));
  if (target.length !== output.length || sampleWeight && sampleWeight.length !== target.length) {
    throw new RangeError(
      `There is one prediction (and weight) for each target. Received: ${target.length} targets, ${output.length} ` +
        `predictions${sampleWeight ? `, ${sampleWeight.length} weights` : ""}`,
    );
  }
  const classes = labels ?? [...new Set([...target, ...output])].sort((a, b) => a - b);
  const place = new Map(classes.map((label, i) => [label, i]));
  const matrix = classes.map(() => classes.map(() => 0));
  target.forEach((label, k) => {
    const [row, column] = [place.get(label), place.get(output[k])];
    if (row !== undefined && column !== undefined) matrix[row][column] += sampleWeight?.[k] ?? 1;
  });
  return matrix;
}
