import { tf } from "baeum/tensors";
import { Layer, type LayerOptions, single, type Tensors } from "../layer.ts";

/** Arguments of {@linkcode elu}. */
export interface ELUOptions extends LayerOptions {
  /** What large negative numbers come near to, with its sign changed (default 1). */
  alpha?: number;
}

/** The exponential linear unit. Keras: `ELU`. */
export class ELU extends Layer {
  readonly alpha: number;

  constructor(options: ELUOptions = {}) {
    super(options);
    this.alpha = options.alpha ?? 1;
  }

  override call(inputs: Tensors): tf.Tensor {
    const x = single(inputs, this);
    if (this.alpha === 1) return tf.elu(x);
    return tf.relu(x).add(tf.elu(tf.neg(tf.relu(tf.neg(x)))).mul(this.alpha));
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), alpha: this.alpha };
  }
}

/**
 * `x` where it is positive, else `alpha · (exp(x) − 1)`. Clevert et al. 2016.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const [low, high] = layers.elu({ alpha: 2 }).apply(tf.tensor2d([[-50, 3]])).dataSync();
 * assertAlmostEquals(low, -2);
 * assertAlmostEquals(high, 3);
 * ```
 */
export function elu(options: ELUOptions = {}): ELU {
  return new ELU(options);
}
