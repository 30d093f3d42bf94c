import { dense, dropoutMask, RandomState } from "baeum/engine";
import { nextSeed, tf } from "baeum/tensors";
import { type ActivationName, activationNameOf, activationOf } from "../activations/mod.ts";
import type { Initializer } from "../initializers/mod.ts";
import { type CallContext, Layer, singleShape, type Tensors } from "../layer.ts";
import { formatShape, type Shape } from "../shape.ts";
import type { Weight } from "../weight.ts";
import { checkCount } from "./filtering.ts";
import type { RecurrentOptions } from "./recurrent_options.ts";
import { type WeightArguments, weightArguments, weightConfig } from "./weight_arguments.ts";

/** What comes of a time step's projected input and the states before it: the new states, the output first. */
export type TimeStep = (x: tf.Tensor, states: tf.Tensor[]) => tf.Tensor[];

/** What a recurrent layer does at a time step; it holds the weights. */
export abstract class RecurrentCell extends Layer {
  readonly units: number;
  readonly activation: string;
  readonly useBias: boolean;
  readonly dropout: number;
  readonly recurrentDropout: number;
  /** How many states are handed from step to step. */
  abstract readonly stateCount: number;
  kernel?: Weight;
  recurrentKernel?: Weight;
  bias?: Weight;
  readonly random: RandomState;
  readonly #gates: number;
  readonly #kernel: WeightArguments;
  readonly #recurrent: WeightArguments;
  readonly #bias: WeightArguments;

  constructor(name: string, gates: number, options: RecurrentOptions) {
    super({ name, trainable: options.trainable });
    this.units = checkCount(options.units, "units");
    this.activation = activationNameOf(options.activation ?? "tanh");
    this.useBias = options.useBias ?? true;
    this.dropout = Math.min(1, Math.max(0, options.dropout ?? 0));
    this.recurrentDropout = Math.min(1, Math.max(0, options.recurrentDropout ?? 0));
    this.#gates = gates;
    const draws = this.dropout > 0 || this.recurrentDropout > 0;
    this.random = new RandomState(options.seed ?? (draws ? nextSeed() : 0));
    const { kernelInitializer, kernelRegularizer, kernelConstraint } = options;
    const { recurrentInitializer, recurrentRegularizer, recurrentConstraint } = options;
    const { biasInitializer, biasRegularizer, biasConstraint } = options;
    this.#kernel = weightArguments(
      { initializer: kernelInitializer, regularizer: kernelRegularizer, constraint: kernelConstraint },
      "glorotUniform",
    );
    this.#recurrent = weightArguments(
      { initializer: recurrentInitializer, regularizer: recurrentRegularizer, constraint: recurrentConstraint },
      "orthogonal",
    );
    this.#bias = weightArguments(
      { initializer: biasInitializer, regularizer: biasRegularizer, constraint: biasConstraint },
      "zeros",
    );
  }

  /** The bias' shape. */
  protected get biasShape(): number[] {
    return [this.#gates * this.units];
  }

  /** How the bias begins, from how it was asked to. */
  protected biasBegin(given: Initializer): Initializer {
    return given;
  }

  /** The bias that the projected inputs get. */
  protected inputBias(): tf.Tensor1D | undefined {
    return this.bias?.variable as tf.Tensor1D | undefined;
  }

  /** What is to be done at each time step of a batch. */
  abstract begin(batch: number, training: boolean): TimeStep;

  override build(inputShape: Shape | Shape[]): void {
    const shape = singleShape(inputShape, this);
    const features = shape.at(-1);
    if (!features) {
      throw new RangeError(`"${this.name}" needs a known number of features. Received: ${formatShape(shape)}`);
    }
    const width = this.#gates * this.units;
    this.kernel = this.addWeight("kernel", { shape: [features, width], ...this.#kernel });
    this.recurrentKernel = this.addWeight("recurrent_kernel", { shape: [this.units, width], ...this.#recurrent });
    if (!this.useBias) return;
    const initializer = this.biasBegin(this.#bias.initializer);
    this.bias = this.addWeight("bias", { ...this.#bias, shape: this.biasShape, initializer });
  }

  /** x · kernel + bias for all time steps at once: `[time, batch, features]` → for each step `[batch, gates · units]`. */
  project(x: tf.Tensor, training: boolean): tf.Tensor[] {
    const [time, batch, features] = x.shape;
    const masks = this.#masks(this.dropout, [1, batch, features], training);
    const width = this.#gates * this.units;
    const projected = this.#times(x, this.kernel!.variable, this.inputBias(), masks).reshape([time * batch, width]);
    return time === 1 ? [projected] : tf.split(projected, time);
  }

  /** h · (recurrent kernel) + bias as a function of h, for this batch; `from` and `to` choose gates. */
  protected recurrence(
    batch: number,
    training: boolean,
    bias?: tf.Tensor1D,
    from = 0,
    to = this.#gates,
  ): (h: tf.Tensor) => tf.Tensor {
    const { units, recurrentKernel } = this;
    const masks = this.#masks(this.recurrentDropout, [batch, units], training)?.slice(from, to);
    const whole = from === 0 && to === this.#gates;
    const kernel = whole
      ? recurrentKernel!.variable
      : tf.slice(recurrentKernel!.variable, [0, from * units], [units, (to - from) * units]);
    return (h) => this.#times(h, kernel, bias, masks);
  }

  /** The activation that makes the new state. */
  protected activate(x: tf.Tensor): tf.Tensor {
    return activationOf(this.activation as ActivationName)(x);
  }

  /** x · kernel + bias; with a mask for each gate, each gate gets its own x. */
  #times(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor1D | undefined, masks?: tf.Tensor[]): tf.Tensor {
    const product = (x: tf.Tensor, kernel: tf.Tensor, bias?: tf.Tensor1D) =>
      dense(x, kernel as tf.Tensor2D, bias, "linear");
    if (!masks) return product(x, kernel, bias);
    if (masks.length === 1) return product(x.mul(masks[0]), kernel, bias);
    const kernels = tf.split(kernel, masks.length, 1);
    const biases = bias && tf.split(bias, masks.length) as tf.Tensor1D[];
    return tf.concat(masks.map((mask, i) => product(x.mul(mask), kernels[i], biases?.[i])), -1);
  }

  /** One mask, or, where the state is dropped as well, one for each gate, as in Keras. */
  #masks(rate: number, shape: number[], training: boolean): tf.Tensor[] | undefined {
    // Keras' gated cells do not drop at all where all would be dropped.
    if (!training || rate === 0 || (rate === 1 && this.#gates > 1)) return undefined;
    const count = this.recurrentDropout > 0 ? this.#gates : 1;
    return Array.from(
      { length: count },
      () => rate === 1 ? tf.zeros(shape) : dropoutMask(shape, rate, this.random),
    );
  }

  /** One time step: `[x, …states]` → the new states, the output first. */
  override call(inputs: Tensors, { training }: CallContext): tf.Tensor[] {
    const [x, ...states] = [inputs].flat();
    const [projected] = this.project(x.expandDims(0), training);
    return this.begin(x.shape[0], training)(projected, states);
  }

  /** The arguments, as the layer's config has them. */
  argumentsConfig(): Record<string, unknown> {
    return {
      units: this.units,
      activation: this.activation,
      use_bias: this.useBias,
      ...weightConfig("kernel", this.#kernel),
      ...weightConfig("recurrent", this.#recurrent),
      ...weightConfig("bias", this.#bias),
      dropout: this.dropout,
      recurrent_dropout: this.recurrentDropout,
    };
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), ...this.argumentsConfig() };
  }
}
