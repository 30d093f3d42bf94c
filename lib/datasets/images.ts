import { tf } from "baeum/tensors";

/** Images with their classes. */
export interface Images<X extends tf.Tensor> {
  /** The images, int32, 0 to 255, one after another along the first axis. */
  x: X;
  /** The class of each image, int32, from 0. */
  y: tf.Tensor1D;
  /** The same numbers as plain bytes. */
  raw: { x: Uint8Array; y: Uint8Array };
}

/** Images to learn from and images to test with. */
export interface ImageSplits<X extends tf.Tensor = tf.Tensor3D> {
  train: Images<X>;
  test: Images<X>;
}

/** What {@linkcode imageSplits} makes tensors of. */
export interface ImageArrays {
  train: { x: Uint8Array; y: Uint8Array };
  test: { x: Uint8Array; y: Uint8Array };
  /** Of one image: `[height, width]` or `[height, width, channels]`. */
  shape: number[];
}

/** Tensors of bytes. */
export function imageSplits<X extends tf.Tensor = tf.Tensor3D>(arrays: ImageArrays): ImageSplits<X> {
  const images = ({ x, y }: { x: Uint8Array; y: Uint8Array }): Images<X> => ({
    x: tensorOfBytes(x, [y.length, ...arrays.shape]) as X,
    y: tf.tensor1d(y, "int32"),
    raw: { x, y },
  });
  return { train: images(arrays.train), test: images(arrays.test) };
}

/** int32 numbers from bytes. */
function tensorOfBytes(bytes: Uint8Array, shape: number[]): tf.Tensor {
  if (tf.getBackend() !== "wasm") return tf.tensor(bytes, shape, "int32");
  // tfjs keeps booleans as bytes, so its heap can widen them itself: no copy of four times the size in between.
  return tf.tidy(() => tf.cast(tf.tensor(bytes, shape, "bool"), "int32"));
}
