import { tf } from "baeum/tensors";
import { Layer, type LayerOptions, single, singleShape, type Tensors } from "../layer.ts";
import type { Shape } from "../shape.ts";
import { checkPositions } from "./borders.ts";
import { type DataFormat, dataFormatOf, firstPosition } from "./data_format.ts";
import { enlarge, type Interpolation } from "./interpolation.ts";
import { repeat } from "./repeat.ts";
import { perDimension } from "./window.ts";

/** Arguments of {@linkcode upSampling1d}. */
export interface UpSampling1DOptions extends LayerOptions {
  /** How many times each step is repeated (default 2). */
  size?: number;
}

/** Arguments of {@linkcode upSampling3d}. */
export interface UpSampling3DOptions extends LayerOptions {
  /** The factor: one for all dimensions, or one for each (default 2). */
  size?: number | number[];
  /** Where the channels are (default `"channels_last"`). */
  dataFormat?: DataFormat;
}

/** Arguments of {@linkcode upSampling2d}. */
export interface UpSampling2DOptions extends UpSampling3DOptions {
  /** How the new pixels are found (default `"nearest"`: each is repeated). */
  interpolation?: "nearest" | Interpolation;
}

const methods: readonly string[] = ["nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"];

/** What the three have in common: each position repeated. */
abstract class UpSampling extends Layer {
  readonly size: number[];
  readonly dataFormat: DataFormat;
  override supportsMasking = false;

  constructor(options: UpSampling3DOptions, dimensions: 1 | 2 | 3) {
    super(options);
    this.size = perDimension(options.size ?? 2, dimensions, "size");
    this.dataFormat = dataFormatOf(options.dataFormat);
  }

  override build(inputShape: Shape | Shape[]): void {
    checkPositions(singleShape(inputShape, this), this.size.length, this.name);
  }

  override call(inputs: Tensors): tf.Tensor {
    const first = firstPosition(this.dataFormat);
    return this.size.reduce((x, factor, i) => repeat(x, factor, first + i), single(inputs, this));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const first = firstPosition(this.dataFormat);
    return singleShape(inputShape, this).map((length, axis) => length && length * (this.size[axis - first] ?? 1));
  }

  override getConfig(): Record<string, unknown> {
    if (this.size.length === 1) return { ...super.getConfig(), size: this.size[0] };
    return { ...super.getConfig(), size: this.size, data_format: this.dataFormat };
  }
}

/** Each step of a sequence repeated. Keras: `UpSampling1D`. */
export class UpSampling1D extends UpSampling {
  constructor(options: UpSampling1DOptions = {}) {
    super(options, 1);
  }
}

/** Images made larger by whole factors. Keras: `UpSampling2D`. */
export class UpSampling2D extends UpSampling {
  readonly interpolation: "nearest" | Interpolation;

  constructor(options: UpSampling2DOptions = {}) {
    super(options, 2);
    const { interpolation = "nearest" } = options;
    if (!methods.includes(interpolation)) {
      throw new RangeError(
        `interpolation is one of ${methods.join(", ")}. Received: ${JSON.stringify(interpolation)}`,
      );
    }
    this.interpolation = interpolation;
  }

  override call(inputs: Tensors): tf.Tensor {
    if (this.interpolation === "nearest") return super.call(inputs);
    const x = single(inputs, this);
    if (this.dataFormat === "channels_last") return enlarge(x, this.size, this.interpolation);
    return tf.transpose(enlarge(tf.transpose(x, [0, 2, 3, 1]), this.size, this.interpolation), [0, 3, 1, 2]);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), interpolation: this.interpolation };
  }
}

/** Each position of a volume repeated. Keras: `UpSampling3D`. */
export class UpSampling3D extends UpSampling {
  constructor(options: UpSampling3DOptions = {}) {
    super(options, 3);
  }
}

/**
 * Repeats each step of a sequence: `[batch, steps, channels]` → `[batch, size · steps, channels]`.
 *
 * @throws {RangeError} when `size` is no whole number of at least 1.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const twice = layers.upSampling1d();
 * assertEquals(twice.apply(tf.tensor3d([[[1], [2]]])).arraySync(), [[[1], [1], [2], [2]]]);
 * ```
 */
export function upSampling1d(options: UpSampling1DOptions = {}): UpSampling1D {
  return new UpSampling1D(options);
}

/**
 * Makes images larger: `[batch, height, width, channels]` → `[batch, size[0] · height, size[1] · width, channels]`.
 *
 * The pixels between are repeated, or interpolated as TensorFlow's `image.resize` does.
 *
 * @throws {RangeError} for a factor that is no whole number of at least 1, and an unknown interpolation.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const larger = layers.upSampling2d({ size: [1, 2], interpolation: "bilinear" });
 * assertEquals(larger.apply(tf.tensor4d([[[[0], [4]]]])).arraySync(), [[[[0], [1], [3], [4]]]]);
 * ```
 */
export function upSampling2d(options: UpSampling2DOptions = {}): UpSampling2D {
  return new UpSampling2D(options);
}

/** Repeats each position of a volume: `[batch, depth, height, width, channels]`, each of the three `size` times longer. */
export function upSampling3d(options: UpSampling3DOptions = {}): UpSampling3D {
  return new UpSampling3D(options);
}
