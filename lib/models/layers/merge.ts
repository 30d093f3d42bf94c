import { tf } from "baeum/tensors";
import { Layer, maskOf, type Tensors } from "../layer.ts";
import { formatShape, type Shape } from "../shape.ts";

/** A layer that makes one tensor of several. */
export abstract class Merge extends Layer {
  /** The tensors that a merge was called on. */
  protected several(inputs: Tensors): tf.Tensor[] {
    return Array.isArray(inputs) ? inputs : [inputs];
  }

  /** The shapes of what a merge is called on. */
  protected shapesOf(inputShape: Shape | Shape[]): Shape[] {
    return (Array.isArray(inputShape[0]) ? inputShape : [inputShape]) as Shape[];
  }
}

/** A merge that goes number by number; shapes are stretched to each other as NumPy does, the batch first. */
export abstract class ElementwiseMerge extends Merge {
  /** Merges tensors of as many dimensions each. */
  protected abstract merge(inputs: tf.Tensor[], masks: (tf.Tensor | undefined)[]): tf.Tensor;

  override build(inputShape: Shape | Shape[]): void {
    this.computeOutputShape(inputShape);
  }

  override call(inputs: Tensors): tf.Tensor {
    const list = this.several(inputs);
    const rank = Math.max(...list.map((x) => x.rank));
    const aligned = list.map((x) => x.reshape([x.shape[0], ...new Array(rank - x.rank).fill(1), ...x.shape.slice(1)]));
    return this.merge(aligned, list.map((x, i) => wholeMask(x, aligned[i])));
  }

  /** A time step counts if it does in one of the inputs; where an input has no mask, all count. */
  override computeMask(inputs: Tensors): tf.Tensor | undefined {
    const masks = this.several(inputs).map(maskOf);
    if (!masks.every((mask) => mask !== undefined)) return undefined;
    return masks.map((mask) => mask.cast("bool")).reduce((a, b) => tf.logicalOr(a, b));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shapes = this.shapesOf(inputShape);
    const batches = new Set(shapes.map(([batch]) => batch).filter((batch) => batch !== null));
    const sample = shapes.map((shape) => shape.slice(1)).reduce((a, b) => this.#stretched(a, b, shapes));
    if (batches.size > 1) this.#refuse(shapes);
    return [batches.size === 1 ? [...batches][0] : null, ...sample];
  }

  #stretched(a: Shape, b: Shape, all: Shape[]): Shape {
    const rank = Math.max(a.length, b.length);
    return Array.from({ length: rank }, (_, i) => {
      const [x, y] = [a.at(i - rank), b.at(i - rank)];
      if (i < rank - a.length || i < rank - b.length) return (i < rank - a.length ? y : x)!;
      if (x === null || y === null) return null;
      if (x === 1 || x === y) return y!;
      return y === 1 ? x! : this.#refuse(all);
    });
  }

  #refuse(shapes: Shape[]): never {
    throw new RangeError(
      `"${this.name}" merges inputs of one shape, or of shapes that stretch to each other. ` +
        `Received: ${shapes.map(formatShape).join(" and ")}`,
    );
  }
}

/** A tensor's mask over all of its numbers. */
function wholeMask(x: tf.Tensor, aligned: tf.Tensor): tf.Tensor | undefined {
  const mask = maskOf(x);
  return mask && tf.broadcastTo(mask.reshape([...mask.shape, ...new Array(x.rank - mask.rank).fill(1)]), x.shape)
    .reshape(aligned.shape).cast("bool");
}
