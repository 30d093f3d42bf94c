import type { tf } from "baeum/tensors";
import { Layer, type LayerOptions, single, type Tensors } from "../layer.ts";
import { L1L2 } from "../regularizers/mod.ts";

/** Arguments of {@linkcode activityRegularization}. */
export interface ActivityRegularizationOptions extends LayerOptions {
  /** The factor of the sum of absolute numbers, at least 0 (default 0). */
  l1?: number;
  /** The factor of the sum of squares, at least 0 (default 0). */
  l2?: number;
}

/** Adds a penalty on what passes through it to the loss. Keras: `ActivityRegularization`. */
export class ActivityRegularization extends Layer {
  readonly l1: number;
  readonly l2: number;

  constructor(options: ActivityRegularizationOptions = {}) {
    super(options);
    const { l1 = 0, l2 = 0 } = options;
    this.l1 = l1;
    this.l2 = l2;
    this.activityRegularizer = new L1L2({ l1, l2 });
  }

  override call(inputs: Tensors): tf.Tensor {
    return single(inputs, this);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), l1: this.l1, l2: this.l2 };
  }
}

/**
 * Gives its input on, and adds `l1 · Σ|x| + l2 · Σx²`, averaged over the samples, to the loss.
 *
 * @throws {RangeError} when a factor is negative.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(layers.activityRegularization({ l2: 0.01 }).apply(tf.ones([1, 2])).arraySync(), [[1, 1]]);
 * ```
 */
export function activityRegularization(options: ActivityRegularizationOptions = {}): ActivityRegularization {
  return new ActivityRegularization(options);
}
