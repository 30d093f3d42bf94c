import type { tf } from "baeum/tensors";
import { Layer, type LayerOptions } from "./layer.ts";
import type { Optimizer } from "./optimizers/mod.ts";
import type { Shape } from "./shape.ts";
import { summarize, type SummaryOptions } from "./summary.ts";
import { type Compiled, compileModel, type CompileOptions } from "./training/compile.ts";
import type { ModelData } from "./training/model_data.ts";
import { evaluateModel, type EvaluateOptions, predictModel, type PredictOptions } from "./training/evaluate.ts";
import { fitModel, type FitOptions } from "./training/fit.ts";
import type { History } from "./training/history.ts";
import { ModelSteps } from "./training/model_steps.ts";

/**
 * Layers that train together: what `sequential` and `model` give, and what a class of one's own extends.
 *
 * The life of a model: build it, {@linkcode compile} it (what is minimised, and how), {@linkcode fit} it to data,
 * {@linkcode evaluate} it on data it has not seen, {@linkcode predict}.
 */
export abstract class Model extends Layer {
  #compiled?: Compiled;
  /** What the last {@linkcode fit} has recorded, also when it was stopped or failed. */
  history?: History;
  /** Set to true by a callback, it ends the training after the current batch. */
  stopTraining = false;
  /** The recorded steps; made anew whenever the model or its training changes. */
  readonly steps: ModelSteps = new ModelSteps(this);

  constructor(options: LayerOptions = {}) {
    super(options);
  }

  /** The layers, in the order of their computation. */
  abstract get layers(): Layer[];

  /** The shape of the input, batch first, once it is known. */
  abstract get inputShape(): Shape | undefined;

  override get sublayers(): Layer[] {
    return this.layers;
  }

  /** What {@linkcode compile} was told. */
  get compiled(): Compiled {
    if (!this.#compiled) {
      throw new Error(
        `"${this.name}" is not compiled. Call model.compile({ loss: …, optimizer: …, metrics: […] }) before it is ` +
          "trained or evaluated.",
      );
    }
    return this.#compiled;
  }

  /**
   * The optimizer that {@linkcode compile} was told; its `learningRate` may be set at any time.
   *
   * @throws {Error} before the model is compiled.
   */
  get optimizer(): Optimizer {
    return this.compiled.optimizer;
  }

  get isCompiled(): boolean {
    return this.#compiled !== undefined;
  }

  /**
   * The layer of a name.
   *
   * @throws {RangeError} if there is none; the message lists the names.
   */
  getLayer(name: string): Layer {
    const found = this.layers.find((layer) => layer.name === name);
    if (found) return found;
    throw new RangeError(
      `"${this.name}" has no layer of the name "${name}". It has: ${this.layers.map((l) => l.name).join(", ")}`,
    );
  }

  /**
   * Says what training minimises and how.
   *
   * Names and defaults are Keras': `optimizer: "adam"` is Adam with a learning rate of 0.001, `metrics: ["accuracy"]` is the
   * accuracy that fits the loss and the shapes.
   *
   * @throws {RangeError} for an unknown loss, metric or optimizer.
   */
  compile(options: CompileOptions): void {
    this.#compiled = compileModel(this, options);
    this.steps.forget();
  }

  /**
   * Trains for a number of epochs.
   *
   * `x` is `[samples, …]`, `y` as the loss wants it; both are tensors or nested arrays. Keras' defaults: batches of 32, one
   * epoch, shuffled before each, a progress line.
   *
   * @throws {RangeError} when shapes do not fit, with both named.
   */
  fit(x: ModelData, y: ModelData, options: FitOptions = {}): Promise<History> {
    return fitModel(this, x, y, options);
  }

  /**
   * Loss and metrics on data, without training: `[loss, …metrics]`, or the loss alone where there is no metric.
   */
  evaluate(x: ModelData, y: ModelData, options: EvaluateOptions = {}): Promise<number[]> {
    return evaluateModel(this, x, y, options);
  }

  /** The model's output for each sample, `[samples, …]`, computed in batches (32). */
  predict(x: ModelData, options: PredictOptions = {}): tf.Tensor {
    return predictModel(this, x, options);
  }

  /** Why training runs eagerly where it does; `"recorded"` where steps are recorded and replayed. */
  explainTraining(): string {
    return this.steps.explain();
  }

  /** Prints Keras' table of layers, output shapes and parameters. */
  summary(options: SummaryOptions = {}): void {
    summarize(this, options);
  }
}
