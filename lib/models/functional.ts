import type { tf } from "baeum/tensors";
import { setMask } from "./call_context.ts";
import { type CallContext, type Layer, type Tensors } from "./layer.ts";
import { type FromConfigOptions, layerFromObject } from "./files/from_config.ts";
import { graphConfig } from "./files/model_config.ts";
import { modelJson } from "./files/model_json.ts";
import { graphOrder } from "./graph_order.ts";
import { Operation } from "./layers/operation.ts";
import { Model } from "./model.ts";
import type { Shape } from "./shape.ts";
import { type Node, SymbolicTensor } from "./symbolic_tensor.ts";

/** Arguments of {@linkcode model}. */
export interface FunctionalOptions {
  /** What `input()` gave; several in a list. */
  inputs: SymbolicTensor | SymbolicTensor[];
  /** What the last layers gave. */
  outputs: SymbolicTensor | SymbolicTensor[];
  name?: string;
}

/** A graph of layers from inputs to outputs. Keras: `Functional`. */
export class Functional extends Model {
  readonly inputs: SymbolicTensor[];
  readonly outputs: SymbolicTensor[];
  /** The calls of layers, each after those it needs. */
  readonly order: Node[];
  /** The layers, and the operations between them that a file may have. */
  readonly operations: readonly Layer[];
  readonly #oneOutput: boolean;

  constructor({ inputs, outputs, name }: FunctionalOptions) {
    super({ name });
    this.inputs = [inputs].flat();
    this.outputs = [outputs].flat();
    this.#oneOutput = !Array.isArray(outputs);
    for (const tensor of [...this.inputs, ...this.outputs]) {
      if (!(tensor instanceof SymbolicTensor)) {
        throw new TypeError(
          `model({ inputs, outputs }) takes what input() and a layer's apply() gave. Received: ${typeof tensor}`,
        );
      }
    }
    const { nodes, layers } = graphOrder(this.inputs, this.outputs);
    this.order = nodes;
    this.operations = layers;
    this.built = true;
  }

  override get layers(): Layer[] {
    return this.operations.filter((layer) => !(layer instanceof Operation));
  }

  override get inputShape(): Shape {
    return this.inputs[0].shape;
  }

  override get inputShapes(): Shape[] {
    return this.inputs.map((input) => input.shape);
  }

  override get inputNames(): string[] {
    return this.inputs.map((input) => input.node.layer.name);
  }

  override get outputNames(): string[] {
    return this.outputs.map((output) => output.node.layer.name);
  }

  override call(inputs: Tensors, context: CallContext): Tensors {
    const given = [inputs].flat();
    if (given.length !== this.inputs.length) {
      throw new RangeError(`"${this.name}" takes ${this.inputs.length} inputs. Received: ${given.length}`);
    }
    const values = new Map<SymbolicTensor, tf.Tensor>(this.inputs.map((input, i) => [input, given[i]]));
    if (context.mask) setMask(given[0], context.mask);
    for (const { layer, inputs, outputs, masks = [] } of this.order) {
      if (outputs.every((output) => values.has(output))) continue;
      const args = inputs.map((input) => values.get(input)!);
      const [mask, ...others] = masks.map((mask) => mask ? values.get(mask) : undefined);
      others.forEach((mask, i) => mask && setMask(args[i + 1], mask));
      const result = [layer.run(args.length === 1 ? args[0] : args, { ...context, mask })].flat();
      outputs.forEach((output, i) => values.set(output, result[i]));
    }
    const results = this.outputs.map((output) => values.get(output)!);
    return this.#oneOutput ? results[0] : results;
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    const given = (Array.isArray(inputShape[0]) ? inputShape : [inputShape]) as Shape[];
    const shapes = new Map<SymbolicTensor, Shape>(this.inputs.map((input, i) => [input, given[i]]));
    for (const { layer, inputs, outputs } of this.order) {
      if (outputs.every((output) => shapes.has(output))) continue;
      const args = inputs.map((input) => shapes.get(input)!);
      const result = layer.computeOutputShape(args.length === 1 ? args[0] : args);
      const list = (Array.isArray(result[0]) ? result : [result]) as Shape[];
      outputs.forEach((output, i) => shapes.set(output, list[i]));
    }
    const results = this.outputs.map((output) => shapes.get(output)!);
    return this.#oneOutput ? results[0] : results;
  }

  override computeMask(): undefined {
    return undefined;
  }

  /** The layers and their calls as Keras describes them; {@linkcode Functional.fromConfig} makes such a model of them. */
  override getConfig(): Record<string, unknown> {
    return graphConfig(this);
  }

  override toJson(): string {
    return modelJson(this);
  }

  /**
   * A model as {@linkcode getConfig}, or Keras' `get_config`, has described it, with new weights; not compiled.
   *
   * @throws {RangeError} for a class that is not known, and for layers whose inputs are nowhere.
   */
  static fromConfig(config: Record<string, unknown>, options: FromConfigOptions = {}): Functional {
    return layerFromObject({ class_name: "Functional", config }, options) as Functional;
  }
}

/**
 * A model from a graph of layers: several inputs, several outputs, shared layers, layers side by side.
 *
 * @throws {RangeError} when the outputs cannot be reached from the inputs.
 *
 * @example
 * ```ts
 * import { input, layers, model } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * const x = input({ shape: [8] });
 * const hidden = layers.dense({ units: 30, activation: "relu" }).apply(x);
 * const y = layers.dense({ units: 1 }).apply(hidden);
 * assertEquals(model({ inputs: x, outputs: y }).countParams(), 301);
 * ```
 */
export function model(options: FunctionalOptions): Functional {
  return new Functional(options);
}
