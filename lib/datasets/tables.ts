import { tf } from "baeum/tensors";

/** Rows of numbers with the value or class that belongs to each. */
export interface Rows<Y extends Float64Array | Uint8Array = Float64Array> {
  /** `[rows, columns]`, float32. */
  x: tf.Tensor2D;
  /** `[rows]`: float32 for values, int32 for classes. */
  y: tf.Tensor1D;
  /** The same numbers as they were published, `x` row by row. */
  raw: { x: Float64Array; y: Y };
}

/** Tensors of a table; classes are bytes, values are floats. */
export function rowsOf<Y extends Float64Array | Uint8Array>(x: Float64Array, y: Y): Rows<Y> {
  return {
    x: tf.tensor2d(Float32Array.from(x), [y.length, x.length / y.length]),
    y: y instanceof Uint8Array ? tf.tensor1d(y, "int32") : tf.tensor1d(Float32Array.from(y)),
    raw: { x, y },
  };
}
