import type { tf } from "baeum/tensors";
import { Layer, type LayerOptions, single, singleShape, type Tensors } from "../layer.ts";
import { formatShape, type Shape } from "../shape.ts";

/** Arguments of {@linkcode reshape}. */
export interface ReshapeOptions extends LayerOptions {
  /** The new shape of one sample; one length can be −1: whatever is left. */
  targetShape: number[];
}

/** The same numbers in another shape. Keras: `Reshape`. */
export class Reshape extends Layer {
  readonly targetShape: number[];
  override supportsMasking = false;

  constructor(options: ReshapeOptions) {
    super(options);
    const { targetShape } = options;
    const valid = Array.isArray(targetShape) && targetShape.every((n) => Number.isInteger(n) && n >= -1);
    if (!valid || targetShape.filter((n) => n === -1).length > 1) {
      throw new RangeError(
        `targetShape is a list of whole numbers, at most one of them −1. Received: ${JSON.stringify(targetShape)}`,
      );
    }
    this.targetShape = targetShape;
  }

  override call(inputs: Tensors): tf.Tensor {
    const x = single(inputs, this);
    return x.reshape([x.shape[0], ...this.#resolve(x.shape.slice(1)) as number[]]);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, ...rest] = singleShape(inputShape, this);
    return [batch, ...this.#resolve(rest)];
  }

  /** The target shape with the length that −1 stands for; unknown where the input's shape is not all known. */
  #resolve(sample: Shape): Shape {
    const { targetShape } = this;
    if (sample.includes(null)) return targetShape.map((n) => (n === -1 ? null : n));
    const size = (sample as number[]).reduce((a, b) => a * b, 1);
    const known = targetShape.filter((n) => n !== -1).reduce((a, b) => a * b, 1);
    if (targetShape.includes(-1) ? known > 0 && size % known === 0 : known === size) {
      return targetShape.map((n) => (n === -1 ? size / known : n));
    }
    throw new RangeError(
      `"${this.name}" cannot give a sample of ${size} numbers the shape ${formatShape(targetShape)}. ` +
        `Received a sample of the shape ${formatShape(sample)}`,
    );
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), target_shape: this.targetShape };
  }
}

/**
 * Gives each sample another shape: `[batch, …]` → `[batch, ...targetShape]`, the numbers in the same order.
 *
 * @throws {RangeError} when the numbers of a sample do not fill the new shape.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(layers.reshape({ targetShape: [28, -1] }).apply(tf.zeros([5, 784])).shape, [5, 28, 28]);
 * ```
 */
export function reshape(options: ReshapeOptions): Reshape {
  return new Reshape(options);
}
