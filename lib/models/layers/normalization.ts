import { tf } from "baeum/tensors";
import { Layer, type LayerOptions, single, singleShape, type Tensors } from "../layer.ts";
import { formatShape, type Shape } from "../shape.ts";
import { type DataArray, tensorColumnsOf } from "../training/model_data.ts";
import type { Weight } from "../weight.ts";
import { axesOf, lengthsAlong, stretchedAlong } from "./axes.ts";
import { Moments } from "./moments.ts";

/** A number, or nested lists of them. */
type Numbers = number | Numbers[];

/** Arguments of {@linkcode normalization}. */
export interface NormalizationOptions extends LayerOptions {
  /** The axes with a mean and variance for each position (default −1, the features); null: one for all numbers. */
  axis?: number | number[] | null;
  /** The mean, where it is known; then the variance is needed, too, and `adapt` is not. */
  mean?: Numbers | null;
  /** The variance, of the mean's shape. */
  variance?: Numbers | null;
  /** Whether it goes back: from mean 0 and variance 1 to the data's (default false). */
  invert?: boolean;
}

/** Keras' epsilon: what a standard deviation is at least taken to be. */
const LEAST_DEVIATION = 1e-7;

/** Features brought to mean 0 and variance 1 by what the data has shown. Keras: `Normalization`. */
export class Normalization extends Layer {
  readonly axis: number[];
  readonly mean: Numbers | null;
  readonly variance: Numbers | null;
  readonly invert: boolean;
  #adapted?: { mean: Weight; variance: Weight };

  constructor(options: NormalizationOptions = {}) {
    super(options);
    const { axis = -1, mean = null, variance = null, invert = false } = options;
    this.axis = axis === null ? [] : [axis].flat();
    if ((mean === null) !== (variance === null)) {
      throw new TypeError(
        `mean and variance are given together. Received: ${mean === null ? "a variance" : "a mean"} alone`,
      );
    }
    const [rank, shapes] = [shapeOf(mean).length, [mean, variance].map((given) => formatShape(shapeOf(given)))];
    if (shapes[0] !== shapes[1] || rank > this.axis.length) {
      throw new RangeError(
        `mean and variance have the same shape, of at most ${this.axis.length} dimensions, as axis has. ` +
          `Received: ${shapes.join(" and ")}`,
      );
    }
    this.mean = mean;
    this.variance = variance;
    this.invert = invert;
  }

  override build(inputShape: Shape | Shape[]): void {
    const inputs = singleShape(inputShape, this);
    const shape = lengthsAlong(axesOf(this.axis, inputs, this.name), inputs, this.name);
    if (this.mean !== null) return;
    this.#adapted = {
      mean: this.addWeight("mean", { shape, initializer: "zeros", trainable: false }),
      variance: this.addWeight("variance", { shape, initializer: "ones", trainable: false }),
    };
    // Keras has had no use for it since version 2, but its files hold it.
    this.addWeight("count", { shape: [], initializer: "zeros", trainable: false });
  }

  /**
   * Takes mean and variance from data, `[samples, …]`; a list of tensors stands for batches of one data set.
   *
   * @throws {Error} when the layer was given its mean and variance.
   * @throws {RangeError} when there is no number in the data, or its shape is another than the layer was built for.
   */
  adapt(data: DataArray | tf.Tensor[]): void {
    if (this.mean !== null) {
      throw new Error(`"${this.name}" was given its mean and variance: there is nothing to adapt`);
    }
    const { tensors, dispose } = tensorColumnsOf(data, { names: undefined, what: "batches" });
    try {
      const moments = tensors.reduce((sum, x) => sum.add(this.#momentsOf(x)), new Moments([], [], 0));
      if (moments.count === 0) throw new RangeError(`"${this.name}" cannot adapt to data without a number`);
      this.#adapted!.mean.assign(Float32Array.from(moments.mean));
      this.#adapted!.variance.assign(Float32Array.from(moments.variance));
    } finally {
      dispose();
    }
  }

  #momentsOf(x: tf.Tensor): Moments {
    this.ensureBuilt([null, ...x.shape.slice(1)]);
    const axes = axesOf(this.axis, x.shape, this.name);
    const lengths = axes.map((axis) => x.shape[axis]);
    if (lengths.join() !== this.#adapted!.mean.shape.join()) {
      throw new RangeError(
        `"${this.name}" was built for ${formatShape(this.buildShape as Shape)}. Received data of the shape ` +
          formatShape(x.shape),
      );
    }
    const others = x.shape.map((_, i) => i).filter((i) => !axes.includes(i));
    const kept = tf.tidy(() => tf.transpose(x, [...others, ...axes]).dataSync());
    return Moments.of(kept, lengths.reduce((a, b) => a * b, 1));
  }

  override call(inputs: Tensors): tf.Tensor {
    const x = single(inputs, this).toFloat();
    const [mean, variance] = this.#statistics(x.shape);
    const deviation = tf.maximum(tf.sqrt(variance), LEAST_DEVIATION);
    return this.invert ? x.mul(deviation).add(mean) : x.sub(mean).div(deviation);
  }

  /** Mean and variance in a shape that stretches over the input. */
  #statistics(shape: number[]): [mean: tf.Tensor, variance: tf.Tensor] {
    const axes = axesOf(this.axis, shape, this.name);
    const stretched = (values: tf.Tensor) => {
      const along = axes.slice(axes.length - values.rank);
      return values.reshape(stretchedAlong(along, values.shape, shape.length));
    };
    if (this.#adapted) return [stretched(this.#adapted.mean.variable), stretched(this.#adapted.variance.variable)];
    return [this.mean, this.variance].map((given) => stretched(tf.tensor(given as number[]))) as [tf.Tensor, tf.Tensor];
  }

  override getConfig(): Record<string, unknown> {
    return {
      ...super.getConfig(),
      axis: this.axis,
      invert: this.invert,
      mean: this.mean,
      variance: this.variance,
    };
  }
}

function shapeOf(numbers: Numbers | null): number[] {
  return Array.isArray(numbers) ? [numbers.length, ...shapeOf(numbers[0])] : [];
}

/**
 * Brings each feature to mean 0 and variance 1: `(x − mean) / √variance`.
 *
 * Mean and variance come from `adapt(data)`, which is called before the model is trained, or are given. Training does not
 * change them. Weights: mean and variance with the lengths of the axes, and Keras' unused count.
 *
 * @throws {TypeError} when only one of mean and variance is given.
 * @throws {RangeError} when their shapes differ.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const normalize = layers.normalization();
 * normalize.adapt([[0, 5], [2, 9]]);
 * assertEquals(normalize.apply(tf.tensor2d([[2, 9]])).arraySync(), [[1, 1]]);
 * ```
 */
export function normalization(options: NormalizationOptions = {}): Normalization {
  return new Normalization(options);
}
