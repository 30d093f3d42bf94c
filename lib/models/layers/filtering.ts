import { tf } from "baeum/tensors";
import { type ActivationName, activationNameOf, activationOf } from "../activations/mod.ts";
import type { Constraint } from "../constraints/mod.ts";
import type { Initializer, InitializerName } from "../initializers/mod.ts";
import { Layer, type LayerOptions } from "../layer.ts";
import { type Regularizer, regularizerOf } from "../regularizers/mod.ts";
import { serialized } from "../serialized.ts";
import { formatShape, type Shape } from "../shape.ts";
import type { Weight } from "../weight.ts";
import { type WeightArguments, weightArguments, weightConfig } from "./weight_arguments.ts";
import { checkPadding, checkRank, perDimension } from "./window.ts";

/** Arguments that transposed, depthwise and separable convolutions have in common. */
export interface FilteringOptions extends LayerOptions {
  /** The window: one number for all dimensions, or one for each. */
  kernelSize: number | number[];
  /** How far the window moves (default 1). */
  strides?: number | number[];
  /** `"valid"` (default): only whole windows; `"same"`: zeros around. */
  padding?: "valid" | "same";
  /** The distance between the numbers a window looks at (default 1). */
  dilationRate?: number | number[];
  /** What follows (default `"linear"`: nothing). */
  activation?: ActivationName;
  /** Whether each filter adds a bias (default true). */
  useBias?: boolean;
  /** How the bias begins (default `"zeros"`). */
  biasInitializer?: Initializer | InitializerName;
  biasRegularizer?: Regularizer | "l1" | "l2" | "l1_l2";
  biasConstraint?: Constraint | "max_norm" | "non_neg" | "unit_norm" | "min_max_norm";
  /** A penalty on the layer's output. */
  activityRegularizer?: Regularizer | "l1" | "l2" | "l1_l2";
}

/** Filters that move over positions, as transposed, depthwise and separable convolutions have them. */
export abstract class Filtering extends Layer {
  readonly kernelSize: number[];
  readonly strides: number[];
  readonly padding: "valid" | "same";
  readonly dilations: number[];
  readonly activation: string;
  readonly useBias: boolean;
  bias?: Weight;
  override supportsMasking = false;
  protected readonly dimensions: 1 | 2 | 3;
  readonly #bias: WeightArguments;

  constructor(options: FilteringOptions, dimensions: 1 | 2 | 3) {
    super(options);
    const { padding = "valid", activation = "linear", useBias = true } = options;
    checkPadding(padding);
    this.kernelSize = perDimension(options.kernelSize, dimensions, "kernelSize");
    this.strides = perDimension(options.strides ?? 1, dimensions, "strides");
    this.dilations = perDimension(options.dilationRate ?? 1, dimensions, "dilationRate");
    this.padding = padding;
    this.activation = activationNameOf(activation);
    this.useBias = useBias;
    this.dimensions = dimensions;
    const { biasInitializer: initializer, biasRegularizer: regularizer, biasConstraint: constraint } = options;
    this.#bias = weightArguments({ initializer, regularizer, constraint }, "zeros");
    this.activityRegularizer = options.activityRegularizer && regularizerOf(options.activityRegularizer);
  }

  /** The number of channels of an input of the right rank. */
  protected channelsOf(shape: Shape): number {
    checkRank(shape, this.dimensions, this.name);
    const channels = shape.at(-1);
    if (channels) return channels;
    throw new RangeError(`"${this.name}" needs a known number of channels. Received: ${formatShape(shape)}`);
  }

  protected addBias(length: number): void {
    if (this.useBias) this.bias = this.addWeight("bias", { shape: [length], ...this.#bias });
  }

  /** Adds the bias and applies the activation. */
  protected finish(y: tf.Tensor): tf.Tensor {
    return activationOf(this.activation as ActivationName)(this.bias ? tf.add(y, this.bias.variable) : y);
  }

  override getConfig(): Record<string, unknown> {
    return {
      ...super.getConfig(),
      kernel_size: this.kernelSize,
      strides: this.strides,
      padding: this.padding,
      data_format: "channels_last",
      dilation_rate: this.dilations,
      activation: this.activation,
      use_bias: this.useBias,
      ...weightConfig("bias", this.#bias),
      activity_regularizer: serialized("regularizers", this.activityRegularizer),
    };
  }
}

/** @throws {RangeError} for a count that is no whole number of at least 1. */
export function checkCount(count: number, what: string): number {
  if (Number.isInteger(count) && count >= 1) return count;
  throw new RangeError(`${what} is a whole number of at least 1. Received: ${count}`);
}
