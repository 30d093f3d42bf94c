import { tf } from "baeum/tensors";
import { Layer, type LayerOptions, single, type Tensors } from "../layer.ts";
import { axesOf } from "./axes.ts";

/** Arguments of {@linkcode unitNormalization}. */
export interface UnitNormalizationOptions extends LayerOptions {
  /** The axis, or several, along which the squares sum to 1 (default −1, the last). */
  axis?: number | number[];
}

/** Vectors brought to length 1. Keras: `UnitNormalization`. */
export class UnitNormalization extends Layer {
  readonly axis: number | number[];

  constructor(options: UnitNormalizationOptions = {}) {
    super(options);
    this.axis = options.axis ?? -1;
  }

  override call(inputs: Tensors): tf.Tensor {
    const x = single(inputs, this);
    const squares = tf.sum(tf.square(x), axesOf(this.axis, x.shape, this.name), true);
    return x.mul(tf.minimum(tf.rsqrt(squares), 1e12));
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), axis: this.axis };
  }
}

/**
 * Divides each vector by its length; one of zeros stays.
 *
 * @throws {RangeError} when the input has no such axis.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const [a, b] = layers.unitNormalization().apply(tf.tensor2d([[3, 4]])).dataSync();
 * assertAlmostEquals(a, 0.6, 1e-6);
 * assertAlmostEquals(b, 0.8, 1e-6);
 * ```
 */
export function unitNormalization(options: UnitNormalizationOptions = {}): UnitNormalization {
  return new UnitNormalization(options);
}
