import { tf } from "baeum/tensors";

/** Each slice along an axis `count` times, one after the other: `[1, 2]` twice is `[1, 1, 2, 2]`. NumPy: `repeat`. */
export function repeat(x: tf.Tensor, count: number, axis: number): tf.Tensor {
  if (count === 1) return x;
  const product = (sizes: number[]) => sizes.reduce((a, b) => a * b, 1);
  const { shape } = x;
  const slices = x.reshape([product(shape.slice(0, axis + 1)), 1, product(shape.slice(axis + 1))]);
  return tf.concat(new Array(count).fill(slices), 1).reshape(shape.with(axis, shape[axis] * count));
}
