import { tf } from "baeum/tensors";
import { Layer, type LayerOptions, single, type Tensors } from "../layer.ts";

/** Arguments of {@linkcode rescaling}. */
export interface RescalingOptions extends LayerOptions {
  /** The factor: one number, or one for each along the last axis. */
  scale: number | number[];
  /** What is added afterwards: one number, or one for each along the last axis (default 0). */
  offset?: number | number[];
}

/** `x · scale + offset`. Keras: `Rescaling`. */
export class Rescaling extends Layer {
  readonly scale: number | number[];
  readonly offset: number | number[];

  constructor(options: RescalingOptions) {
    super(options);
    const { scale, offset = 0 } = options;
    for (const [what, value] of Object.entries({ scale, offset })) {
      if (![value].flat().every((n) => typeof n === "number")) {
        throw new TypeError(`${what} is a number, or a list of numbers. Received: ${JSON.stringify(value)}`);
      }
    }
    this.scale = scale;
    this.offset = offset;
  }

  override call(inputs: Tensors): tf.Tensor {
    return single(inputs, this).toFloat().mul(this.scale).add(this.offset);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), scale: this.scale, offset: this.offset };
  }
}

/**
 * Multiplies each number by `scale` and adds `offset`.
 *
 * @throws {TypeError} when one of the two is no number nor a list of them.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const centred = layers.rescaling({ scale: 1 / 127.5, offset: -1 });
 * assertEquals(centred.apply(tf.tensor2d([[0, 255]])).arraySync(), [[-1, 1]]);
 * ```
 */
export function rescaling(options: RescalingOptions): Rescaling {
  return new Rescaling(options);
}
