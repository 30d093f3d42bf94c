import { tf } from "baeum/tensors";
import type { Figure } from "./figure.ts";
import { plotImages } from "./images.ts";
import { extent } from "./pixels.ts";

/** What {@linkcode plotFeatureMaps} can be told. */
export interface PlotFeatureMapsOptions {
  /** A heading above the figure. */
  title?: string;
  /** What each map is called (default: its number, from 0). */
  names?: readonly string[];
  /** Maps in a row (default: 8, or fewer if there are fewer maps). */
  columns?: number;
  /** Pixels of a map's width on the page (default 80). */
  size?: number;
  /** The values of black and white, the same for all maps (default: all maps' smallest and largest). */
  range?: [black: number, white: number];
}

/**
 * What a convolution or a pooling makes of one image: a grey picture for each channel, all on one scale.
 *
 * @param maps `[height, width, channels]`, or `[1, height, width, channels]` as `predict` of one image gives it.
 * @throws {RangeError} for another shape, and for another number of names than channels.
 *
 * @example
 * ```ts
 * import { plotFeatureMaps } from "baeum/plots";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const figure = plotFeatureMaps(tf.randomUniform([1, 13, 13, 4]), { names: ["가로", "세로", "밝음", "어두움"] });
 * assertEquals(figure.alt, "4 images of 13 × 13 pixels. Labels: 가로, 세로, 밝음, 어두움.");
 * ```
 */
export function plotFeatureMaps(maps: tf.Tensor, options: PlotFeatureMapsOptions = {}): Figure {
  const shape = maps.rank === 4 && maps.shape[0] === 1 ? maps.shape.slice(1) : maps.shape;
  if (shape.length !== 3) {
    throw new RangeError(
      `maps are those of one image: [height, width, channels] or [1, height, width, channels]. ` +
        `Received: [${maps.shape.join(", ")}]`,
    );
  }
  const [height, width, channels] = shape;
  const data = tf.tidy(() => maps.reshape([height, width, channels]).transpose([2, 0, 1]).dataSync());
  const { names = Array.from({ length: channels }, (_, channel) => String(channel)), ...rest } = options;
  const [low, high] = extent(data);
  return plotImages({ data, shape: [channels, height, width] }, {
    range: [low, low < high ? high : low + 1],
    ...rest,
    labels: names,
  });
}
