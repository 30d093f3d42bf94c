import { tf } from "baeum/tensors";
import { Layer, type LayerOptions, single, singleShape, type Tensors } from "../layer.ts";
import type { Shape } from "../shape.ts";
import { checkPadding, checkRank, perDimension, windowCounts } from "./window.ts";

/** Arguments of the pooling layers. */
export interface PoolingOptions extends LayerOptions {
  /** The window: one number for all dimensions, or one for each (default 2). */
  poolSize?: number | number[];
  /** How far the window moves (default: its own size). */
  strides?: number | number[];
  /** `"valid"` (default): only whole windows; `"same"`: also those that reach over the edge. */
  padding?: "valid" | "same";
}

/** What the pooling layers have in common. */
abstract class Pooling extends Layer {
  override supportsMasking = false;
  readonly poolSize: number[];
  readonly strides: number[];
  readonly padding: "valid" | "same";
  readonly #kind: "max" | "avg";

  constructor(options: PoolingOptions, dimensions: 1 | 2 | 3, kind: "max" | "avg") {
    super(options);
    const { poolSize = 2, strides = poolSize, padding = "valid" } = options;
    checkPadding(padding);
    this.poolSize = perDimension(poolSize, dimensions, "poolSize");
    this.strides = perDimension(strides, dimensions, "strides");
    this.padding = padding;
    this.#kind = kind;
  }

  override build(inputShape: Shape | Shape[]): void {
    checkRank(singleShape(inputShape, this), this.poolSize.length, this.name);
  }

  override call(inputs: Tensors): tf.Tensor {
    const x = single(inputs, this);
    const { poolSize, strides, padding } = this;
    switch (poolSize.length) {
      case 1: {
        // A sequence is an image of height 1.
        const image = x.expandDims(1) as tf.Tensor4D;
        const [size, step] = [[1, poolSize[0]], [1, strides[0]]] as [number, number][];
        const pooled = this.#kind === "max"
          ? tf.maxPool(image, size, step, padding)
          : tf.avgPool(image, size, step, padding);
        return pooled.squeeze([1]);
      }
      case 2: {
        const [size, step] = [poolSize, strides] as [number, number][];
        return this.#kind === "max"
          ? tf.maxPool(x as tf.Tensor4D, size, step, padding)
          : tf.avgPool(x as tf.Tensor4D, size, step, padding);
      }
      default: {
        const [size, step] = [poolSize, strides] as [number, number, number][];
        return this.#kind === "max"
          ? tf.maxPool3d(x as tf.Tensor5D, size, step, padding)
          : tf.avgPool3d(x as tf.Tensor5D, size, step, padding);
      }
    }
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, ...rest] = singleShape(inputShape, this);
    const { poolSize: size, strides, padding } = this;
    const window = { size, strides, padding, dilations: size.map(() => 1) };
    return [batch, ...windowCounts(rest.slice(0, -1), window, this.name), rest.at(-1)!];
  }

  override getConfig(): Record<string, unknown> {
    return {
      ...super.getConfig(),
      pool_size: this.poolSize,
      padding: this.padding,
      strides: this.strides,
      data_format: "channels_last",
    };
  }
}

/** The largest number of each window. Keras: `MaxPooling1D`. */
export class MaxPooling1D extends Pooling {
  constructor(options: PoolingOptions = {}) {
    super(options, 1, "max");
  }
}

/** The largest number of each window. Keras: `MaxPooling2D`. */
export class MaxPooling2D extends Pooling {
  constructor(options: PoolingOptions = {}) {
    super(options, 2, "max");
  }
}

/** The largest number of each window. Keras: `MaxPooling3D`. */
export class MaxPooling3D extends Pooling {
  constructor(options: PoolingOptions = {}) {
    super(options, 3, "max");
  }
}

/** The mean of each window. Keras: `AveragePooling1D`. */
export class AveragePooling1D extends Pooling {
  constructor(options: PoolingOptions = {}) {
    super(options, 1, "avg");
  }
}

/** The mean of each window. Keras: `AveragePooling2D`. */
export class AveragePooling2D extends Pooling {
  constructor(options: PoolingOptions = {}) {
    super(options, 2, "avg");
  }
}

/** The mean of each window. Keras: `AveragePooling3D`. */
export class AveragePooling3D extends Pooling {
  constructor(options: PoolingOptions = {}) {
    super(options, 3, "avg");
  }
}

/** The largest number of each window along a sequence: `[batch, steps, channels]`. */
export function maxPooling1d(options: PoolingOptions = {}): MaxPooling1D {
  return new MaxPooling1D(options);
}

/**
 * The largest number of each window of an image: `[batch, height, width, channels]` → half the height and width by default.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const pool = layers.maxPooling2d({ poolSize: 2 });
 * assertEquals(pool.apply(tf.ones([1, 28, 28, 3])).shape, [1, 14, 14, 3]);
 * ```
 */
export function maxPooling2d(options: PoolingOptions = {}): MaxPooling2D {
  return new MaxPooling2D(options);
}

/** The largest number of each window of a volume: `[batch, depth, height, width, channels]`. */
export function maxPooling3d(options: PoolingOptions = {}): MaxPooling3D {
  return new MaxPooling3D(options);
}

/** The mean of each window along a sequence: `[batch, steps, channels]`. */
export function averagePooling1d(options: PoolingOptions = {}): AveragePooling1D {
  return new AveragePooling1D(options);
}

/** The mean of each window of an image: `[batch, height, width, channels]`. */
export function averagePooling2d(options: PoolingOptions = {}): AveragePooling2D {
  return new AveragePooling2D(options);
}

/** The mean of each window of a volume: `[batch, depth, height, width, channels]`. */
export function averagePooling3d(options: PoolingOptions = {}): AveragePooling3D {
  return new AveragePooling3D(options);
}
