import { tf } from "baeum/tensors";
import { Layer, type LayerOptions, single, singleShape, type Tensors } from "../layer.ts";
import type { Shape } from "../shape.ts";
import { type Border, type Borders, bordersOf, checkPositions, resized } from "./borders.ts";
import { type DataFormat, dataFormatOf } from "./data_format.ts";

/** Arguments of {@linkcode zeroPadding1d}, {@linkcode zeroPadding2d} and {@linkcode zeroPadding3d}. */
export interface ZeroPaddingOptions extends LayerOptions {
  /** How many zeros: a number for all ends, or for each dimension a number or a pair `[before, after]` (default 1). */
  padding?: Borders;
  /** Where the channels are (default `"channels_last"`). */
  dataFormat?: DataFormat;
}

/** What the paddings of one, two and three dimensions have in common. */
abstract class ZeroPadding extends Layer {
  readonly padding: Border[];
  readonly dataFormat: DataFormat;
  override supportsMasking = false;
  readonly #dimensions: number;

  constructor(options: ZeroPaddingOptions, dimensions: 1 | 2 | 3) {
    super(options);
    this.#dimensions = dimensions;
    this.padding = bordersOf(options.padding ?? 1, dimensions, "padding");
    this.dataFormat = dataFormatOf(options.dataFormat);
  }

  override build(inputShape: Shape | Shape[]): void {
    checkPositions(singleShape(inputShape, this), this.#dimensions, this.name);
  }

  override call(inputs: Tensors): tf.Tensor {
    const none: Border = [0, 0];
    const { padding } = this;
    const all = this.dataFormat === "channels_first" ? [none, none, ...padding] : [none, ...padding, none];
    return tf.pad(single(inputs, this), all);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return resized(singleShape(inputShape, this), this.padding, this.dataFormat, 1);
  }

  override getConfig(): Record<string, unknown> {
    const padding = this.#dimensions === 1 ? this.padding[0] : this.padding;
    return { ...super.getConfig(), padding, data_format: this.dataFormat };
  }
}

/** Zeros before and after a sequence. Keras: `ZeroPadding1D`. */
export class ZeroPadding1D extends ZeroPadding {
  constructor(options: ZeroPaddingOptions = {}) {
    super(options, 1);
  }
}

/** Zeros around an image. Keras: `ZeroPadding2D`. */
export class ZeroPadding2D extends ZeroPadding {
  constructor(options: ZeroPaddingOptions = {}) {
    super(options, 2);
  }
}

/** Zeros around a volume. Keras: `ZeroPadding3D`. */
export class ZeroPadding3D extends ZeroPadding {
  constructor(options: ZeroPaddingOptions = {}) {
    super(options, 3);
  }
}

/**
 * Puts zeros before and after a sequence: `[batch, steps, channels]` → `[batch, before + steps + after, channels]`.
 *
 * @throws {RangeError} for a padding that is negative or no whole number.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const pad = layers.zeroPadding1d({ padding: [1, 2] });
 * assertEquals(pad.apply(tf.ones([1, 1, 1])).arraySync(), [[[0], [1], [0], [0]]]);
 * ```
 */
export function zeroPadding1d(options: ZeroPaddingOptions = {}): ZeroPadding1D {
  return new ZeroPadding1D(options);
}

/**
 * Puts zeros around an image: `[batch, height, width, channels]` → `[batch, new height, new width, channels]`.
 *
 * @throws {RangeError} for a padding that is negative or no whole number.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const pad = layers.zeroPadding2d({ padding: [2, [0, 1]] });
 * assertEquals(pad.apply(tf.ones([1, 28, 28, 3])).shape, [1, 32, 29, 3]);
 * ```
 */
export function zeroPadding2d(options: ZeroPaddingOptions = {}): ZeroPadding2D {
  return new ZeroPadding2D(options);
}

/** Puts zeros around a volume: `[batch, depth, height, width, channels]`, each of the three longer by its padding. */
export function zeroPadding3d(options: ZeroPaddingOptions = {}): ZeroPadding3D {
  return new ZeroPadding3D(options);
}
