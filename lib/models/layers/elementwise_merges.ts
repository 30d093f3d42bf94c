import { tf } from "baeum/tensors";
import type { LayerOptions } from "../layer.ts";
import type { Shape } from "../shape.ts";
import { ElementwiseMerge } from "./merge.ts";

type Mask = tf.Tensor | undefined;

/** The sum of its inputs. Keras: `Add`. */
export class Add extends ElementwiseMerge {
  protected override merge(inputs: tf.Tensor[]): tf.Tensor {
    return inputs.reduce((a, b) => tf.add(a, b));
  }
}

/** The first of two inputs less the second. Keras: `Subtract`. */
export class Subtract extends ElementwiseMerge {
  override build(inputShape: Shape | Shape[]): void {
    const { length } = this.shapesOf(inputShape);
    if (length !== 2) throw new RangeError(`"${this.name}" takes two inputs. Received: ${length}`);
    super.build(inputShape);
  }

  protected override merge([a, b]: tf.Tensor[]): tf.Tensor {
    return tf.sub(a, b);
  }
}

/** The mean of its inputs. Keras: `Average`. */
export class Average extends ElementwiseMerge {
  protected override merge(inputs: tf.Tensor[]): tf.Tensor {
    return inputs.reduce((a, b) => tf.add(a, b)).div(inputs.length);
  }
}

/** The product of its inputs; what a mask hides counts as 1. Keras: `Multiply`. */
export class Multiply extends ElementwiseMerge {
  protected override merge(inputs: tf.Tensor[], masks: Mask[]): tf.Tensor {
    const factors = inputs.map((x, i) => {
      const mask = masks[i];
      return mask ? tf.where(mask, x, tf.onesLike(x)) : x;
    });
    const product = factors.reduce((a, b) => tf.mul(a, b));
    if (!masks.every((mask) => mask !== undefined)) return product;
    return tf.where(masks.reduce((a, b) => tf.logicalOr(a, b)), product, tf.zerosLike(product));
  }
}

/** A merge for which a hidden number gives way to the other input's. */
abstract class Extreme extends ElementwiseMerge {
  protected abstract pick(a: tf.Tensor, b: tf.Tensor): tf.Tensor;

  protected override merge(inputs: tf.Tensor[], masks: Mask[]): tf.Tensor {
    const shape = this.computeOutputShape(inputs.map((x) => x.shape)) as number[];
    // tfjs' gradient of maximum and minimum is that of operands of one shape.
    const stretched = inputs.map((x) => x.shape.join() === shape.join() ? x : x.add(tf.zeros(shape)));
    let [output, shown] = [stretched[0], masks[0]];
    for (let i = 1; i < stretched.length; i++) {
      const mask = masks[i];
      const x = mask ? tf.where(mask, stretched[i], output) : stretched[i];
      if (shown) output = tf.where(shown, output, x);
      shown = mask && shown && tf.logicalOr(shown, mask);
      output = this.pick(output, x);
    }
    return output;
  }
}

/** The largest of its inputs, number by number. Keras: `Maximum`. */
export class Maximum extends Extreme {
  protected override pick(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
    return tf.maximum(a, b);
  }
}

/** The smallest of its inputs, number by number. Keras: `Minimum`. */
export class Minimum extends Extreme {
  protected override pick(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
    return tf.minimum(a, b);
  }
}

/**
 * Adds its inputs: `layers.add().apply([a, b, …])`, all of one shape (or of shapes that stretch to each other).
 *
 * @throws {RangeError} when the shapes do not fit.
 *
 * @example
 * ```ts
 * import { input, layers, model } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * const x = input({ shape: [16] });
 * const y = layers.add().apply([x, layers.dense({ units: 16 }).apply(x)]);
 * assertEquals(model({ inputs: x, outputs: y }).computeOutputShape([null, 16]), [null, 16]);
 * ```
 */
export function add(options: LayerOptions = {}): Add {
  return new Add(options);
}

/**
 * Takes the second of two inputs from the first.
 *
 * @throws {RangeError} when there are not two, or the shapes do not fit.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(layers.subtract().apply([tf.tensor2d([[5]]), tf.tensor2d([[3]])]).arraySync(), [[2]]);
 * ```
 */
export function subtract(options: LayerOptions = {}): Subtract {
  return new Subtract(options);
}

/** Multiplies its inputs number by number; shapes as for {@linkcode add}. */
export function multiply(options: LayerOptions = {}): Multiply {
  return new Multiply(options);
}

/** The mean of its inputs number by number; shapes as for {@linkcode add}. */
export function average(options: LayerOptions = {}): Average {
  return new Average(options);
}

/** The largest of its inputs number by number; shapes as for {@linkcode add}. */
export function maximum(options: LayerOptions = {}): Maximum {
  return new Maximum(options);
}

/** The smallest of its inputs number by number; shapes as for {@linkcode add}. */
export function minimum(options: LayerOptions = {}): Minimum {
  return new Minimum(options);
}
