import type { tf } from "baeum/tensors";
import { setMask } from "./call_context.ts";
import { type CallContext, Layer, type LayerOptions, type Tensors } from "./layer.ts";
import { type FromConfigOptions, layerFromObject } from "./files/from_config.ts";
import { stackConfig } from "./files/model_config.ts";
import { modelJson } from "./files/model_json.ts";
import { InputLayer } from "./layers/input_layer.ts";
import { Model } from "./model.ts";
import type { Shape } from "./shape.ts";

/** Arguments of {@linkcode sequential}. */
export interface SequentialOptions {
  /** The layers, first to last; more can be added with `.add`. */
  layers?: Layer[];
  name?: string;
}

/** A plain stack of layers, each fed by the one before. Keras: `Sequential`. */
export class Sequential extends Model {
  readonly #layers: Layer[] = [];
  #input?: Shape;
  #inputLayer?: InputLayer;

  constructor({ layers = [], name }: SequentialOptions = {}) {
    super({ name } as LayerOptions);
    for (const layer of layers) this.add(layer);
  }

  /** The layers, without the input layer, as in Keras. */
  override get layers(): Layer[] {
    return this.#layers;
  }

  /** The shape of the input, batch first, once it is known. */
  override get inputShape(): Shape | undefined {
    return this.#input;
  }

  override get inputShapes(): Shape[] | undefined {
    return this.#input && [this.#input];
  }

  /** The layer that was given for the input, if one was. */
  get inputLayer(): InputLayer | undefined {
    return this.#inputLayer;
  }

  override get inputNames(): string[] {
    return [this.#inputLayer?.name ?? "input_layer"];
  }

  override get outputNames(): string[] | undefined {
    const last = this.#layers.at(-1);
    return last && [last.name];
  }

  /**
   * Puts a layer on top.
   *
   * @throws {TypeError} for what is no layer; {RangeError} for a layer that is in the model already.
   */
  add(layer: Layer): void {
    if (!(layer instanceof Layer)) {
      throw new TypeError(`add takes a layer, as layers.dense({ units: 10 }) makes one. Received: ${typeof layer}`);
    }
    if (this.#layers.includes(layer)) {
      throw new RangeError(`The layer "${layer.name}" is in this model already; a stack holds each layer once`);
    }
    if (this.#layers.some((other) => other.name === layer.name)) {
      throw new RangeError(`A layer of the name "${layer.name}" is in this model already; names must differ`);
    }
    if (layer instanceof InputLayer) {
      if (this.#layers.length > 0 || this.#input) throw new RangeError("An input layer comes first, and once");
      this.#input = layer.batchShape;
      this.#inputLayer = layer;
      return;
    }
    if (this.#layers.length === 0 && !this.#input) {
      this.#input = layer.batchInputShape ?? (layer instanceof Sequential ? layer.inputShape : undefined);
    }
    this.#layers.push(layer);
    this.steps.forget();
    if (this.#input) {
      this.built = false;
      this.ensureBuilt(this.#input);
    }
  }

  /** Takes the last layer off. */
  pop(): Layer {
    const layer = this.#layers.pop();
    if (!layer) throw new RangeError("There is no layer left to take off");
    this.steps.forget();
    return layer;
  }

  override build(inputShape: Shape | Shape[]): void {
    this.#input ??= inputShape as Shape;
    let shape: Shape | Shape[] = inputShape;
    for (const layer of this.#layers) {
      layer.ensureBuilt(shape);
      shape = layer.computeOutputShape(shape);
    }
  }

  override call(inputs: Tensors, context: CallContext): Tensors {
    if (context.mask) setMask([inputs].flat()[0], context.mask);
    return this.#layers.reduce<Tensors>((x, layer) => layer.run(x, { ...context, mask: undefined }), inputs);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return this.#layers.reduce((shape, layer) => {
      layer.ensureBuilt(shape);
      return layer.computeOutputShape(shape);
    }, inputShape);
  }

  override computeMask(_inputs: Tensors, _mask?: tf.Tensor): undefined {
    return undefined;
  }

  /** The layers, each as Keras describes it; {@linkcode Sequential.fromConfig} makes such a model of them. */
  override getConfig(): Record<string, unknown> {
    return stackConfig(this);
  }

  override toJson(): string {
    return modelJson(this);
  }

  /**
   * A stack as {@linkcode getConfig}, or Keras' `get_config`, has described it, with new weights; not compiled.
   *
   * @throws {RangeError} for a class that is not known; {TypeError} for what describes no stack.
   */
  static fromConfig(config: Record<string, unknown>, options: FromConfigOptions = {}): Sequential {
    return layerFromObject({ class_name: "Sequential", config }, options) as Sequential;
  }
}

/**
 * A model that is a plain stack of layers.
 *
 * Give the first layer an `inputShape` (one sample's shape, without the batch) and the weights exist at once; without it
 * they are made when the model first sees data.
 *
 * @example
 * ```ts
 * import { layers, sequential } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * const model = sequential({
 *   layers: [
 *     layers.dense({ units: 1024, activation: "sigmoid", inputShape: [784] }),
 *     layers.dense({ units: 10, activation: "sigmoid" }),
 *   ],
 * });
 * assertEquals(model.countParams(), 814_090);
 * ```
 */
export function sequential(options: SequentialOptions = {}): Sequential {
  return new Sequential(options);
}
