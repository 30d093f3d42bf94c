import { tf } from "baeum/tensors";
import { type LayerOptions, maskOf, type Tensors } from "../layer.ts";
import { formatShape, type Shape } from "../shape.ts";
import { Merge } from "./merge.ts";

/** Arguments of {@linkcode concatenate}. */
export interface ConcatenateOptions extends LayerOptions {
  /** The axis along which the inputs are joined, the batch being 0 (default −1, the last). */
  axis?: number;
}

/** Its inputs side by side. Keras: `Concatenate`. */
export class Concatenate extends Merge {
  readonly axis: number;

  constructor(options: ConcatenateOptions = {}) {
    super(options);
    this.axis = options.axis ?? -1;
  }

  override build(inputShape: Shape | Shape[]): void {
    const shapes = this.shapesOf(inputShape);
    const [first, ...others] = shapes;
    const along = this.axis < 0 ? this.axis + first.length : this.axis;
    const fits = (shape: Shape) =>
      shape.length === first.length &&
      shape.every((length, axis) => axis === along || length === null || (first[axis] ?? length) === length);
    if (Number.isInteger(along) && along >= 0 && along < first.length && others.every(fits)) return;
    throw new RangeError(
      `"${this.name}" joins inputs along axis ${this.axis}; their other dimensions are the same. ` +
        `Received: ${shapes.map(formatShape).join(" and ")}`,
    );
  }

  override call(inputs: Tensors): tf.Tensor {
    const list = this.several(inputs);
    return tf.concat(list, this.#along(list[0].rank));
  }

  #along(rank: number): number {
    return this.axis < 0 ? this.axis + rank : this.axis;
  }

  /** A time step counts if some number of it does; an input without a mask counts as a whole. */
  override computeMask(inputs: Tensors): tf.Tensor | undefined {
    const list = this.several(inputs);
    if (list.every((x) => maskOf(x) === undefined)) return undefined;
    const whole = list.map((x) => {
      const mask = maskOf(x);
      if (!mask) return tf.onesLike(x).cast("bool");
      return tf.broadcastTo(mask.reshape([...mask.shape, ...new Array(x.rank - mask.rank).fill(1)]), x.shape)
        .cast("bool");
    });
    return tf.any(tf.concat(whole, this.#along(list[0].rank)), -1);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shapes = this.shapesOf(inputShape);
    const along = this.#along(shapes[0].length);
    const lengths = shapes.map((shape) => shape[along]);
    return shapes[0].with(along, lengths.includes(null) ? null : (lengths as number[]).reduce((a, b) => a + b));
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), axis: this.axis };
  }
}

/**
 * Joins its inputs along an axis: `[batch, 3]` and `[batch, 5]` → `[batch, 8]`.
 *
 * @throws {RangeError} when the other dimensions differ.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(layers.concatenate().apply([tf.zeros([2, 3]), tf.zeros([2, 5])]).shape, [2, 8]);
 * ```
 */
export function concatenate(options: ConcatenateOptions = {}): Concatenate {
  return new Concatenate(options);
}
