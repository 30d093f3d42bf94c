import { tf } from "baeum/tensors";
import type { LayerOptions, Tensors } from "../layer.ts";
import { formatShape, type Shape } from "../shape.ts";
import { Merge } from "./merge.ts";

/** Arguments of {@linkcode dot}. */
export interface DotOptions extends LayerOptions {
  /** The axis of both inputs that is summed over, or one for each; the batch, 0, is none of them. */
  axes: number | [number, number];
  /** Whether the vectors are scaled to length 1 first: the result is the cosine between them (default false). */
  normalize?: boolean;
}

/** Keras' epsilon: the length that a vector is at least taken to have. */
const SHORTEST = 1e-7;

/** The dot product of the vectors of two inputs, sample by sample. Keras: `Dot`. */
export class Dot extends Merge {
  readonly axes: number | [number, number];
  readonly normalize: boolean;

  constructor(options: DotOptions) {
    super(options);
    const { axes, normalize = false } = options;
    const list = Array.isArray(axes) ? axes : [axes, axes];
    if (list.length !== 2 || !list.every((axis) => Number.isInteger(axis) && axis !== 0)) {
      throw new RangeError(
        `axes is an axis, or a list of two, none of them 0, the batch. Received: ${JSON.stringify(axes)}`,
      );
    }
    this.axes = axes;
    this.normalize = normalize;
  }

  override build(inputShape: Shape | Shape[]): void {
    const shapes = this.shapesOf(inputShape);
    if (shapes.length !== 2 || shapes.some((shape) => shape.length < 2)) {
      throw new RangeError(
        `"${this.name}" takes two inputs of at least two dimensions. Received: ${
          shapes.map(formatShape).join(" and ")
        }`,
      );
    }
    const [a, b] = this.#axesOf(shapes[0].length, shapes[1].length);
    const [m, n] = [shapes[0][a], shapes[1][b]];
    if (m === undefined || n === undefined || (m !== null && n !== null && m !== n)) {
      throw new RangeError(
        `"${this.name}" sums over axis ${a} of the first input and axis ${b} of the second, which have the same length. ` +
          `Received: ${shapes.map(formatShape).join(" and ")}`,
      );
    }
  }

  #axesOf(rankOfFirst: number, rankOfSecond: number): [number, number] {
    const [a, b] = Array.isArray(this.axes) ? this.axes : [this.axes, this.axes];
    return [a < 0 ? a + rankOfFirst : a, b < 0 ? b + rankOfSecond : b];
  }

  override call(inputs: Tensors): tf.Tensor {
    let [x, y] = this.several(inputs);
    const [a, b] = this.#axesOf(x.rank, y.rank);
    if (this.normalize) [x, y] = [ofLengthOne(x, a), ofLengthOne(y, b)];
    const [left, right] = [x.shape.filter((_, i) => i > 0 && i !== a), y.shape.filter((_, i) => i > 0 && i !== b)];
    const product = tf.matMul(vectorsLast(x, a), vectorsLast(y, b), false, true);
    const shape = [...left, ...right];
    return product.reshape([x.shape[0], ...(shape.length > 0 ? shape : [1])]);
  }

  /** As in Keras, masks end here. */
  override computeMask(): undefined {
    return undefined;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [first, second] = this.shapesOf(inputShape);
    const [a, b] = this.#axesOf(first.length, second.length);
    const rest = [...first.filter((_, i) => i > 0 && i !== a), ...second.filter((_, i) => i > 0 && i !== b)];
    return [first[0], ...(rest.length > 0 ? rest : [1])];
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), axes: this.axes, normalize: this.normalize };
  }
}

/** `[batch, vectors, axis]`: the axis that is summed over last, all others in one. */
function vectorsLast(x: tf.Tensor, axis: number): tf.Tensor {
  const others = x.shape.map((_, i) => i).filter((i) => i > 0 && i !== axis);
  const moved = axis === x.rank - 1 ? x : tf.transpose(x, [0, ...others, axis]);
  return moved.reshape([x.shape[0], others.reduce((size, i) => size * x.shape[i], 1), x.shape[axis]]);
}

function ofLengthOne(x: tf.Tensor, axis: number): tf.Tensor {
  return x.mul(tf.minimum(tf.rsqrt(tf.sum(tf.square(x), axis, true)), 1 / SHORTEST));
}

/**
 * The dot product of two inputs along an axis of each: `[batch, 10]` and `[batch, 10]` with `axes: 1` → `[batch, 1]`;
 * `[batch, 4, 10]` and `[batch, 10, 7]` with `axes: [2, 1]` → `[batch, 4, 7]`.
 *
 * @throws {RangeError} when the two axes differ in length, or there are not two inputs.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const product = layers.dot({ axes: 1 }).apply([tf.tensor2d([[1, 2]]), tf.tensor2d([[3, 4]])]);
 * assertEquals(product.arraySync(), [[11]]);
 * ```
 */
export function dot(options: DotOptions): Dot {
  return new Dot(options);
}
