import { tf } from "baeum/tensors";
import { type CallContext, Layer, type LayerOptions, single, singleShape, type Tensors } from "../layer.ts";
import { formatShape, type Shape } from "../shape.ts";
import { wrappedConfig } from "./wrapped_layer.ts";

/** Arguments of {@linkcode timeDistributed}. */
export interface TimeDistributedOptions extends LayerOptions {
  /** The layer that each time step goes through. */
  layer: Layer;
}

/** Layers that look at one sample at a time: all time steps may go through them at once, as one large batch. */
const sampleWise: ReadonlySet<string> = new Set([
  "Activation",
  "Dense",
  "Flatten",
  "Reshape",
  ...["1D", "2D", "3D"].flatMap((n) => [
    `Conv${n}`,
    `Conv${n}Transpose`,
    `DepthwiseConv${n}`,
    `SeparableConv${n}`,
    `MaxPooling${n}`,
    `AveragePooling${n}`,
    `GlobalMaxPooling${n}`,
    `GlobalAveragePooling${n}`,
  ]),
]);

/** The same layer at each time step. Keras: `TimeDistributed`. */
export class TimeDistributed extends Layer {
  readonly layer: Layer;

  constructor(options: TimeDistributedOptions) {
    super(options);
    if (!(options.layer instanceof Layer)) {
      throw new TypeError(
        `timeDistributed takes a layer, as layers.dense({ units: 8 }) makes one. Received: ${typeof options.layer}`,
      );
    }
    this.layer = options.layer;
  }

  override get sublayers(): Layer[] {
    return [this.layer];
  }

  override build(inputShape: Shape | Shape[]): void {
    this.layer.ensureBuilt(this.#stepShape(singleShape(inputShape, this)));
  }

  override call(inputs: Tensors, context: CallContext): tf.Tensor {
    const x = single(inputs, this);
    const [batch, time, ...rest] = x.shape;
    if (time === 0) {
      throw new RangeError(`"${this.name}" needs at least one time step. Received: ${formatShape(x.shape)}`);
    }
    const inner = { ...context, mask: undefined };
    if (sampleWise.has(this.layer.className)) {
      const y = this.layer.call(x.reshape([batch * time, ...rest]), inner) as tf.Tensor;
      return y.reshape([batch, time, ...y.shape.slice(1)]);
    }
    const steps = time === 1 ? [x] : tf.split(x, time, 1);
    const outputs = steps.map((step) => this.layer.call(step.reshape([batch, ...rest]), inner) as tf.Tensor);
    return tf.concat(outputs.map((y) => y.expandDims(1)), 1);
  }

  #stepShape(shape: Shape): Shape {
    if (shape.length >= 3) return [shape[0], ...shape.slice(2)];
    throw new RangeError(
      `"${this.name}" takes [batch, time, …] with at least 3 dimensions. Received: ${formatShape(shape)}`,
    );
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const shape = singleShape(inputShape, this);
    const [batch, ...rest] = this.layer.computeOutputShape(this.#stepShape(shape)) as Shape;
    return [batch, shape[1], ...rest];
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), layer: wrappedConfig(this.layer) };
  }
}

/**
 * The same layer, with the same weights, at each time step: `[batch, time, …]` → `[batch, time, …output of one step]`.
 *
 * @throws {TypeError} for what is no layer.
 * @throws {RangeError} for inputs of less than 3 dimensions.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const each = layers.timeDistributed({ layer: layers.flatten() });
 * assertEquals(each.apply(tf.ones([2, 5, 4, 3])).shape, [2, 5, 12]);
 * ```
 */
export function timeDistributed(options: TimeDistributedOptions): TimeDistributed {
  return new TimeDistributed(options);
}
