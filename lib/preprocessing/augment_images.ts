import { numpyRandom, random, tf } from "baeum/tensors";

/** What {@linkcode augmentImages} can be told. Everything is off by default. */
export interface AugmentOptions {
  /** How far images move at most, as a share of their height and width. Default: 0. */
  shift?: number;
  /** How far images turn at most, in degrees, either way. Default: 0. */
  rotate?: number;
  /** How much images grow or shrink at most, less than 1: 0.1 is from 0.9 to 1.1 times. Default: 0. */
  zoom?: number;
  /** Which mirrorings every other image gets. Default: "none". */
  flip?: "none" | "horizontal" | "vertical" | "both";
  /** What comes in from beyond the border. Default: 0. */
  fill?: number;
  /** 0 to 2³² − 1. Default: none, so that every call changes the images anew (or as `seed(n)` has it). */
  seed?: number;
}

/**
 * Moves, turns, zooms and mirrors each image by chance, all of it in one interpolation (bilinear), as Keras' layers
 * `RandomTranslation`, `RandomRotation`, `RandomZoom` and `RandomFlip` with `fill_mode="constant"`. The
 * changes are drawn from NumPy's generator, so a seed gives other ones than in Keras.
 *
 * @param images `[count, height, width]` or `[count, height, width, channels]`.
 * @returns float32, of the same shape.
 * @throws {RangeError} if the shape is another, or a share is not from 0 to below 1.
 *
 * @example
 * ```ts
 * import { augmentImages } from "baeum/preprocessing";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const digits = tf.ones([2, 28, 28]);
 * assertEquals(augmentImages(digits, { shift: 0.1, rotate: 10, seed: 1 }).shape, [2, 28, 28]);
 * ```
 */
export function augmentImages<T extends tf.Tensor>(images: T, options: AugmentOptions = {}): T {
  if (images.rank !== 3 && images.rank !== 4) {
    throw new RangeError(
      `Images are [count, height, width] or [count, height, width, channels]. Received: [${images.shape.join(", ")}]`,
    );
  }
  const { shift = 0, rotate = 0, zoom = 0, flip = "none", fill = 0, seed } = options;
  checkShare("shift", shift);
  checkShare("zoom", zoom);
  if (!(rotate >= 0)) throw new RangeError(`rotate is a number of degrees from 0. Received: ${rotate}`);
  const [count, height, width, channels = 1] = images.shape;
  const state = seed === undefined ? numpyRandom() : new random.RandomState(seed);
  const sideways = flip === "horizontal" || flip === "both";
  const upsideDown = flip === "vertical" || flip === "both";
  const source = images.dataSync();
  const result = new Float32Array(source.length);
  const size = height * width * channels;
  for (let image = 0; image < count; image++) {
    // All are drawn, used or not, so that switching one change on leaves the others as they were.
    const [down, right, turn, grow, mirror, topple] = state.uniform(-1, 1, 6);
    const radians = turn * rotate * Math.PI / 180;
    const scale = 1 / (1 + grow * zoom);
    drawImage({
      from: source.subarray(image * size, (image + 1) * size),
      to: result.subarray(image * size, (image + 1) * size),
      height,
      width,
      channels,
      fill,
      // From a place of the result to the place in the source, both measured from the middle.
      xx: scale * Math.cos(radians) * (sideways && mirror < 0 ? -1 : 1),
      xy: scale * Math.sin(radians) * (sideways && mirror < 0 ? -1 : 1),
      yx: scale * -Math.sin(radians) * (upsideDown && topple < 0 ? -1 : 1),
      yy: scale * Math.cos(radians) * (upsideDown && topple < 0 ? -1 : 1),
      right: right * shift * width,
      down: down * shift * height,
    });
  }
  return tf.tensor(result, images.shape) as T;
}

interface Drawing {
  from: ArrayLike<number>;
  to: Float32Array;
  height: number;
  width: number;
  channels: number;
  fill: number;
  xx: number;
  xy: number;
  yx: number;
  yy: number;
  right: number;
  down: number;
}

/** Fills each pixel from the place it comes from, mixed of the four around that place. */
function drawImage({ from, to, height, width, channels, fill, xx, xy, yx, yy, right, down }: Drawing): void {
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  const at = (x: number, y: number, channel: number) =>
    x < 0 || y < 0 || x >= width || y >= height ? fill : from[(y * width + x) * channels + channel];
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const [dx, dy] = [column - middleX - right, row - middleY - down];
      const x = settle(middleX + xx * dx + xy * dy);
      const y = settle(middleY + yx * dx + yy * dy);
      const [left, top] = [Math.floor(x), Math.floor(y)];
      const [shareX, shareY] = [x - left, y - top];
      for (let channel = 0; channel < channels; channel++) {
        const above = at(left, top, channel) * (1 - shareX) + at(left + 1, top, channel) * shareX;
        const below = at(left, top + 1, channel) * (1 - shareX) + at(left + 1, top + 1, channel) * shareX;
        to[(row * width + column) * channels + channel] = above * (1 - shareY) + below * shareY;
      }
    }
  }
}

/** What lies on a pixel but for rounding lies on it. */
function settle(place: number): number {
  const whole = Math.round(place);
  return Math.abs(place - whole) < 1e-9 ? whole : place;
}

function checkShare(name: string, share: number): void {
  if (!(share >= 0 && share < 1)) throw new RangeError(`${name} is a share from 0 to below 1. Received: ${share}`);
}
