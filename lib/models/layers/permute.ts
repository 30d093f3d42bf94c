import { tf } from "baeum/tensors";
import { Layer, type LayerOptions, single, singleShape, type Tensors } from "../layer.ts";
import { formatShape, type Shape } from "../shape.ts";

/** Arguments of {@linkcode permute}. */
export interface PermuteOptions extends LayerOptions {
  /** The sample's dimensions, counted from 1, in their new order. */
  dims: number[];
}

/** The dimensions of each sample in another order. Keras: `Permute`. */
export class Permute extends Layer {
  readonly dims: number[];
  override supportsMasking = false;

  constructor(options: PermuteOptions) {
    super(options);
    const { dims } = options;
    if (!Array.isArray(dims) || dims.toSorted((a, b) => a - b).some((n, i) => n !== i + 1)) {
      throw new RangeError(
        `dims is each of a sample's dimensions once, counted from 1. Received: ${JSON.stringify(dims)}`,
      );
    }
    this.dims = dims;
  }

  override call(inputs: Tensors): tf.Tensor {
    return tf.transpose(single(inputs, this), [0, ...this.dims]);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = singleShape(inputShape, this);
    if (shape.length !== this.dims.length + 1) {
      throw new RangeError(
        `"${this.name}" takes samples of ${this.dims.length} dimensions. Received: ${formatShape(shape)}`,
      );
    }
    return [shape[0], ...this.dims.map((axis) => shape[axis])];
  }

  override build(inputShape: Shape | Shape[]): void {
    this.computeOutputShape(inputShape);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), dims: this.dims };
  }
}

/**
 * Puts the dimensions of each sample into another order: with `dims: [2, 1]`, `[batch, 10, 64]` → `[batch, 64, 10]`.
 *
 * @throws {RangeError} when `dims` does not name each dimension once.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(layers.permute({ dims: [2, 1] }).apply(tf.zeros([5, 10, 64])).shape, [5, 64, 10]);
 * ```
 */
export function permute(options: PermuteOptions): Permute {
  return new Permute(options);
}
