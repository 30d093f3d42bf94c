import { tf } from "baeum/tensors";

/**
 * A table's gradient as a row for each reading: a word that was read twice has two.
 *
 * On TensorFlow, Keras' optimizers keep an embedding's gradient so. What they do to its numbers one by one, as clipping or
 * squaring, they do to each reading, and add up a word's rows afterwards.
 */
export class RowGradient {
  /** `[readings, width]`. */
  readonly rows: tf.Tensor;
  readonly #words: tf.Tensor1D;
  readonly #count: number;

  /**
   * @param words Which row of the table each reading is of.
   * @param count How many rows the table has.
   */
  constructor(rows: tf.Tensor, words: tf.Tensor1D, count: number) {
    this.rows = rows;
    this.#words = words;
    this.#count = count;
  }

  /** What `change` makes of the readings, added up for each row of the table. */
  sum(change: (rows: tf.Tensor) => tf.Tensor): tf.Tensor {
    return tf.unsortedSegmentSum(change(this.rows), this.#words, this.#count);
  }

  /** Other numbers for the same readings. */
  changed(change: (rows: tf.Tensor) => tf.Tensor): RowGradient {
    return new RowGradient(change(this.rows), this.#words, this.#count);
  }

  dispose(): void {
    tf.dispose([this.rows, this.#words]);
  }
}

let open: Map<tf.Tensor, RowGradient> | undefined;

/** Gradients of tables, by the gradient. */
export type RowGradients = ReadonlyMap<tf.Tensor, RowGradient>;

/**
 * Runs what computes gradients, and gathers what {@linkcode rememberRows} says meanwhile; `use` sees it, then it is gone.
 */
export function withRowGradients<T, U>(compute: () => T, use: (result: T, rows: RowGradients) => U): U {
  const outer = open;
  const gathered = open = new Map<tf.Tensor, RowGradient>();
  try {
    const result = compute();
    open = outer;
    return use(result, gathered);
  } finally {
    open = outer;
    for (const rows of gathered.values()) rows.dispose();
  }
}

/** Tells an optimizer of which readings a table's gradient is the sum. */
export function rememberRows(gradient: tf.Tensor, rows: tf.Tensor, words: tf.Tensor1D, count: number): void {
  open?.set(gradient, new RowGradient(tf.keep(rows), tf.keep(words), count));
}
