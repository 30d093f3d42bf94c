import { transposedConvolution } from "baeum/engine";
import type { tf } from "baeum/tensors";
import type { Constraint } from "../constraints/mod.ts";
import type { Initializer, InitializerName } from "../initializers/mod.ts";
import { single, singleShape, type Tensors } from "../layer.ts";
import type { Regularizer } from "../regularizers/mod.ts";
import { formatShape, type Shape } from "../shape.ts";
import type { Weight } from "../weight.ts";
import { checkCount, Filtering, type FilteringOptions } from "./filtering.ts";
import { type WeightArguments, weightArguments, weightConfig } from "./weight_arguments.ts";

/** Arguments of the transposed convolutions. */
export interface ConvolutionTransposeOptions extends FilteringOptions {
  /** The number of filters, which is the number of output channels. */
  filters: number;
  /** How many positions are added at the end, less than `strides` (default: as many as `padding` asks for). */
  outputPadding?: number | number[] | null;
  /** How the kernel begins (default `"glorotUniform"`). */
  kernelInitializer?: Initializer | InitializerName;
  kernelRegularizer?: Regularizer | "l1" | "l2" | "l1_l2";
  kernelConstraint?: Constraint | "max_norm" | "non_neg" | "unit_norm" | "min_max_norm";
}

/** What the transposed convolutions of one, two and three dimensions have in common. */
abstract class ConvolutionTranspose extends Filtering {
  readonly filters: number;
  readonly outputPadding: number[] | null;
  kernel?: Weight;
  readonly #kernel: WeightArguments;

  constructor(options: ConvolutionTransposeOptions, dimensions: 1 | 2 | 3) {
    super(options, dimensions);
    this.filters = checkCount(options.filters, "filters");
    this.outputPadding = outputPaddingOf(options.outputPadding ?? null, this.strides);
    if (this.strides.some((n) => n > 1) && this.dilations.some((n) => n > 1)) {
      throw new RangeError(
        `strides and dilationRate cannot both be above 1. Received: ${this.strides} and ${this.dilations}`,
      );
    }
    const { kernelInitializer: initializer, kernelRegularizer: regularizer, kernelConstraint: constraint } = options;
    this.#kernel = weightArguments({ initializer, regularizer, constraint }, "glorotUniform");
  }

  override build(inputShape: Shape | Shape[]): void {
    const channels = this.channelsOf(singleShape(inputShape, this));
    this.kernel = this.addWeight("kernel", { shape: [...this.kernelSize, this.filters, channels], ...this.#kernel });
    this.addBias(this.filters);
  }

  override call(inputs: Tensors): tf.Tensor {
    const x = single(inputs, this);
    const positions = this.#positions(x.shape.slice(1, -1)) as number[];
    const { strides, padding, dilations } = this;
    const y = transposedConvolution(x, this.kernel!.variable, positions, { strides, padding, dilations });
    return this.finish(y);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, ...rest] = singleShape(inputShape, this);
    return [batch, ...this.#positions(rest.slice(0, -1)), this.filters];
  }

  #positions(positions: Shape): Shape {
    return positions.map((length, i) => {
      if (length === null) return null;
      const [stride, span] = [this.strides[i], (this.kernelSize[i] - 1) * this.dilations[i] + 1];
      const more = this.outputPadding?.[i];
      if (this.padding === "valid") {
        return (length - 1) * stride + (more === undefined ? Math.max(span, stride) : span + more);
      }
      if (more === undefined) return length * stride;
      const given = (length - 1) * stride + span % 2 + more;
      // A convolution with "same" padding must come back from the output's length to the input's.
      if (Math.ceil(given / stride) === length) return given;
      throw new RangeError(
        `"${this.name}": with padding "same", strides ${stride} and a window of ${span}, outputPadding ${more} leads from ` +
          `positions ${
            formatShape(positions)
          } to a length, ${given}, that they cannot come from. Choose another one, or none`,
      );
    });
  }

  override getConfig(): Record<string, unknown> {
    return {
      ...super.getConfig(),
      filters: this.filters,
      output_padding: this.outputPadding,
      ...weightConfig("kernel", this.#kernel),
    };
  }
}

function outputPaddingOf(given: number | number[] | null, strides: number[]): number[] | null {
  if (given === null) return null;
  const list = Array.isArray(given) ? given : strides.map(() => given);
  if (list.length === strides.length && list.every((n, i) => Number.isInteger(n) && n >= 0 && n < strides[i])) {
    return list;
  }
  throw new RangeError(
    `outputPadding is a whole number from 0 to less than strides (${strides}), for each dimension. ` +
      `Received: ${JSON.stringify(given)}`,
  );
}

/** A convolution along a sequence backwards. Keras: `Conv1DTranspose`. */
export class Conv1DTranspose extends ConvolutionTranspose {
  constructor(options: ConvolutionTransposeOptions) {
    super(options, 1);
  }
}

/** A convolution over an image backwards. Keras: `Conv2DTranspose`. */
export class Conv2DTranspose extends ConvolutionTranspose {
  constructor(options: ConvolutionTransposeOptions) {
    super(options, 2);
  }
}

/** A convolution through a volume backwards. Keras: `Conv3DTranspose`. */
export class Conv3DTranspose extends ConvolutionTranspose {
  constructor(options: ConvolutionTransposeOptions) {
    super(options, 3);
  }
}

/**
 * A convolution backwards, from few steps to many: `[batch, steps, channels]` → `[batch, steps · strides, filters]` with
 * `padding: "same"`.
 */
export function conv1dTranspose(options: ConvolutionTransposeOptions): Conv1DTranspose {
  return new Conv1DTranspose(options);
}

/**
 * A convolution backwards, from a small image to a large one: `[batch, height, width, channels]` →
 * `[batch, height · strides, width · strides, filters]` with `padding: "same"`. Zeiler et al. 2010.
 *
 * Weights: kernel `[height, width, filters, channels]`, bias `[filters]`.
 *
 * @throws {RangeError} for arguments out of range.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const grow = layers.conv2dTranspose({ filters: 3, kernelSize: 4, strides: 2, padding: "same" });
 * assertEquals(grow.apply(tf.ones([1, 7, 7, 8])).shape, [1, 14, 14, 3]);
 * ```
 */
export function conv2dTranspose(options: ConvolutionTransposeOptions): Conv2DTranspose {
  return new Conv2DTranspose(options);
}

/**
 * A convolution backwards, from a small volume to a large one: `[batch, depth, height, width, channels]` →
 * `[batch, …, filters]`.
 */
export function conv3dTranspose(options: ConvolutionTransposeOptions): Conv3DTranspose {
  return new Conv3DTranspose(options);
}
