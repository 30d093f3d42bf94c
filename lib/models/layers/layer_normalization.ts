import { tf } from "baeum/tensors";
import { single, singleShape, type Tensors } from "../layer.ts";
import type { Shape } from "../shape.ts";
import { Affine, type AffineOptions } from "./affine.ts";
import { axesOf, lengthsAlong, stretchedAlong } from "./axes.ts";

/** Arguments of {@linkcode layerNormalization}. */
export interface LayerNormalizationOptions extends AffineOptions {
  /** The axis, or several, over which mean and variance are taken (default −1, the last). */
  axis?: number | number[];
  /**
   * Whether the mean stays and the input is only divided by the root of its variance; without beta (default false). As in
   * Keras, where it is deprecated, this is not the root mean square.
   */
  rmsScaling?: boolean;
}

/** Each sample brought to mean 0 and variance 1 by itself. Keras: `LayerNormalization`. */
export class LayerNormalization extends Affine {
  /** As given; a rising list once the layer is built. */
  axis: number | number[];
  readonly rmsScaling: boolean;

  constructor(options: LayerNormalizationOptions = {}) {
    super(options);
    this.axis = options.axis ?? -1;
    this.rmsScaling = options.rmsScaling ?? false;
  }

  override build(inputShape: Shape | Shape[]): void {
    const inputs = singleShape(inputShape, this);
    const shape = lengthsAlong(axesOf(this.axis, inputs, this.name), inputs, this.name);
    this.axis = [this.axis].flat().toSorted((a, b) => a - b);
    if (this.scale || this.rmsScaling) this.addGamma(shape);
    if (this.center && !this.rmsScaling) this.addBeta(shape);
  }

  override call(inputs: Tensors): tf.Tensor {
    const x = single(inputs, this);
    const axes = axesOf(this.axis, x.shape, this.name);
    const stretched = (weight: tf.Tensor) =>
      axes.length === 1 && axes[0] === x.rank - 1 ? weight : weight.reshape(stretchedAlong(axes, weight.shape, x.rank));
    const apart = x.sub(tf.mean(x, axes, true));
    const root = tf.rsqrt(tf.mean(tf.square(apart), axes, true).add(this.epsilon));
    const y = (this.rmsScaling ? x : apart).mul(root);
    const scaled = this.gamma ? y.mul(stretched(this.gamma.variable)) : y;
    return this.beta ? scaled.add(stretched(this.beta.variable)) : scaled;
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), axis: this.axis, rms_scaling: this.rmsScaling };
  }
}

/**
 * Brings each sample (each step of a sequence, each pixel) to mean 0 and variance 1 along its last axis, then multiplies by
 * `gamma` and adds `beta`. Ba et al. 2016.
 *
 * Weights: gamma and beta, with the lengths of the axes.
 *
 * @throws {RangeError} when the input has no such axis, or its length is not known.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const y = layers.layerNormalization({ epsilon: 0 }).apply(tf.tensor2d([[1, 3], [10, 30]])).dataSync();
 * assertAlmostEquals(y[0], -1, 1e-6);
 * assertAlmostEquals(y[2], -1, 1e-6);
 * ```
 */
export function layerNormalization(options: LayerNormalizationOptions = {}): LayerNormalization {
  return new LayerNormalization(options);
}
