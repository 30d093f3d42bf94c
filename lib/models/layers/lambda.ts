import type { tf } from "baeum/tensors";
import { type CallContext, Layer, type LayerOptions, type Tensors } from "../layer.ts";
import type { Shape } from "../shape.ts";

/** What a {@linkcode lambda}'s function is given besides the tensor: the layer's `arguments`, and how it is called. */
export interface LambdaContext extends Record<string, unknown> {
  /** Whether the model is being trained. */
  training: boolean;
  /** Which time steps count, where a layer before it says so. */
  mask?: tf.Tensor;
}

/** Arguments of {@linkcode lambda}. */
export interface LambdaOptions extends LayerOptions {
  /** From a tensor (or several) to one; made of tf's functions, so that it has a gradient. */
  function: (inputs: Tensors, context: LambdaContext) => tf.Tensor;
  /** The shape of a sample of the result; without it, the function is tried out on zeros. */
  outputShape?: Shape;
  /** More arguments for the function, handed on in its second argument. */
  arguments?: Record<string, unknown>;
}

/** A function as a layer. Keras: `Lambda`. */
export class Lambda extends Layer {
  readonly function: LambdaOptions["function"];
  readonly outputShape?: Shape;
  readonly arguments: Record<string, unknown>;
  override supportsMasking = false;

  constructor(options: LambdaOptions) {
    super(options);
    if (typeof options.function !== "function") {
      throw new TypeError(`function is a function of a tensor. Received: ${typeof options.function}`);
    }
    this.function = options.function;
    this.outputShape = options.outputShape;
    this.arguments = options.arguments ?? {};
  }

  override call(inputs: Tensors, { training, mask }: CallContext): tf.Tensor {
    return this.function(inputs, { ...this.arguments, training, mask });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    if (this.outputShape) return [([inputShape].flat(2) as Shape)[0], ...this.outputShape];
    try {
      return super.computeOutputShape(inputShape) as Shape;
    } catch (error) {
      throw new Error(
        `The shape that "${this.name}" gives could not be found by calling its function on zeros. ` +
          `Give it an outputShape`,
        { cause: error },
      );
    }
  }

  /** Holds the function's source: whoever loads it runs that code, so `safeMode` refuses files with it. */
  override getConfig(): Record<string, unknown> {
    const code = this.function.toString();
    return {
      ...super.getConfig(),
      function: { class_name: "__lambda__", config: { code, defaults: null, closure: null, language: "javascript" } },
      ...(this.outputShape && { output_shape: this.outputShape }),
      arguments: this.arguments,
    };
  }
}

/**
 * Makes a layer of a function.
 *
 * The function is made of tf's functions; weights that it uses are not the layer's and are not trained (write a class that
 * extends `Layer` for that). Keras cannot read the function, so a model with such a layer does not travel to it; here,
 * `loadModel(path, { safeMode: false })` runs its text again, in which only `tf` and the function's arguments are known.
 *
 * @throws {TypeError} when `function` is none.
 * @throws {Error} when the function fails on zeros and there is no `outputShape`.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const square = layers.lambda({ function: (x) => tf.square(x as tf.Tensor) });
 * assertEquals(square.apply(tf.tensor2d([[1, 2, 3]])).arraySync(), [[1, 4, 9]]);
 * ```
 */
export function lambda(options: LambdaOptions): Lambda {
  return new Lambda(options);
}
