import { convolution, fusesActivation } from "baeum/engine";
import type { tf } from "baeum/tensors";
import { type ActivationName, activationOf } from "../activations/mod.ts";
import type { Constraint } from "../constraints/mod.ts";
import type { Initializer, InitializerName } from "../initializers/mod.ts";
import { single, singleShape, type Tensors } from "../layer.ts";
import type { Regularizer } from "../regularizers/mod.ts";
import type { Shape } from "../shape.ts";
import type { Weight } from "../weight.ts";
import { type DepthwiseConvolutionOptions, DepthwiseFiltering } from "./depthwise_convolution.ts";
import { checkCount } from "./filtering.ts";
import { type WeightArguments, weightArguments, weightConfig } from "./weight_arguments.ts";

/** Arguments of the separable convolutions. */
export interface SeparableConvolutionOptions extends DepthwiseConvolutionOptions {
  /** The number of output channels. */
  filters: number;
  /** How the kernel that mixes the channels begins (default `"glorotUniform"`). */
  pointwiseInitializer?: Initializer | InitializerName;
  pointwiseRegularizer?: Regularizer | "l1" | "l2" | "l1_l2";
  pointwiseConstraint?: Constraint | "max_norm" | "non_neg" | "unit_norm" | "min_max_norm";
}

/** What the separable convolutions of one and two dimensions have in common. */
abstract class SeparableConvolution extends DepthwiseFiltering {
  readonly filters: number;
  depthwiseKernel?: Weight;
  pointwiseKernel?: Weight;
  readonly #pointwise: WeightArguments;

  constructor(options: SeparableConvolutionOptions, dimensions: 1 | 2) {
    super(options, dimensions);
    this.filters = checkCount(options.filters, "filters");
    const { pointwiseInitializer: initializer, pointwiseRegularizer: regularizer } = options;
    const { pointwiseConstraint: constraint } = options;
    this.#pointwise = weightArguments({ initializer, regularizer, constraint }, "glorotUniform");
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = singleShape(inputShape, this);
    const channels = this.channelsOf(shape);
    this.positionsOf(shape);
    this.depthwiseKernel = this.addDepthwise("depthwise_kernel", channels);
    this.pointwiseKernel = this.addWeight("pointwise_kernel", {
      shape: [...this.kernelSize.map(() => 1), channels * this.depthMultiplier, this.filters],
      ...this.#pointwise,
    });
    this.addBias(this.filters);
  }

  override call(inputs: Tensors): tf.Tensor {
    const apart = this.filtered(single(inputs, this), this.depthwiseKernel!);
    const fused = fusesActivation(this.activation);
    const bias = this.bias?.variable as tf.Tensor1D | undefined;
    const y = convolution(apart, this.pointwiseKernel!.variable, bias, fused ? this.activation : "linear");
    return fused ? y : activationOf(this.activation as ActivationName)(y);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = singleShape(inputShape, this);
    return [shape[0], ...this.positionsOf(shape), this.filters];
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), filters: this.filters, ...weightConfig("pointwise", this.#pointwise) };
  }
}

/** Filters along a sequence, each for one channel, then mixed. Keras: `SeparableConv1D`. */
export class SeparableConv1D extends SeparableConvolution {
  constructor(options: SeparableConvolutionOptions) {
    super(options, 1);
  }
}

/** Filters over an image, each for one channel, then mixed. Keras: `SeparableConv2D`. */
export class SeparableConv2D extends SeparableConvolution {
  constructor(options: SeparableConvolutionOptions) {
    super(options, 2);
  }
}

/** Filters along a sequence, each for one channel, then mixed: `[batch, steps, channels]` → `[batch, …, filters]`. */
export function separableConv1d(options: SeparableConvolutionOptions): SeparableConv1D {
  return new SeparableConv1D(options);
}

/**
 * Filters over an image, each for one channel, then mixed by a convolution of one pixel: fewer weights than a full
 * convolution. `[batch, height, width, channels]` → `[batch, new height, new width, filters]`.
 *
 * Weights: depthwise kernel `[height, width, channels, depthMultiplier]`, pointwise kernel
 * `[1, 1, channels · depthMultiplier, filters]`, bias `[filters]`.
 *
 * @throws {RangeError} for arguments out of range, and for an input too small for a single window.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const conv = layers.separableConv2d({ filters: 32, kernelSize: 3 });
 * assertEquals(conv.apply(tf.ones([1, 8, 8, 3])).shape, [1, 6, 6, 32]);
 * assertEquals(conv.countParams(), 3 * 3 * 3 + 3 * 32 + 32);
 * ```
 */
export function separableConv2d(options: SeparableConvolutionOptions): SeparableConv2D {
  return new SeparableConv2D(options);
}
