import { tf } from "baeum/tensors";
import { Layer, type LayerOptions, single, type Tensors } from "../layer.ts";
import { constant } from "./constant.ts";
import { overFeatures } from "./over_features.ts";

/** Arguments of {@linkcode masking}. */
export interface MaskingOptions extends LayerOptions {
  /** A time step of nothing but this number is left out (default 0). */
  maskValue?: number;
}

/** Hides the time steps that hold nothing. Keras: `Masking`. */
export class Masking extends Layer {
  readonly maskValue: number;

  constructor(options: MaskingOptions = {}) {
    super(options);
    this.maskValue = options.maskValue ?? 0;
  }

  override call(inputs: Tensors): tf.Tensor {
    const x = single(inputs, this);
    return tf.where(overFeatures(this.computeMask(x), x), x, tf.zerosLike(x));
  }

  override computeMask(inputs: Tensors): tf.Tensor {
    return constant(single(inputs, this), (x) => tf.any(tf.notEqual(x.toFloat(), tf.scalar(this.maskValue)), -1));
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), mask_value: this.maskValue };
  }
}

/**
 * Hides each time step whose features all have the value `maskValue`: layers that know masks (recurrent ones, the mean over
 * steps, the loss) leave it out, and its features become 0. `[batch, time, features]` → the same shape.
 *
 * @example
 * ```ts
 * import { layers, sequential } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const mean = sequential({ layers: [layers.masking(), layers.globalAveragePooling1d()] });
 * assertEquals(mean.apply(tf.tensor3d([[[2], [4], [0]]])).arraySync(), [[3]]);
 * ```
 */
export function masking(options: MaskingOptions = {}): Masking {
  return new Masking(options);
}
