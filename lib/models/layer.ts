import { tf } from "baeum/tensors";
import { ambientContext, type CallContext, maskOf, runWithin, setMask, type Tensors } from "./call_context.ts";
import { type Constraint, constraintOf } from "./constraints/mod.ts";
import { type Initializer, type InitializerName, initializerOf } from "./initializers/mod.ts";
import { autoName } from "./names.ts";
import { type Regularizer, regularizerOf } from "./regularizers/mod.ts";
import { formatShape, type Shape } from "./shape.ts";
import { type Node, type SymbolicMasks, SymbolicTensor } from "./symbolic_tensor.ts";
import { trackedLayers } from "./tracked_layers.ts";
import { triedShape } from "./tried_shape.ts";
import { Weight } from "./weight.ts";
import { valuesToCome } from "./weight_budget.ts";

export { type CallContext, maskOf, type Tensors } from "./call_context.ts";
export { single, singleShape } from "./single_input.ts";

/** What every layer can be given. */
export interface LayerOptions {
  /** A name of one's own; otherwise `dense`, `dense_1` … */
  name?: string;
  /** Whether training changes the weights (default true). */
  trainable?: boolean;
  /** The shape of one sample; on the first layer of a sequential model it stands for an input layer. */
  inputShape?: Shape;
  /** As `inputShape`, with the batch size in front. */
  batchInputShape?: Shape;
}

/** What `addWeight` is told. */
export interface AddWeightOptions {
  shape: number[];
  initializer?: Initializer | InitializerName;
  trainable?: boolean;
  regularizer?: Regularizer | "l1" | "l2" | "l1_l2";
  constraint?: Constraint | "max_norm" | "non_neg" | "unit_norm" | "min_max_norm";
}

/**
 * A step of a model: it has weights, and turns tensors into tensors.
 *
 * A layer of one's own says what it builds and what it calls:
 *
 * @example
 * ```ts
 * import { Layer, type Shape, type Tensors } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * class Scale extends Layer {
 *   override build(inputShape: Shape) {
 *     this.addWeight("factor", { shape: [inputShape.at(-1)!], initializer: "ones" });
 *   }
 *   override call(x: Tensors) {
 *     return tf.mul(x as tf.Tensor, this.weights[0].variable);
 *   }
 * }
 *
 * const y = new Scale({}).apply(tf.ones([2, 3]));
 * assertEquals(y.shape, [2, 3]);
 * ```
 */
export abstract class Layer {
  /** Keras' class name, for example `Dense`. */
  get className(): string {
    return this.constructor.name;
  }

  readonly name: string;
  /** The calls on symbolic tensors, in order. */
  readonly nodes: Node[] = [];
  readonly batchInputShape?: Shape;
  /** Whether the weights exist. */
  built = false;
  /** The shape that the weights were built for. */
  buildShape?: Shape | Shape[];
  /** Whether the layer passes a mask on. */
  supportsMasking = true;
  readonly #weights: Weight[] = [];
  #trainable: boolean;

  constructor({ name, trainable = true, inputShape, batchInputShape }: LayerOptions = {}) {
    this.name = name ?? autoName(new.target.name);
    this.#trainable = trainable;
    if (batchInputShape) this.batchInputShape = batchInputShape;
    else if (inputShape) this.batchInputShape = [null, ...inputShape];
  }

  get trainable(): boolean {
    return this.#trainable;
  }

  set trainable(value: boolean) {
    this.#trainable = value;
    for (const layer of this.sublayers) layer.trainable = value;
  }

  /**
   * The layers inside this one: those in its properties, also in arrays, in the order in which they were put there. Private
   * fields are not seen.
   */
  get sublayers(): Layer[] {
    return trackedLayers(this, (value) => value instanceof Layer);
  }

  /** Every weight, this layer's own before those of the layers inside it. */
  get weights(): Weight[] {
    return [...this.#weights, ...this.sublayers.flatMap((layer) => layer.weights)];
  }

  get trainableWeights(): Weight[] {
    if (!this.#trainable) return [];
    return [
      ...this.#weights.filter((weight) => weight.trainable),
      ...this.sublayers.flatMap((layer) => layer.trainableWeights),
    ];
  }

  get nonTrainableWeights(): Weight[] {
    const trainable = new Set(this.trainableWeights);
    return this.weights.filter((weight) => !trainable.has(weight));
  }

  /** Makes the weights for an input of this shape; the batch dimension is `null`. */
  build(_inputShape: Shape | Shape[]): void {}

  /** Computes the output. Inside a tidy: intermediate tensors need no disposing. */
  abstract call(inputs: Tensors, context: CallContext): Tensors;

  /** The output's shape, batch included; by default found by calling the layer on zeros. */
  computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    this.ensureBuilt(inputShape);
    return triedShape(this, inputShape);
  }

  /** The mask of the output; by default the input's goes on. */
  computeMask(_inputs: Tensors, mask?: tf.Tensor): tf.Tensor | undefined {
    return this.supportsMasking ? mask : undefined;
  }

  /** A layer that a file has as this one's activation: it computes behind {@linkcode call}. */
  activationLayer?: Layer;

  /** Whether {@linkcode call} is told of the mask that travels with its input (default true). */
  protected seesMaskOf(_inputs: Tensors): boolean {
    return true;
  }

  /** The penalty on the layer's output that was asked for, if any. */
  activityRegularizer?: Regularizer;

  /** The arguments, as in Keras' config. */
  getConfig(): Record<string, unknown> {
    return {
      name: this.name,
      trainable: this.trainable,
      dtype: { module: "keras", class_name: "DTypePolicy", config: { name: "float32" }, registered_name: null },
    };
  }

  /** The number of numbers in the weights. */
  countParams(): number {
    return this.weights.reduce((sum, weight) => sum + weight.size, 0);
  }

  /** Copies of the weights, in Keras' order: trainable ones first within each layer. */
  getWeights(): tf.Tensor[] {
    return this.weights.map((weight) => weight.read());
  }

  /**
   * Replaces all weights.
   *
   * @throws {RangeError} when number or shapes differ from what {@linkcode getWeights} gives.
   */
  setWeights(values: tf.Tensor[]): void {
    const weights = this.weights;
    if (values.length !== weights.length) {
      throw new RangeError(
        `"${this.name}" has ${weights.length} weights. Received: ${values.length}.` +
          (this.built ? "" : " It is not built yet: call it once, or give it an inputShape."),
      );
    }
    weights.forEach((weight, i) => {
      if (values[i].shape.join() !== weight.shape.join()) {
        throw new RangeError(
          `Weight ${i} of "${this.name}" (${weight.name}) has the shape ${formatShape(weight.shape)}. ` +
            `Received: ${formatShape(values[i].shape)}`,
        );
      }
    });
    weights.forEach((weight, i) => weight.assign(values[i]));
  }

  /** Adds a weight; to be called from {@linkcode build}. */
  protected addWeight(
    name: string,
    { shape, initializer = "glorotUniform", trainable = true, regularizer, constraint }: AddWeightOptions,
  ): Weight {
    const first = initializerOf(initializer);
    const weight = new Weight({
      name,
      shape,
      values: valuesToCome(`${this.name}/${name}`, shape) ?? first.draw(shape),
      trainable,
      regularizer: regularizer && regularizerOf(regularizer),
      constraint: constraint && constraintOf(constraint),
    });
    this.#weights.push(weight);
    return weight;
  }

  /** Builds once, for the first shape that is seen. */
  ensureBuilt(inputShape: Shape | Shape[]): void {
    if (this.built) return;
    this.buildShape = inputShape;
    this.build(inputShape);
    this.built = true;
  }

  /** Adds a penalty to the loss; to be called from {@linkcode call}. A tensor of several numbers counts with its sum. */
  protected addLoss(loss: tf.Tensor): void {
    ambientContext()?.losses.push(tf.sum(loss));
  }

  /** On a tensor: computes, in a model's `call` as the model does (training or not). On a symbolic tensor: adds a step to the model that is being described. */
  apply(inputs: SymbolicTensor | SymbolicTensor[], options?: { mask?: SymbolicMasks }): SymbolicTensor;
  apply(inputs: tf.Tensor | tf.Tensor[], options?: { training?: boolean; mask?: tf.Tensor }): tf.Tensor;
  apply(
    inputs: SymbolicTensor | SymbolicTensor[] | Tensors,
    { training = ambientContext()?.training ?? false, mask }: { training?: boolean; mask?: tf.Tensor | SymbolicMasks } =
      {},
  ): SymbolicTensor | Tensors {
    const list = Array.isArray(inputs) ? inputs : [inputs];
    if (list.length > 0 && list.every((x) => x instanceof SymbolicTensor)) {
      const masks = mask && [mask].flat() as (SymbolicTensor | null)[];
      const outputs = this.applySymbolic(list as SymbolicTensor[], Array.isArray(inputs), masks);
      return outputs.length === 1 ? outputs[0] : outputs as unknown as SymbolicTensor;
    }
    if (!list.every((x) => x instanceof tf.Tensor)) {
      throw new TypeError(
        `"${this.name}" is applied to tensors, or to what input() and other layers gave. Received: ${
          list.map((x) => x === null ? "null" : (x as object)?.constructor?.name ?? typeof x).join(", ")
        }`,
      );
    }
    const ambient = ambientContext();
    const context = { training, mask: mask as tf.Tensor | undefined };
    // Within another layer's call the tidy is the outermost one's: what is added to the loss must outlive this layer.
    if (ambient) return this.run(inputs as Tensors, { ...context, losses: ambient.losses });
    return tf.tidy(() => this.run(inputs as Tensors, { ...context, losses: [] }));
  }

  /** Computes within a model's call: builds if need be, passes masks on, collects penalties. */
  run(inputs: Tensors, context: CallContext): Tensors {
    this.ensureBuilt(Array.isArray(inputs) ? inputs.map(shapeSeen) : shapeSeen(inputs));
    const travelling = context.mask ?? maskOf(Array.isArray(inputs) ? inputs[0] : inputs);
    const mask = context.mask ?? (this.seesMaskOf(inputs) ? travelling : undefined);
    const outputs = runWithin({ ...context, mask }, (within) => {
      const result = this.call(inputs, within);
      return this.activationLayer ? this.activationLayer.run(result, { ...within, mask: undefined }) : result;
    });
    const passedOn = this.computeMask(inputs, travelling);
    // Of several outputs the first is the sequence, the others are states.
    if (passedOn) setMask(Array.isArray(outputs) ? outputs[0] : outputs, passedOn);
    if (this.activityRegularizer) {
      for (const output of Array.isArray(outputs) ? outputs : [outputs]) {
        // As strong for batches of any size, as in Keras.
        context.losses.push(tf.div(this.activityRegularizer.call(output), Math.max(output.shape[0] ?? 1, 1)));
      }
    }
    return outputs;
  }

  /** Adds a node to the graph. */
  protected applySymbolic(inputs: SymbolicTensor[], asList: boolean, masks?: Node["masks"]): SymbolicTensor[] {
    const shapes = inputs.map((x) => x.shape);
    this.ensureBuilt(asList ? shapes : shapes[0]);
    const shape = this.computeOutputShape(asList ? shapes : shapes[0]);
    const outputShapes = (Array.isArray(shape[0]) ? shape : [shape]) as Shape[];
    const outputs = outputShapes.map((s) => new SymbolicTensor({ shape: s, name: this.name }));
    const node: Node = { layer: this, index: this.nodes.length, inputs, masks, outputs };
    outputs.forEach((output, i) => {
      output.node = node;
      output.outputIndex = i;
    });
    this.nodes.push(node);
    return outputs;
  }
}

function shapeSeen(x: tf.Tensor): Shape {
  return [null, ...x.shape.slice(1)];
}
