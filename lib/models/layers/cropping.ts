import { tf } from "baeum/tensors";
import { Layer, type LayerOptions, single, singleShape, type Tensors } from "../layer.ts";
import { formatShape, type Shape } from "../shape.ts";
import { type Border, type Borders, bordersOf, checkPositions, resized } from "./borders.ts";
import { type DataFormat, dataFormatOf, firstPosition } from "./data_format.ts";

/** Arguments of {@linkcode cropping2d} and {@linkcode cropping3d}. */
export interface CroppingOptions extends LayerOptions {
  /**
   * How much is cut off: a number for all ends, or for each dimension a number or a pair `[before, after]`. Keras' default is
   * nothing for images, and one at each end of a sequence or a volume.
   */
  cropping?: Borders;
  /** Where the channels are (default `"channels_last"`). */
  dataFormat?: DataFormat;
}

/** Arguments of {@linkcode cropping1d}. */
export type Cropping1DOptions = Omit<CroppingOptions, "dataFormat">;

/** What the croppings of one, two and three dimensions have in common. */
abstract class Cropping extends Layer {
  readonly cropping: Border[];
  readonly dataFormat: DataFormat;
  override supportsMasking = false;
  readonly #dimensions: number;

  constructor(options: CroppingOptions, dimensions: 1 | 2 | 3) {
    super(options);
    this.#dimensions = dimensions;
    this.cropping = bordersOf(options.cropping ?? (dimensions === 2 ? 0 : 1), dimensions, "cropping");
    this.dataFormat = dataFormatOf(options.dataFormat);
  }

  override build(inputShape: Shape | Shape[]): void {
    checkPositions(singleShape(inputShape, this), this.#dimensions, this.name);
  }

  override call(inputs: Tensors): tf.Tensor {
    const x = single(inputs, this);
    const size = this.computeOutputShape(x.shape) as number[];
    const first = firstPosition(this.dataFormat);
    return tf.slice(x, x.shape.map((_, axis) => this.cropping[axis - first]?.[0] ?? 0), size);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = singleShape(inputShape, this);
    const left = resized(shape, this.cropping, this.dataFormat, -1);
    if (left.every((length, axis) => length === null || length > 0 || length === shape[axis])) return left;
    throw new RangeError(
      `"${this.name}" would cut off all of its input: cropping is ${JSON.stringify(this.cropping)}. ` +
        `Received: ${formatShape(shape)}`,
    );
  }

  override getConfig(): Record<string, unknown> {
    if (this.#dimensions === 1) return { ...super.getConfig(), cropping: this.cropping[0] };
    return { ...super.getConfig(), cropping: this.cropping, data_format: this.dataFormat };
  }
}

/** A sequence without its ends. Keras: `Cropping1D`. */
export class Cropping1D extends Cropping {
  constructor(options: Cropping1DOptions = {}) {
    super(options, 1);
  }
}

/** An image without its borders. Keras: `Cropping2D`. */
export class Cropping2D extends Cropping {
  constructor(options: CroppingOptions = {}) {
    super(options, 2);
  }
}

/** A volume without its borders. Keras: `Cropping3D`. */
export class Cropping3D extends Cropping {
  constructor(options: CroppingOptions = {}) {
    super(options, 3);
  }
}

/**
 * Cuts the ends off a sequence: `[batch, steps, channels]` → `[batch, steps − before − after, channels]`; by default one
 * step each.
 *
 * @throws {RangeError} when nothing would be left.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const crop = layers.cropping1d({ cropping: [0, 2] });
 * assertEquals(crop.apply(tf.tensor3d([[[1], [2], [3]]])).arraySync(), [[[1]]]);
 * ```
 */
export function cropping1d(options: Cropping1DOptions = {}): Cropping1D {
  return new Cropping1D(options);
}

/**
 * Cuts the borders off an image: `[batch, height, width, channels]` → `[batch, new height, new width, channels]`; by default
 * nothing.
 *
 * @throws {RangeError} when nothing would be left.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const crop = layers.cropping2d({ cropping: [[2, 2], [4, 4]] });
 * assertEquals(crop.apply(tf.ones([1, 28, 28, 3])).shape, [1, 24, 20, 3]);
 * ```
 */
export function cropping2d(options: CroppingOptions = {}): Cropping2D {
  return new Cropping2D(options);
}

/** Cuts the borders off a volume: `[batch, depth, height, width, channels]`; by default one at each end. */
export function cropping3d(options: CroppingOptions = {}): Cropping3D {
  return new Cropping3D(options);
}
