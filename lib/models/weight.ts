import { tf } from "baeum/tensors";
import type { Constraint } from "./constraints/mod.ts";
import type { Regularizer } from "./regularizers/mod.ts";
import { formatShape } from "./shape.ts";

/** What a {@linkcode Weight} is made of. */
export interface WeightOptions {
  name: string;
  shape: number[];
  /** The initial values, `shape` in row-major order. */
  values: Float32Array;
  trainable?: boolean;
  regularizer?: Regularizer;
  constraint?: Constraint;
}

/**
 * One array of a layer's numbers: a kernel, a bias, a moving mean.
 *
 * Its memory is its own: the training step writes into it in place, so `read()` gives a copy and nobody else's tensor
 * changes behind their back.
 */
export class Weight {
  readonly name: string;
  readonly shape: number[];
  readonly variable: tf.Variable;
  readonly regularizer?: Regularizer;
  readonly constraint?: Constraint;
  /** Whether the optimizer may change it (a layer's own `trainable` can still freeze it). */
  trainable: boolean;

  constructor({ name, shape, values, trainable = true, regularizer, constraint }: WeightOptions) {
    this.name = name;
    this.shape = shape;
    this.trainable = trainable;
    this.regularizer = regularizer;
    this.constraint = constraint;
    const initial = tf.tensor(values, shape, "float32");
    this.variable = tf.variable(initial, true);
    initial.dispose();
    collector.register(this, this.variable);
  }

  get size(): number {
    return this.variable.size;
  }

  /** A copy of the values, as a tensor of its own. */
  read(): tf.Tensor {
    return tf.tensor(this.variable.dataSync(), this.shape, "float32");
  }

  /**
   * Replaces the values.
   *
   * @throws {RangeError} when the shape is another one.
   */
  assign(values: tf.Tensor | Float32Array): void {
    if (values instanceof Float32Array) {
      if (values.length !== this.size) {
        throw new RangeError(
          `The weight "${this.name}" has the shape ${formatShape(this.shape)}, ${this.size} numbers. ` +
            `Received: ${values.length} numbers`,
        );
      }
    } else if (values.shape.join() !== this.shape.join()) {
      throw new RangeError(
        `The weight "${this.name}" has the shape ${formatShape(this.shape)}. Received: ${formatShape(values.shape)}`,
      );
    }
    const data = values instanceof Float32Array ? values : values.dataSync();
    const copy = tf.tensor(Float32Array.from(data), this.shape, "float32");
    this.variable.assign(copy);
    copy.dispose();
  }
}

/** A notebook makes a model anew each time its cell runs; what nobody holds any more gives its memory back. */
const collector = new FinalizationRegistry<tf.Variable>((variable) => {
  if (!variable.isDisposed) variable.dispose();
});
