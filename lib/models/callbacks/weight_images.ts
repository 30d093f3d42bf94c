import { tf } from "baeum/tensors";
import type { Weight } from "../weight.ts";

/**
 * A weight as images, `[images, height, width, channels]`, by the rules of Keras' TensorBoard callback: a vector is one row
 * of pixels, a matrix lies on its longer side, a kernel of one channel gives an image for each filter. Nothing where that
 * gives no image.
 */
export function weightImages(weight: Weight): tf.Tensor4D | undefined {
  return tf.tidy(() => {
    const values = weight.read().squeeze();
    const [rows, columns] = values.shape;
    if (values.rank === 1) return values.reshape([1, rows, 1, 1]);
    if (values.rank === 2) {
      const lying = rows > columns ? values.transpose() : values;
      return lying.reshape([1, ...lying.shape, 1]) as tf.Tensor4D;
    }
    if (values.rank === 3) return values.transpose([2, 0, 1]).expandDims(3) as tf.Tensor4D;
    return values.rank === 4 && [1, 3, 4].includes(values.shape[3]!) ? values as tf.Tensor4D : undefined;
  });
}
