import { tf } from "baeum/tensors";

let open: Map<tf.Tensor, tf.Tensor> | undefined;

/** Squares of gradients, by the gradient. */
export type RowSquares = ReadonlyMap<tf.Tensor, tf.Tensor>;

/**
 * Runs what computes gradients, and gathers what {@linkcode rememberSquares} says meanwhile; `use` sees it, then it is gone.
 */
export function withRowSquares<T, U>(compute: () => T, use: (result: T, squares: RowSquares) => U): U {
  const outer = open;
  const squares = open = new Map<tf.Tensor, tf.Tensor>();
  try {
    const result = compute();
    open = outer;
    return use(result, squares);
  } finally {
    open = outer;
    tf.dispose([...squares.values()]);
  }
}

/**
 * Tells an optimizer what the squares of a gradient add up to, where rows of a table were read more than once.
 *
 * On TensorFlow, Keras' optimizers keep an embedding's gradient as one row for each reading. Their means of it add the rows of
 * one word up; their means of its square add up the rows' squares.
 */
export function rememberSquares(gradient: tf.Tensor, squares: () => tf.Tensor): void {
  open?.set(gradient, tf.keep(squares()));
}
