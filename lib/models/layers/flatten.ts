import type { tf } from "baeum/tensors";
import { Layer, type LayerOptions, single, singleShape, type Tensors } from "../layer.ts";
import type { Shape } from "../shape.ts";

/** All of a sample's numbers in one row. Keras: `Flatten`. */
export class Flatten extends Layer {
  override supportsMasking = false;
  override call(inputs: Tensors): tf.Tensor {
    const x = single(inputs, this);
    return x.reshape([x.shape[0], x.shape.slice(1).reduce((a, b) => a * b, 1)]);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [batch, ...rest] = singleShape(inputShape, this);
    return [batch, rest.includes(null) ? null : rest.reduce<number>((a, b) => a * b!, 1)];
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), data_format: "channels_last" };
  }
}

/**
 * Puts all of a sample's numbers in one row: `[batch, 28, 28]` → `[batch, 784]`; `[batch]` → `[batch, 1]`.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(layers.flatten().apply(tf.zeros([5, 28, 28])).shape, [5, 784]);
 * ```
 */
export function flatten(options: LayerOptions = {}): Flatten {
  return new Flatten(options);
}
