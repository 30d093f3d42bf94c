import { tf } from "baeum/tensors";
import type { Constraint } from "../constraints/mod.ts";
import type { Initializer, InitializerName } from "../initializers/mod.ts";
import { Layer, type LayerOptions, single, singleShape, type Tensors } from "../layer.ts";
import type { Regularizer } from "../regularizers/mod.ts";
import { formatShape, type Shape } from "../shape.ts";
import type { Weight } from "../weight.ts";
import { type WeightArguments, weightArguments, weightConfig } from "./weight_arguments.ts";

/** Arguments of {@linkcode prelu}. */
export interface PReLUOptions extends LayerOptions {
  /** How the slopes begin (default `"zeros"`). */
  alphaInitializer?: Initializer | InitializerName;
  alphaRegularizer?: Regularizer | "l1" | "l2" | "l1_l2" | null;
  alphaConstraint?: Constraint | "max_norm" | "non_neg" | "unit_norm" | "min_max_norm" | null;
  /** The dimensions of a sample, counted from 1, along which one slope serves all: `[1, 2]` for a slope a channel. */
  sharedAxes?: number | number[] | null;
}

/** The rectifier whose slope for negative numbers is learnt. Keras: `PReLU`. */
export class PReLU extends Layer {
  readonly sharedAxes: number[] | null;
  alpha?: Weight;
  readonly #alpha: WeightArguments;

  constructor(options: PReLUOptions = {}) {
    super(options);
    const { sharedAxes = null, alphaInitializer, alphaRegularizer, alphaConstraint } = options;
    const alpha = { initializer: alphaInitializer, regularizer: alphaRegularizer, constraint: alphaConstraint };
    this.#alpha = weightArguments(alpha, "zeros");
    this.sharedAxes = typeof sharedAxes === "number" ? [sharedAxes] : sharedAxes;
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = singleShape(inputShape, this);
    const shared = this.sharedAxes ?? [];
    const wrong = shared.find((axis) => !(Number.isInteger(axis) && axis >= 1 && axis < shape.length));
    if (wrong !== undefined) {
      throw new RangeError(
        `sharedAxes are dimensions of a sample, from 1 to ${shape.length - 1}. Received: ${wrong}`,
      );
    }
    const slopes = shape.slice(1).map((length, i) => shared.includes(i + 1) ? 1 : length);
    if (slopes.includes(null)) {
      throw new RangeError(
        `"${this.name}" needs to know each dimension of a sample that is not among its sharedAxes. ` +
          `Received: ${formatShape(shape)}`,
      );
    }
    this.alpha = this.addWeight("alpha", { shape: slopes as number[], ...this.#alpha });
  }

  override call(inputs: Tensors): tf.Tensor {
    const x = single(inputs, this);
    return tf.relu(x).sub(tf.relu(tf.neg(x)).mul(this.alpha!.variable));
  }

  override getConfig(): Record<string, unknown> {
    return {
      ...super.getConfig(),
      ...weightConfig("alpha", this.#alpha),
      shared_axes: this.sharedAxes,
    };
  }
}

/**
 * `x` where it is positive, else `alpha · x`, with slopes `alpha` that are learnt: one for each number of a sample, or one for
 * several along `sharedAxes`. He et al. 2015.
 *
 * Weight: alpha, of a sample's shape, 1 along the shared axes.
 *
 * @throws {RangeError} when a shared axis is none of a sample's.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const rectifier = layers.prelu({ sharedAxes: [1, 2] });
 * rectifier.apply(tf.ones([1, 28, 28, 3]));
 * assertEquals(rectifier.countParams(), 3);
 * ```
 */
export function prelu(options: PReLUOptions = {}): PReLU {
  return new PReLU(options);
}
