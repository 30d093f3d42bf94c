import { tf } from "baeum/tensors";
import { type CallContext, Layer, type LayerOptions, single, singleShape, type Tensors } from "../layer.ts";
import type { Shape } from "../shape.ts";
import { type DataFormat, dataFormatOf } from "./data_format.ts";
import { checkPositions } from "./borders.ts";
import { constant } from "./constant.ts";
import { largest } from "./largest.ts";

/** Arguments of the global pooling layers. */
export interface GlobalPoolingOptions extends LayerOptions {
  /** Where the channels are (default `"channels_last"`). */
  dataFormat?: DataFormat;
  /** Whether the positions stay as dimensions of length 1 (default false). */
  keepDims?: boolean;
  /** As `keepDims`, in the spelling of Keras' configs. */
  keepdims?: boolean;
}

/** What the global pooling layers have in common. */
abstract class GlobalPooling extends Layer {
  readonly dataFormat: DataFormat;
  readonly keepDims: boolean;
  override supportsMasking = false;
  readonly #dimensions: number;

  constructor(options: GlobalPoolingOptions, dimensions: 1 | 2 | 3) {
    super(options);
    this.dataFormat = dataFormatOf(options.dataFormat);
    this.keepDims = options.keepDims ?? options.keepdims ?? false;
    this.#dimensions = dimensions;
  }

  /** The number that stands for many, along axes that lie beside each other. */
  protected abstract pool(x: tf.Tensor, axes: number[], mask?: tf.Tensor): tf.Tensor;

  override build(inputShape: Shape | Shape[]): void {
    checkPositions(singleShape(inputShape, this), this.#dimensions, this.name);
  }

  override call(inputs: Tensors, { mask }: CallContext): tf.Tensor {
    return this.pool(single(inputs, this), this.#axes(), mask);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const axes = this.#axes();
    const shape = singleShape(inputShape, this);
    return this.keepDims
      ? shape.map((length, axis) => axes.includes(axis) ? 1 : length)
      : shape.filter((_, axis) => !axes.includes(axis));
  }

  #axes(): number[] {
    const first = this.dataFormat === "channels_first" ? 2 : 1;
    return Array.from({ length: this.#dimensions }, (_, i) => first + i);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), data_format: this.dataFormat, keepdims: this.keepDims };
  }
}

/** The largest number of each channel. */
abstract class GlobalMaxPooling extends GlobalPooling {
  protected pool(x: tf.Tensor, axes: number[]): tf.Tensor {
    return largest(x, axes, this.keepDims);
  }
}

/** The mean of each channel. */
abstract class GlobalAveragePooling extends GlobalPooling {
  protected pool(x: tf.Tensor, axes: number[], _mask?: tf.Tensor): tf.Tensor {
    return tf.mean(x, axes, this.keepDims);
  }
}

/** The largest number of each channel of a sequence. Keras: `GlobalMaxPooling1D`. */
export class GlobalMaxPooling1D extends GlobalMaxPooling {
  constructor(options: GlobalPoolingOptions = {}) {
    super(options, 1);
  }
}

/** The largest number of each channel of an image. Keras: `GlobalMaxPooling2D`. */
export class GlobalMaxPooling2D extends GlobalMaxPooling {
  constructor(options: GlobalPoolingOptions = {}) {
    super(options, 2);
  }
}

/** The largest number of each channel of a volume. Keras: `GlobalMaxPooling3D`. */
export class GlobalMaxPooling3D extends GlobalMaxPooling {
  constructor(options: GlobalPoolingOptions = {}) {
    super(options, 3);
  }
}

/** The mean of each channel of a sequence, over the steps that a mask shows. Keras: `GlobalAveragePooling1D`. */
export class GlobalAveragePooling1D extends GlobalAveragePooling {
  override supportsMasking = true;

  constructor(options: GlobalPoolingOptions = {}) {
    super(options, 1);
  }

  protected override pool(x: tf.Tensor, axes: number[], mask?: tf.Tensor): tf.Tensor {
    if (!mask) return super.pool(x, axes);
    const first = this.dataFormat === "channels_first";
    const shown = constant(mask, (mask) => mask.toFloat().expandDims(first ? 1 : 2));
    const all = constant(shown, (shown) => tf.notEqual(tf.broadcastTo(shown, x.shape), tf.scalar(0)));
    // What is hidden may be anything, NaN as well.
    const kept = tf.where(all, x, tf.zerosLike(x));
    return tf.sum(kept, axes, this.keepDims).div(tf.sum(shown, axes, this.keepDims));
  }

  override computeMask(): undefined {
    return undefined;
  }
}

/** The mean of each channel of an image. Keras: `GlobalAveragePooling2D`. */
export class GlobalAveragePooling2D extends GlobalAveragePooling {
  constructor(options: GlobalPoolingOptions = {}) {
    super(options, 2);
  }
}

/** The mean of each channel of a volume. Keras: `GlobalAveragePooling3D`. */
export class GlobalAveragePooling3D extends GlobalAveragePooling {
  constructor(options: GlobalPoolingOptions = {}) {
    super(options, 3);
  }
}

/** The largest number of each channel: `[batch, steps, channels]` → `[batch, channels]`. */
export function globalMaxPooling1d(options: GlobalPoolingOptions = {}): GlobalMaxPooling1D {
  return new GlobalMaxPooling1D(options);
}

/**
 * The largest number of each channel: `[batch, height, width, channels]` → `[batch, channels]`, or `[batch, 1, 1, channels]`
 * with `keepDims`.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const pool = layers.globalMaxPooling2d({ keepDims: true });
 * assertEquals(pool.apply(tf.ones([2, 7, 7, 3])).shape, [2, 1, 1, 3]);
 * ```
 */
export function globalMaxPooling2d(options: GlobalPoolingOptions = {}): GlobalMaxPooling2D {
  return new GlobalMaxPooling2D(options);
}

/** The largest number of each channel: `[batch, depth, height, width, channels]` → `[batch, channels]`. */
export function globalMaxPooling3d(options: GlobalPoolingOptions = {}): GlobalMaxPooling3D {
  return new GlobalMaxPooling3D(options);
}

/**
 * The mean of each channel over all steps, or those that a mask shows: `[batch, steps, channels]` → `[batch, channels]`.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const pool = layers.globalAveragePooling1d();
 * assertEquals(pool.apply(tf.tensor3d([[[1], [3]]])).arraySync(), [[2]]);
 * ```
 */
export function globalAveragePooling1d(options: GlobalPoolingOptions = {}): GlobalAveragePooling1D {
  return new GlobalAveragePooling1D(options);
}

/** The mean of each channel: `[batch, height, width, channels]` → `[batch, channels]`. */
export function globalAveragePooling2d(options: GlobalPoolingOptions = {}): GlobalAveragePooling2D {
  return new GlobalAveragePooling2D(options);
}

/** The mean of each channel: `[batch, depth, height, width, channels]` → `[batch, channels]`. */
export function globalAveragePooling3d(options: GlobalPoolingOptions = {}): GlobalAveragePooling3D {
  return new GlobalAveragePooling3D(options);
}
