import { tf } from "baeum/tensors";
import type { Figure } from "./figure.ts";
import { plotImages } from "./images.ts";
import { extent } from "./pixels.ts";

/** What {@linkcode plotFilters} can be told. */
export interface PlotFiltersOptions {
  /** A heading above the figure. */
  title?: string;
  /** What each filter is called (default: its number, from 0). */
  names?: readonly string[];
  /** Filters in a row (default: 8, or fewer if there are fewer filters). */
  columns?: number;
  /** Pixels of a filter's width on the page (default 64). */
  size?: number;
}

/** Of the smallest, zero and the largest weight: the palette's vermilion and blue with white between, as bytes. */
const NEGATIVE = [0xd5, 0x5e, 0x00];
const NONE = [0xff, 0xff, 0xff];
const POSITIVE = [0x00, 0x72, 0xb2];

/**
 * The filters of a convolution.
 *
 * Filters of one channel are blue where a weight is positive, vermilion where it is negative and white at 0, each filter
 * up to its own largest size. Filters of three channels (red, green, blue) are small colour pictures, each from its own
 * smallest to its own largest weight.
 *
 * @param kernel A Conv2D layer's `getWeights()[0]`: `[height, width, channels, filters]` of 1 or 3 channels.
 * @throws {RangeError} for a kernel of another shape or with a weight that is no finite number, and for another number of
 *   names than filters.
 *
 * @example
 * ```ts
 * import { plotFilters } from "baeum/plots";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const edge = tf.tensor4d([-1, 0, 1, -2, 0, 2, -1, 0, 1], [3, 3, 1, 1]);
 * assertEquals(plotFilters(edge).alt, "1 filter of 3 × 3 weights over 1 channel, between -2 and 2.");
 * ```
 */
export function plotFilters(kernel: tf.Tensor, options: PlotFiltersOptions = {}): Figure {
  const { title, columns, size = 64 } = options;
  const [height, width, channels, count] = kernel.shape;
  if (kernel.rank !== 4 || (channels !== 1 && channels !== 3) || kernel.size === 0) {
    throw new RangeError(
      `kernel has the shape [height, width, 1 or 3 channels, filters]: only the first convolution's filters are pictures. ` +
        `Received: [${kernel.shape.join(", ")}]`,
    );
  }
  const weights = tf.tidy(() => kernel.transpose([3, 0, 1, 2]).dataSync());
  if (!weights.every(Number.isFinite)) throw new RangeError("kernel has a weight that is no finite number");
  const perFilter = height * width * channels;
  const data = new Uint8Array(count * height * width * 3);
  for (let filter = 0; filter < count; filter++) {
    const own = weights.slice(filter * perFilter, (filter + 1) * perFilter);
    data.set(channels === 3 ? stretched(own) : diverging(own), filter * height * width * 3);
  }
  return plotImages({ data, shape: [count, height, width, 3] }, {
    labels: options.names ?? Array.from({ length: count }, (_, filter) => String(filter)),
    range: [0, 255],
    columns,
    title,
    size,
    alt: describe(weights, kernel.shape, title),
  });
}

/** Three bytes a weight, from vermilion over white to blue. */
function diverging(weights: ArrayLike<number>): number[] {
  const values = Array.from(weights);
  const largest = Math.max(...values.map(Math.abs)) || 1;
  return values.flatMap((weight) => {
    const end = weight < 0 ? NEGATIVE : POSITIVE;
    const share = Math.abs(weight) / largest;
    return NONE.map((none, i) => Math.round(none + (end[i] - none) * share));
  });
}

/** A byte a weight, the smallest 0 and the largest 255. */
function stretched(weights: ArrayLike<number>): number[] {
  const values = Array.from(weights);
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  return values.map((weight) => Math.round((weight - low) / span * 255));
}

function describe(weights: ArrayLike<number>, [height, width, channels, count]: number[], title?: string): string {
  const [low, high] = extent(weights).map((value) => Number(value.toPrecision(3)));
  const sentence = `${count} ${count === 1 ? "filter" : "filters"} of ${height} × ${width} weights over ` +
    `${channels} ${channels === 1 ? "channel" : "channels"}, between ${low} and ${high}.`;
  return title === undefined ? sentence : `${title}. ${sentence}`;
}
