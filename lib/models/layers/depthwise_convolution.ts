import { depthwiseConvolution } from "baeum/engine";
import type { tf } from "baeum/tensors";
import type { Constraint } from "../constraints/mod.ts";
import type { Initializer, InitializerName } from "../initializers/mod.ts";
import { single, singleShape, type Tensors } from "../layer.ts";
import type { Regularizer } from "../regularizers/mod.ts";
import type { Shape } from "../shape.ts";
import type { Weight } from "../weight.ts";
import { checkCount, Filtering, type FilteringOptions } from "./filtering.ts";
import { type WeightArguments, weightArguments, weightConfig } from "./weight_arguments.ts";
import { windowCounts } from "./window.ts";

/** Arguments of the depthwise convolutions. */
export interface DepthwiseConvolutionOptions extends FilteringOptions {
  /** How many filters each channel gets (default 1). */
  depthMultiplier?: number;
  /** How the kernel begins (default `"glorotUniform"`). */
  depthwiseInitializer?: Initializer | InitializerName;
  depthwiseRegularizer?: Regularizer | "l1" | "l2" | "l1_l2";
  depthwiseConstraint?: Constraint | "max_norm" | "non_neg" | "unit_norm" | "min_max_norm";
}

/** What depthwise and separable convolutions have in common: filters of each channel's own. */
export abstract class DepthwiseFiltering extends Filtering {
  readonly depthMultiplier: number;
  readonly #depthwise: WeightArguments;

  constructor(options: DepthwiseConvolutionOptions, dimensions: 1 | 2) {
    super(options, dimensions);
    this.depthMultiplier = checkCount(options.depthMultiplier ?? 1, "depthMultiplier");
    const { depthwiseInitializer: initializer, depthwiseRegularizer: regularizer } = options;
    const { depthwiseConstraint: constraint } = options;
    this.#depthwise = weightArguments({ initializer, regularizer, constraint }, "glorotUniform");
  }

  protected addDepthwise(name: string, channels: number): Weight {
    return this.addWeight(name, { shape: [...this.kernelSize, channels, this.depthMultiplier], ...this.#depthwise });
  }

  /** Each channel's filters at all positions. */
  protected filtered(x: tf.Tensor, kernel: Weight): tf.Tensor {
    const { strides, padding, dilations } = this;
    return depthwiseConvolution(x, kernel.variable, { strides, padding, dilations });
  }

  /**
   * The output's positions.
   *
   * @throws {RangeError} where not a single window fits.
   */
  protected positionsOf(shape: Shape): Shape {
    const { kernelSize: size, strides, padding, dilations } = this;
    return windowCounts(shape.slice(1, -1), { size, strides, padding, dilations }, this.name);
  }

  override getConfig(): Record<string, unknown> {
    return {
      ...super.getConfig(),
      depth_multiplier: this.depthMultiplier,
      ...weightConfig("depthwise", this.#depthwise),
    };
  }
}

/** What the depthwise convolutions of one and two dimensions have in common. */
abstract class DepthwiseConvolution extends DepthwiseFiltering {
  kernel?: Weight;

  override build(inputShape: Shape | Shape[]): void {
    const shape = singleShape(inputShape, this);
    const channels = this.channelsOf(shape);
    this.positionsOf(shape);
    this.kernel = this.addDepthwise("kernel", channels);
    this.addBias(channels * this.depthMultiplier);
  }

  override call(inputs: Tensors): tf.Tensor {
    return this.finish(this.filtered(single(inputs, this), this.kernel!));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = singleShape(inputShape, this);
    return [shape[0], ...this.positionsOf(shape), this.channelsOf(shape) * this.depthMultiplier];
  }
}

/** Filters along a sequence, each for one channel. Keras: `DepthwiseConv1D`. */
export class DepthwiseConv1D extends DepthwiseConvolution {
  constructor(options: DepthwiseConvolutionOptions) {
    super(options, 1);
  }
}

/** Filters over an image, each for one channel. Keras: `DepthwiseConv2D`. */
export class DepthwiseConv2D extends DepthwiseConvolution {
  constructor(options: DepthwiseConvolutionOptions) {
    super(options, 2);
  }
}

/** Filters along a sequence, each for one channel: `[batch, steps, channels]` → `[batch, …, channels · depthMultiplier]`. */
export function depthwiseConv1d(options: DepthwiseConvolutionOptions): DepthwiseConv1D {
  return new DepthwiseConv1D(options);
}

/**
 * Filters over an image, each for one channel: `[batch, height, width, channels]` →
 * `[batch, new height, new width, channels · depthMultiplier]`.
 *
 * Weights: kernel `[height, width, channels, depthMultiplier]`, bias `[channels · depthMultiplier]`.
 *
 * @throws {RangeError} for arguments out of range, and for an input too small for a single window.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const conv = layers.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2 });
 * assertEquals(conv.apply(tf.ones([1, 8, 8, 3])).shape, [1, 6, 6, 6]);
 * ```
 */
export function depthwiseConv2d(options: DepthwiseConvolutionOptions): DepthwiseConv2D {
  return new DepthwiseConv2D(options);
}
