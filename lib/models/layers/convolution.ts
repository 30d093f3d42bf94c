import { convolution, fusesActivation } from "baeum/engine";
import { tf } from "baeum/tensors";
import { type ActivationName, activationNameOf, activationOf } from "../activations/mod.ts";
import type { Constraint } from "../constraints/mod.ts";
import type { Initializer, InitializerName } from "../initializers/mod.ts";
import { Layer, type LayerOptions, single, singleShape, type Tensors } from "../layer.ts";
import { type Regularizer, regularizerOf } from "../regularizers/mod.ts";
import { serialized } from "../serialized.ts";
import type { Shape } from "../shape.ts";
import type { Weight } from "../weight.ts";
import { type WeightArguments, weightArguments, weightConfig } from "./weight_arguments.ts";
import { checkPadding, checkRank, perDimension, windowCounts } from "./window.ts";

/** Arguments of {@linkcode conv2d} and {@linkcode conv3d}; {@linkcode conv1d} knows causal padding, too. */
export interface ConvolutionLayerOptions extends LayerOptions {
  /** The number of filters, which is the number of output channels. */
  filters: number;
  /** The window: one number for all dimensions, or one for each. */
  kernelSize: number | number[];
  /** How far the window moves (default 1). */
  strides?: number | number[];
  /** `"valid"` (default): only whole windows; `"same"`: zeros around, as many windows as positions over `strides`. */
  padding?: "valid" | "same";
  /** The distance between the numbers a window looks at (default 1). */
  dilationRate?: number | number[];
  /** Into how many groups the channels are split, each with filters of its own (default 1). */
  groups?: number;
  /** What follows (default `"linear"`: nothing). */
  activation?: ActivationName;
  /** Whether each filter adds a bias (default true). */
  useBias?: boolean;
  /** How the kernel begins (default `"glorotUniform"`). */
  kernelInitializer?: Initializer | InitializerName;
  /** How the bias begins (default `"zeros"`). */
  biasInitializer?: Initializer | InitializerName;
  kernelRegularizer?: Regularizer | "l1" | "l2" | "l1_l2";
  biasRegularizer?: Regularizer | "l1" | "l2" | "l1_l2";
  activityRegularizer?: Regularizer | "l1" | "l2" | "l1_l2";
  kernelConstraint?: Constraint | "max_norm" | "non_neg" | "unit_norm" | "min_max_norm";
  biasConstraint?: Constraint | "max_norm" | "non_neg" | "unit_norm" | "min_max_norm";
}

/** Arguments of {@linkcode conv1d}. */
export interface Conv1DOptions extends Omit<ConvolutionLayerOptions, "padding"> {
  /** As for {@linkcode conv2d}, and `"causal"`: each output sees only what came before. */
  padding?: "valid" | "same" | "causal";
}

/** What the convolutions of one, two and three dimensions have in common. */
abstract class Convolution extends Layer {
  override supportsMasking = false;
  readonly filters: number;
  readonly kernelSize: number[];
  readonly strides: number[];
  readonly padding: "valid" | "same" | "causal";
  readonly dilations: number[];
  readonly groups: number;
  readonly activation: string;
  readonly useBias: boolean;
  kernel?: Weight;
  bias?: Weight;
  readonly #kernel: WeightArguments;
  readonly #bias: WeightArguments;
  readonly #dimensions: number;

  constructor(options: Conv1DOptions, dimensions: 1 | 2 | 3) {
    super(options);
    const { filters, groups = 1, padding = "valid", activation = "linear", useBias = true } = options;
    if (!Number.isInteger(groups) || groups < 1) {
      throw new RangeError(`groups is a whole number of at least 1. Received: ${groups}`);
    }
    if (!Number.isInteger(filters) || filters < 1 || filters % groups !== 0) {
      throw new RangeError(
        `filters is a whole number of at least 1 that groups (${groups}) divides. Received: ${filters}`,
      );
    }
    if (!(dimensions === 1 && padding === "causal")) checkPadding(padding);
    this.filters = filters;
    this.kernelSize = perDimension(options.kernelSize, dimensions, "kernelSize");
    this.strides = perDimension(options.strides ?? 1, dimensions, "strides");
    this.dilations = perDimension(options.dilationRate ?? 1, dimensions, "dilationRate");
    if (this.strides.some((n) => n > 1) && this.dilations.some((n) => n > 1)) {
      throw new RangeError(
        `strides and dilationRate cannot both be above 1. Received: ${this.strides} and ${this.dilations}`,
      );
    }
    this.padding = padding;
    this.groups = groups;
    this.activation = activationNameOf(activation);
    this.useBias = useBias;
    const { kernelInitializer, kernelRegularizer, kernelConstraint } = options;
    const { biasInitializer, biasRegularizer, biasConstraint } = options;
    const kernel = { initializer: kernelInitializer, regularizer: kernelRegularizer, constraint: kernelConstraint };
    const bias = { initializer: biasInitializer, regularizer: biasRegularizer, constraint: biasConstraint };
    this.#kernel = weightArguments(kernel, "glorotUniform");
    this.#bias = weightArguments(bias, "zeros");
    this.activityRegularizer = options.activityRegularizer && regularizerOf(options.activityRegularizer);
    this.#dimensions = dimensions;
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = singleShape(inputShape, this);
    checkRank(shape, this.#dimensions, this.name);
    const channels = shape.at(-1);
    if (!channels || channels % this.groups !== 0) {
      throw new RangeError(
        `"${this.name}" needs a known number of channels that groups (${this.groups}) divides. Received: ${channels}`,
      );
    }
    this.kernel = this.addWeight("kernel", {
      shape: [...this.kernelSize, channels / this.groups, this.filters],
      ...this.#kernel,
    });
    if (this.useBias) this.bias = this.addWeight("bias", { shape: [this.filters], ...this.#bias });
  }

  override call(inputs: Tensors): tf.Tensor {
    const x = this.#pad(single(inputs, this));
    const bias = this.bias?.variable as tf.Tensor1D | undefined;
    const fused = fusesActivation(this.activation);
    const y = this.#convolve(x, bias, fused ? this.activation : "linear");
    return fused ? y : activationOf(this.activation as ActivationName)(y);
  }

  /** Causal: as many zeros in front as the first window reaches back. */
  #pad(x: tf.Tensor): tf.Tensor {
    if (this.padding !== "causal") return x;
    return tf.pad(x, [[0, 0], [(this.kernelSize[0] - 1) * this.dilations[0], 0], [0, 0]]);
  }

  #convolve(x: tf.Tensor, bias: tf.Tensor1D | undefined, activation: string): tf.Tensor {
    const kernel = this.kernel!.variable;
    const padding = this.padding === "same" ? "same" : "valid";
    const options = { strides: this.strides, padding, dilations: this.dilations } as const;
    if (this.groups === 1) return convolution(x, kernel, bias, activation, options);
    const inputs = tf.split(x, this.groups, -1);
    const kernels = tf.split(kernel, this.groups, -1);
    const biases = bias && tf.split(bias, this.groups) as tf.Tensor1D[];
    return tf.concat(inputs.map((part, i) => convolution(part, kernels[i], biases?.[i], activation, options)), -1);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, ...rest] = singleShape(inputShape, this);
    const { kernelSize: size, strides, dilations } = this;
    const padding = this.padding === "valid" ? "valid" : "same";
    return [batch, ...windowCounts(rest.slice(0, -1), { size, strides, padding, dilations }, this.name), this.filters];
  }

  override getConfig(): Record<string, unknown> {
    return {
      ...super.getConfig(),
      filters: this.filters,
      kernel_size: this.kernelSize,
      strides: this.strides,
      padding: this.padding,
      data_format: "channels_last",
      dilation_rate: this.dilations,
      groups: this.groups,
      activation: this.activation,
      use_bias: this.useBias,
      ...weightConfig("kernel", this.#kernel),
      ...weightConfig("bias", this.#bias),
      activity_regularizer: serialized("regularizers", this.activityRegularizer),
    };
  }
}

/** Filters that move along a sequence. Keras: `Conv1D`. */
export class Conv1D extends Convolution {
  constructor(options: Conv1DOptions) {
    super(options, 1);
  }
}

/** Filters that move over an image. Keras: `Conv2D`. */
export class Conv2D extends Convolution {
  constructor(options: ConvolutionLayerOptions) {
    super(options, 2);
  }
}

/** Filters that move through a volume. Keras: `Conv3D`. */
export class Conv3D extends Convolution {
  constructor(options: ConvolutionLayerOptions) {
    super(options, 3);
  }
}

/**
 * Filters that move along a sequence: `[batch, steps, channels]` → `[batch, new steps, filters]`.
 *
 * @throws {RangeError} for arguments out of range, and for an input too short for a single window.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const conv = layers.conv1d({ filters: 4, kernelSize: 3, padding: "causal" });
 * assertEquals(conv.apply(tf.ones([2, 10, 5])).shape, [2, 10, 4]);
 * ```
 */
export function conv1d(options: Conv1DOptions): Conv1D {
  return new Conv1D(options);
}

/**
 * Filters that move over an image: `[batch, height, width, channels]` → `[batch, new height, new width, filters]`.
 *
 * Weights: kernel `[height, width, channels / groups, filters]`, bias `[filters]`.
 *
 * @throws {RangeError} for arguments out of range, and for an input too small for a single window.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const conv = layers.conv2d({ filters: 32, kernelSize: 3, activation: "relu" });
 * assertEquals(conv.apply(tf.ones([1, 28, 28, 1])).shape, [1, 26, 26, 32]);
 * assertEquals(conv.countParams(), 320);
 * ```
 */
export function conv2d(options: ConvolutionLayerOptions): Conv2D {
  return new Conv2D(options);
}

/**
 * Filters that move through a volume: `[batch, depth, height, width, channels]` → `[batch, …, filters]`.
 *
 * @throws {RangeError} for arguments out of range, and for an input too small for a single window.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const conv = layers.conv3d({ filters: 2, kernelSize: 2 });
 * assertEquals(conv.apply(tf.ones([1, 4, 4, 4, 1])).shape, [1, 3, 3, 3, 2]);
 * ```
 */
export function conv3d(options: ConvolutionLayerOptions): Conv3D {
  return new Conv3D(options);
}
