import type { tf } from "baeum/tensors";
import { Layer, type LayerOptions, single, singleShape, type Tensors } from "../layer.ts";
import { formatShape, type Shape } from "../shape.ts";
import { repeat } from "./repeat.ts";

/** Arguments of {@linkcode repeatVector}. */
export interface RepeatVectorOptions extends LayerOptions {
  /** How many times, a whole number of at least 1. */
  n: number;
}

/** Each sample's vector again and again, as a sequence. Keras: `RepeatVector`. */
export class RepeatVector extends Layer {
  readonly n: number;
  override supportsMasking = false;

  constructor(options: RepeatVectorOptions) {
    super(options);
    if (!Number.isInteger(options.n) || options.n < 1) {
      throw new RangeError(`n is a whole number of at least 1. Received: ${options.n}`);
    }
    this.n = options.n;
  }

  override build(inputShape: Shape | Shape[]): void {
    this.computeOutputShape(inputShape);
  }

  override call(inputs: Tensors): tf.Tensor {
    const x = single(inputs, this);
    return repeat(x.expandDims(1), this.n, 1);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = singleShape(inputShape, this);
    if (shape.length === 2) return [shape[0], this.n, shape[1]];
    throw new RangeError(`"${this.name}" takes [batch, features]. Received: ${formatShape(shape)}`);
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), n: this.n };
  }
}

/**
 * Repeats each sample's vector: `[batch, features]` → `[batch, n, features]`.
 *
 * @throws {RangeError} when `n` is no whole number of at least 1, and for an input of another rank.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(layers.repeatVector({ n: 2 }).apply(tf.tensor2d([[1, 2]])).arraySync(), [[[1, 2], [1, 2]]]);
 * ```
 */
export function repeatVector(options: RepeatVectorOptions): RepeatVector {
  return new RepeatVector(options);
}
