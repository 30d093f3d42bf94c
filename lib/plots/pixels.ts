import { tf } from "baeum/tensors";
import type { Pixels } from "baeum/formats";

/** Values with their shape, for images that are no tensor. */
export interface RawImages {
  data: ArrayLike<number>;
  shape: number[];
}

/** Images as {@linkcode plotImages} takes them: `[n, height, width]`, `[n, height, width, 1]` or `[…, 3]`. */
export type Images = tf.Tensor | RawImages;

/** Each image as bytes; `range` is what is black and what is white. */
export function toPixels(images: Images, range?: [black: number, white: number]): Pixels[] {
  const { shape } = images;
  const [count, height, width, channels = 1] = shape;
  if (shape.length < 3 || shape.length > 4 || (channels !== 1 && channels !== 3)) {
    throw new RangeError(
      `images have the shape [n, height, width], [n, height, width, 1] or [n, height, width, 3]. ` +
        `Received: [${shape.join(", ")}]. A single image needs a first axis of 1: image.expandDims(0)`,
    );
  }
  const values = images instanceof tf.Tensor ? images.dataSync() : images.data;
  const size = height * width * channels;
  if (values.length !== count * size) {
    throw new RangeError(`shape [${shape.join(", ")}] needs ${count * size} values. Received: ${values.length}`);
  }
  const [black, white] = range ?? rangeOf(values);
  if (!(black < white)) throw new RangeError(`range must rise. Received: [${black}, ${white}]`);
  // A Uint8ClampedArray rounds, and holds what lies outside of the range at its ends.
  const bytes = Uint8ClampedArray.from(values, (value) => (value - black) / (white - black) * 255);
  return Array.from({ length: count }, (_, i) => ({
    data: new Uint8Array(bytes.buffer, i * size, size),
    width,
    height,
    channels,
  }));
}

/** The smallest and the largest value. */
export function extent(values: ArrayLike<number>): [low: number, high: number] {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  return [low, high];
}

function rangeOf(values: ArrayLike<number>): [number, number] {
  const [low, high] = extent(values);
  if (low < 0 || high > 255) return [low, high === low ? low + 1 : high];
  return high <= 1 ? [0, 1] : [0, 255];
}
