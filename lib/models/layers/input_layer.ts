import type { tf } from "baeum/tensors";
import { Layer, type LayerOptions, single, type Tensors } from "../layer.ts";
import type { Shape } from "../shape.ts";
import { type Node, SymbolicTensor } from "../symbolic_tensor.ts";

/** Arguments of {@linkcode inputLayer} and `input`: `shape` for one sample, or `batchShape` for a whole batch. */
export interface InputLayerOptions extends LayerOptions {
  /** The shape of one sample, as in Keras. */
  shape?: Shape;
  /** The shape with the batch size in front. */
  batchShape?: Shape;
  dtype?: "float32" | "int32";
}

/** Where a model's data comes in. Keras: `InputLayer`. */
export class InputLayer extends Layer {
  readonly batchShape: Shape;
  readonly dtype: "float32" | "int32";
  readonly output: SymbolicTensor;

  constructor(options: InputLayerOptions) {
    super(options);
    const given = options.batchShape ?? (options.shape && [null, ...options.shape]) ?? this.batchInputShape;
    if (!given) {
      throw new TypeError("An input needs a shape, for example { shape: [784] }. Received none");
    }
    if (given.some((n) => n !== null && !(Number.isInteger(n) && n >= 0))) {
      throw new RangeError(`A shape is made of whole numbers, or null for "any". Received: [${given}]`);
    }
    this.batchShape = given;
    this.dtype = options.dtype ?? "float32";
    this.output = new SymbolicTensor({ shape: given, dtype: this.dtype, name: this.name });
    const node: Node = { layer: this, index: 0, inputs: [], outputs: [this.output] };
    this.output.node = node;
    this.nodes.push(node);
    this.built = true;
  }

  override get className(): string {
    return "InputLayer";
  }

  override call(inputs: Tensors): tf.Tensor {
    return single(inputs, this);
  }

  override getConfig(): Record<string, unknown> {
    return { batch_shape: this.batchShape, dtype: this.dtype, sparse: false, ragged: false, name: this.name };
  }
}

/**
 * Says the shape of a sequential model's input, as its first layer.
 *
 * @example
 * ```ts
 * import { layers, sequential } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * const model = sequential({ layers: [layers.inputLayer({ shape: [4] }), layers.dense({ units: 2 })] });
 * assertEquals(model.countParams(), 10);
 * ```
 */
export function inputLayer(options: InputLayerOptions): InputLayer {
  return new InputLayer(options);
}

/** The symbolic input of a functional model. */
export function input(options: InputLayerOptions): SymbolicTensor {
  return new InputLayer(options).output;
}
