import type { tf } from "baeum/tensors";
import { type ActivationName, activationNameOf, activationOf } from "../activations/mod.ts";
import { Layer, type LayerOptions, single, singleShape, type Tensors } from "../layer.ts";
import type { Shape } from "../shape.ts";

/** Arguments of {@linkcode activation}. */
export interface ActivationOptions extends LayerOptions {
  /** The function's name, for example `"relu"`. */
  activation: ActivationName;
}

/** An activation function as a layer. Keras: `Activation`. */
export class Activation extends Layer {
  readonly activation: string;

  constructor(options: ActivationOptions) {
    super(options);
    this.activation = activationNameOf(options.activation);
  }

  override call(inputs: Tensors): tf.Tensor {
    return activationOf(this.activation as ActivationName)(single(inputs, this));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = singleShape(inputShape, this);
    const width = shape.at(-1);
    return this.activation === "glu" && width ? shape.with(-1, width / 2) : shape;
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), activation: this.activation };
  }
}

/**
 * Applies an activation function to each number.
 *
 * @throws {RangeError} for a name that is none of Keras'.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(layers.activation({ activation: "relu" }).apply(tf.tensor2d([[-1, 2]])).arraySync(), [[0, 2]]);
 * ```
 */
export function activation(options: ActivationOptions): Activation {
  return new Activation(options);
}
