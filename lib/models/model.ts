import type { tf } from "baeum/tensors";
import { Layer, type LayerOptions, type Tensors } from "./layer.ts";
import type { Optimizer } from "./optimizers/mod.ts";
import type { Shape } from "./shape.ts";
import { tryOut } from "./tried_shape.ts";
import { summarize, type SummaryOptions } from "./summary.ts";
import { Compiled, type CompileOptions } from "./training/compile.ts";
import type { ModelData } from "./training/model_data.ts";
import { type BatchGenerator, isGenerator } from "./training/batches.ts";
import { evaluateModel, type EvaluateOptions } from "./training/evaluate.ts";
import { predictModel, type PredictOptions } from "./training/predict.ts";
import { stepOnBatch, type TestOnBatchOptions, type TrainOnBatchOptions } from "./training/on_batch.ts";
import type { Logs } from "./callbacks/mod.ts";
import { fitModel, type FitOptions } from "./training/fit.ts";
import type { History } from "./training/history.ts";
import { ModelSteps } from "./training/model_steps.ts";

/**
 * Layers that train together: what `sequential` and `model` give, and what a class of one's own extends.
 *
 * The life of a model: build it, {@linkcode compile} it (what is minimised, and how), {@linkcode fit} it to data,
 * {@linkcode evaluate} it on data it has not seen, {@linkcode predict}.
 *
 * A class of one's own holds its layers in properties (not in private ones) and says in `call` what it computes; the weights
 * are made when it first sees data. Several inputs come as a list, several outputs are given back as one.
 *
 * @example
 * ```ts
 * import { layers, Model } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * class WideAndDeep extends Model {
 *   hidden = layers.dense({ units: 30, activation: "relu" });
 *   out = layers.dense({ units: 1 });
 *
 *   override call([wide, deep]: tf.Tensor[]) {
 *     return this.out.apply(tf.concat([wide, this.hidden.apply(deep)], -1));
 *   }
 * }
 *
 * const model = new WideAndDeep();
 * model.compile({ loss: "mse", optimizer: "sgd" });
 * const [wide, deep] = [tf.ones([8, 5]), tf.ones([8, 6])];
 * await model.fit([wide, deep], tf.ones([8, 1]), { verbose: 0 });
 * assertEquals(model.countParams(), 6 * 30 + 30 + 35 + 1);
 * ```
 */
export abstract class Model extends Layer {
  #compiled?: Compiled;
  /** What the last {@linkcode fit} has recorded, also when it was stopped or failed. */
  history?: History;
  /** Set to true by a callback, it ends the training after the current batch. */
  stopTraining = false;
  /** Set by a callback when a training begins, the epoch to go on from, counted from 0, in place of `fit`'s. */
  initialEpoch?: number;
  /** The recorded steps; made anew whenever the model or its training changes. */
  readonly steps: ModelSteps = new ModelSteps(this);

  constructor(options: LayerOptions = {}) {
    super(options);
  }

  /** The layers, in the order of their computation; in a class of one's own, in the order in which it was given them. */
  get layers(): Layer[] {
    return super.sublayers;
  }

  /** The shape of the input, batch first, once it is known; of several inputs the first one's. */
  get inputShape(): Shape | undefined {
    return Array.isArray(this.buildShape?.[0]) ? this.buildShape[0] : this.buildShape as Shape | undefined;
  }

  /** The shapes that the inputs must have, batch first, where they are fixed. */
  get inputShapes(): Shape[] | undefined {
    return undefined;
  }

  /** The names of the inputs, where the model knows them. */
  get inputNames(): string[] | undefined {
    return undefined;
  }

  /** The names of the outputs, where the model knows them: those of the layers that make them. */
  get outputNames(): string[] | undefined {
    return undefined;
  }

  override get sublayers(): Layer[] {
    return this.layers;
  }

  /** Builds all layers by calling the model on zeros. */
  override build(inputShape: Shape | Shape[]): void {
    tryOut(this, inputShape);
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
    this.#compiled = new Compiled(options);
    this.steps.forget();
  }

  /**
   * Trains for a number of epochs.
   *
   * `x` is `[samples, …]`, `y` as the loss wants it; both are tensors or nested arrays, for several inputs or outputs lists
   * of them or dictionaries by name. Keras' defaults: batches of 32, one epoch, shuffled before each, a progress line. Instead
   * of arrays a generator may give batches `[x, y]` or `[x, y, sampleWeight]`.
   *
   * @throws {RangeError} when shapes do not fit, with both named.
   */
  fit(x: ModelData, y: ModelData, options?: FitOptions): Promise<History>;
  fit(batches: BatchGenerator, options?: FitOptions): Promise<History>;
  fit(x: ModelData | BatchGenerator, y?: ModelData | FitOptions, options?: FitOptions): Promise<History> {
    if (isGenerator(x)) return fitModel(this, x, undefined, y as FitOptions ?? {});
    return fitModel(this, x, y as ModelData, options ?? {});
  }

  /**
   * Loss and metrics on data, without training: `[loss, …]`, in Keras' order; with `returnDict` under their names.
   */
  evaluate(x: ModelData, y: ModelData, options: EvaluateOptions & { returnDict: true }): Promise<Logs>;
  evaluate(x: ModelData, y: ModelData, options?: EvaluateOptions & { returnDict?: false }): Promise<number[]>;
  evaluate(batches: BatchGenerator, options: EvaluateOptions & { returnDict: true }): Promise<Logs>;
  evaluate(batches: BatchGenerator, options?: EvaluateOptions & { returnDict?: false }): Promise<number[]>;
  async evaluate(
    x: ModelData | BatchGenerator,
    y?: ModelData | EvaluateOptions,
    given: EvaluateOptions & { returnDict?: boolean } = {},
  ): Promise<Logs | number[]> {
    const generated = isGenerator(x);
    const options = generated ? y as typeof given ?? {} : given;
    const { logs, step } = await evaluateModel(this, x, generated ? undefined : y as ModelData, options);
    return options.returnDict ? logs : step.values(logs);
  }

  /**
   * The model's output for each sample, `[samples, …]`, computed in batches (32). A model of several outputs gives a list:
   * `model.predict<tf.Tensor[]>(x)`.
   */
  predict<T extends Tensors = tf.Tensor>(x: ModelData, options: PredictOptions = {}): T {
    const outputs = predictModel(this, x, options);
    return (outputs.length === 1 ? outputs[0] : outputs) as T;
  }

  /** One step of training on all of the data as one batch: loss and metrics before the step, as `evaluate` gives them. */
  trainOnBatch(x: ModelData, y: ModelData, options: TrainOnBatchOptions & { returnDict: true }): Promise<Logs>;
  trainOnBatch(x: ModelData, y: ModelData, options?: TrainOnBatchOptions & { returnDict?: false }): Promise<number[]>;
  async trainOnBatch(
    x: ModelData,
    y: ModelData,
    options: TrainOnBatchOptions & { returnDict?: boolean } = {},
  ): Promise<Logs | number[]> {
    const { logs, step } = await stepOnBatch(this, "train", x, y, options);
    return options.returnDict ? logs : step.values(logs);
  }

  /** Loss and metrics of all of the data as one batch, without training. */
  testOnBatch(x: ModelData, y: ModelData, options: TestOnBatchOptions & { returnDict: true }): Promise<Logs>;
  testOnBatch(x: ModelData, y: ModelData, options?: TestOnBatchOptions & { returnDict?: false }): Promise<number[]>;
  async testOnBatch(
    x: ModelData,
    y: ModelData,
    options: TestOnBatchOptions & { returnDict?: boolean } = {},
  ): Promise<Logs | number[]> {
    const { logs, step } = await stepOnBatch(this, "test", x, y, options);
    return options.returnDict ? logs : step.values(logs);
  }

  /** The model's output for all of the data as one batch. */
  predictOnBatch<T extends Tensors = tf.Tensor>(x: ModelData): T {
    return this.predict<T>(x, { batchSize: Number.MAX_SAFE_INTEGER });
  }

  /** Why training runs eagerly where it does; `"recorded"` where steps are recorded and replayed. */
  explainTraining(): string {
    return this.steps.explain();
  }

  /**
   * Saves the model as Keras 3's `.keras` file, or in Keras' older format `.h5`, with what it was compiled with and its
   * optimizer's state. `loadModel` gives it back, and Keras loads it too. The file appears at once and whole.
   *
   * @throws {RangeError} for a path that ends in neither.
   * @throws {TypeError} for a model that is a class of its own, whose `call` no file can hold.
   */
  async save(path: string | URL): Promise<void> {
    const { saveModel } = await import("./files/save_model.ts");
    await saveModel(this, path);
  }

  /**
   * Writes the model in tfjs-layers' own format, `model.json` and `weights.bin` in a folder, for `tf.loadLayersModel` in a
   * browser. `fromTfjs` reads it. Each layer is held against tfjs-layers' own while it is written.
   *
   * @throws {TypeError} for a layer that tfjs-layers does not have or computes otherwise, with its name.
   */
  async toTfjs(folder: string): Promise<void> {
    const { saveTfjs } = await import("./files/tfjs_model.ts");
    await saveTfjs(this, folder);
  }

  /** Saves the weights alone, as Keras 3's `.weights.h5`; those of a class of one's own, too. */
  async saveWeights(path: string | URL): Promise<void> {
    const { saveWeights } = await import("./files/save_model.ts");
    await saveWeights(this, path);
  }

  /**
   * Puts the weights of a `.weights.h5` into this model, which has the same layers: all of them or none.
   *
   * @throws {RangeError} when they do not fit.
   */
  async loadWeights(path: string | URL): Promise<void> {
    const { loadWeights } = await import("./files/save_model.ts");
    await loadWeights(this, path);
  }

  /**
   * The layers and what the model was compiled with, without the weights, as Keras' `to_json` has it; `modelFromJson` makes
   * such a model of it.
   *
   * @throws {TypeError} for a model that is a class of its own, whose `call` no text can hold.
   */
  toJson(): string {
    throw new TypeError(`"${this.name}" is a class of its own, whose call no text can hold: use saveWeights`);
  }

  /** Prints Keras' table of layers, output shapes and parameters. */
  summary(options: SummaryOptions = {}): void {
    summarize(this, options);
  }
}
