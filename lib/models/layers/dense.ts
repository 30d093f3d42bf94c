import { dense as denseOp, fusesActivation } from "baeum/engine";
import { tf } from "baeum/tensors";
import { type ActivationName, activationNameOf, activationOf, rememberLogits } from "../activations/mod.ts";
import type { Constraint } from "../constraints/mod.ts";
import type { Initializer, InitializerName } from "../initializers/mod.ts";
import { Layer, type LayerOptions, single, singleShape, type Tensors } from "../layer.ts";
import { type Regularizer, regularizerOf } from "../regularizers/mod.ts";
import { serialized } from "../serialized.ts";
import { formatShape, type Shape } from "../shape.ts";
import type { Weight } from "../weight.ts";
import { type WeightArguments, weightArguments, weightConfig } from "./weight_arguments.ts";

/** Arguments of {@linkcode dense}. */
export interface DenseOptions extends LayerOptions {
  /** The number of outputs, a whole number ≥ 1. */
  units: number;
  /** What follows the linear part (default `"linear"`: nothing). */
  activation?: ActivationName;
  /** Whether a bias is added (default true). */
  useBias?: boolean;
  /** How the kernel begins (default `"glorotUniform"`). */
  kernelInitializer?: Initializer | InitializerName;
  /** How the bias begins (default `"zeros"`). */
  biasInitializer?: Initializer | InitializerName;
  kernelRegularizer?: Regularizer | "l1" | "l2" | "l1_l2";
  biasRegularizer?: Regularizer | "l1" | "l2" | "l1_l2";
  /** A penalty on the layer's output. */
  activityRegularizer?: Regularizer | "l1" | "l2" | "l1_l2";
  kernelConstraint?: Constraint | "max_norm" | "non_neg" | "unit_norm" | "min_max_norm";
  biasConstraint?: Constraint | "max_norm" | "non_neg" | "unit_norm" | "min_max_norm";
}

/** `activation(x · kernel + bias)`: every input is connected with every output. Keras: `Dense`. */
export class Dense extends Layer {
  readonly units: number;
  readonly activation: string;
  readonly useBias: boolean;
  kernel?: Weight;
  bias?: Weight;
  readonly #kernel: WeightArguments;
  readonly #bias: WeightArguments;

  constructor(options: DenseOptions) {
    super(options);
    const { units, activation = "linear", useBias = true } = options;
    if (!Number.isInteger(units) || units < 1) {
      throw new RangeError(`units is the number of outputs, a whole number of at least 1. Received: ${units}`);
    }
    this.units = units;
    this.activation = activationNameOf(activation);
    this.useBias = useBias;
    const { kernelInitializer, kernelRegularizer, kernelConstraint } = options;
    const { biasInitializer, biasRegularizer, biasConstraint } = options;
    const kernel = { initializer: kernelInitializer, regularizer: kernelRegularizer, constraint: kernelConstraint };
    const bias = { initializer: biasInitializer, regularizer: biasRegularizer, constraint: biasConstraint };
    this.#kernel = weightArguments(kernel, "glorotUniform");
    this.#bias = weightArguments(bias, "zeros");
    this.activityRegularizer = options.activityRegularizer && regularizerOf(options.activityRegularizer);
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = singleShape(inputShape, this);
    const last = shape.at(-1);
    if (shape.length < 2 || last === null || last === undefined) {
      throw new RangeError(
        `"${this.name}" needs an input [batch, …, features] with a known number of features. ` +
          `Received: ${formatShape(shape)}`,
      );
    }
    this.kernel = this.addWeight("kernel", { shape: [last, this.units], ...this.#kernel });
    if (this.useBias) this.bias = this.addWeight("bias", { shape: [this.units], ...this.#bias });
  }

  override call(inputs: Tensors): tf.Tensor {
    const x = single(inputs, this);
    const [kernel, bias] = [this.kernel!.variable as tf.Tensor2D, this.bias?.variable as tf.Tensor1D | undefined];
    if (x.shape.at(-1) !== kernel.shape[0]) {
      throw new RangeError(
        `"${this.name}" was built for ${kernel.shape[0]} features. Received an input of shape [${x.shape}]`,
      );
    }
    if (!fusesActivation(this.activation)) {
      return activationOf(this.activation as ActivationName)(denseOp(x, kernel, bias, "linear"));
    }
    const y = denseOp(x, kernel, bias, this.activation);
    if (this.activation === "sigmoid") {
      rememberLogits(y, { activation: "sigmoid", logits: () => denseOp(x, kernel, bias, "linear") });
    }
    return y;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...singleShape(inputShape, this).slice(0, -1), this.units];
  }

  override getConfig(): Record<string, unknown> {
    return {
      ...super.getConfig(),
      units: this.units,
      activation: this.activation,
      use_bias: this.useBias,
      ...weightConfig("kernel", this.#kernel),
      ...weightConfig("bias", this.#bias),
      ...(this.activityRegularizer && { activity_regularizer: serialized("regularizers", this.activityRegularizer) }),
      quantization_config: null,
    };
  }
}

/**
 * A fully connected layer: `activation(x · kernel + bias)`.
 *
 * Input `[batch, …, features]`, output `[batch, …, units]`. Weights: kernel `[features, units]`, bias `[units]`.
 *
 * @throws {RangeError} if `units` is not a whole number of at least 1, or a name is unknown.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const dense = layers.dense({ units: 2, activation: "relu", kernelInitializer: "ones" });
 * assertEquals(dense.apply(tf.tensor2d([[1, 2, 3], [-1, 0, 0]])).arraySync(), [[6, 6], [0, 0]]);
 * ```
 */
export function dense(options: DenseOptions): Dense {
  return new Dense(options);
}
