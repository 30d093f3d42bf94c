import { tf } from "baeum/tensors";
import { activationOf } from "../activations/mod.ts";
import { type CallContext, Layer, type LayerOptions, single, type Tensors } from "../layer.ts";

/** Arguments of {@linkcode softmax}. */
export interface SoftmaxOptions extends LayerOptions {
  /** The axis, or several, along which the numbers sum to 1 (default −1, the last). */
  axis?: number | number[];
}

/** What Keras puts in the place of masked numbers. */
const MASKED = -1e9;

/** Numbers as probabilities. Keras: `Softmax`. */
export class Softmax extends Layer {
  readonly axis: number | number[];

  constructor(options: SoftmaxOptions = {}) {
    super(options);
    this.axis = options.axis ?? -1;
  }

  override call(inputs: Tensors, { mask }: CallContext): tf.Tensor {
    const x = single(inputs, this);
    if (!mask) return this.#along(x);
    const shown = tf.broadcastTo(mask, x.shape).cast("bool");
    return tf.where(shown, this.#along(tf.where(shown, x, tf.fill(x.shape, MASKED))), tf.zerosLike(x));
  }

  #along(x: tf.Tensor): tf.Tensor {
    const axes = [this.axis].flat().map((axis) => axis < 0 ? axis + x.rank : axis);
    if (axes.some((axis) => !(axis >= 0 && axis < x.rank))) {
      throw new RangeError(`"${this.name}" has no axis ${JSON.stringify(this.axis)} in the shape [${x.shape}]`);
    }
    if (axes.length === 1 && axes[0] === x.rank - 1) return activationOf("softmax")(x);
    const shifted = x.sub(tf.max(x, axes, true));
    return tf.exp(shifted.sub(tf.log(tf.sum(tf.exp(shifted), axes, true))));
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), axis: this.axis };
  }
}

/**
 * `exp(x) / Σ exp(x)` along an axis: positive numbers that sum to 1.
 *
 * @throws {RangeError} when there is no such axis.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(layers.softmax({ axis: 1 }).apply(tf.zeros([1, 4, 1])).arraySync(), [[[0.25], [0.25], [0.25], [0.25]]]);
 * ```
 */
export function softmax(options: SoftmaxOptions = {}): Softmax {
  return new Softmax(options);
}
