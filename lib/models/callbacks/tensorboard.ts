import { SummaryWriter } from "baeum/formats";
import type { Layer } from "../layer.ts";
import type { Model } from "../model.ts";
import { Sequential } from "../sequential.ts";
import type { Weight } from "../weight.ts";
import { Callback, type Logs } from "./callback.ts";
import { layerGraph } from "./layer_graph.ts";
import { weightImages } from "./weight_images.ts";

/** Arguments of {@linkcode tensorBoard}. */
export interface TensorBoardOptions {
  /** Every how many epochs the weights' histograms are logged (default 0: never). */
  histogramFreq?: number;
  /** Whether to log the graph of the layers (default true). */
  writeGraph?: boolean;
  /** Whether to log the weights as images, too, whenever their histograms are logged (default false). */
  writeImages?: boolean;
  /** Whether to log how many steps were done in a second (default false). */
  writeStepsPerSecond?: boolean;
  /**
   * `"epoch"` (default), or every how many batches loss and metrics are logged as well; `"batch"` is 1. Evaluations are always
   * logged; Keras then leaves out those whose last batch's number it does not divide.
   */
  updateFreq?: "epoch" | "batch" | number;
}

/** Logs a training for TensorBoard. Keras: `TensorBoard`. */
export class TensorBoard extends Callback {
  readonly logDir: string;
  readonly #options: Required<TensorBoardOptions>;
  readonly #writers = new Map<string, SummaryWriter>();
  #isTraining = false;
  #batches = 0;
  #batchBegan = 0;
  #epochBegan = 0;
  #batchesBefore = 0;

  constructor(logDir = "logs", options: TensorBoardOptions = {}) {
    super();
    const { histogramFreq = 0, writeGraph = true, writeImages = false, writeStepsPerSecond = false } = options;
    const { updateFreq = "epoch" } = options;
    if (!Number.isInteger(histogramFreq) || histogramFreq < 0) {
      throw new RangeError(`histogramFreq is a number of epochs, or 0. Received: ${histogramFreq}`);
    }
    if (typeof updateFreq === "number" && !(Number.isInteger(updateFreq) && updateFreq > 0)) {
      throw new RangeError(`updateFreq is "epoch", "batch" or a number of batches. Received: ${updateFreq}`);
    }
    this.logDir = logDir;
    this.#options = { histogramFreq, writeGraph, writeImages, writeStepsPerSecond, updateFreq };
    // Whoever has hooks for batches makes the training wait for their numbers.
    if (updateFreq !== "epoch") {
      this.onTrainBatchBegin = () => void (this.#batchBegan = performance.now());
      this.onTrainBatchEnd = (_batch, logs) => this.#logBatch(logs, updateFreq === "batch" ? 1 : updateFreq);
    }
  }

  override setModel(model: Model): void {
    super.setModel(model);
    this.#close();
    const graph = this.#options.writeGraph ? layerGraph(model) : undefined;
    if (graph) this.#writer("train").model("keras", graph, { step: 0 });
  }

  override onTrainBegin(): void {
    this.#isTraining = true;
    this.#batches = 0;
  }

  override onEpochBegin(): void {
    this.#epochBegan = performance.now();
    this.#batchesBefore = this.model.optimizer.iterations;
  }

  override onEpochEnd(epoch: number, logs: Logs): void {
    const { histogramFreq, writeStepsPerSecond } = this.#options;
    const { learningRate, iterations } = this.model.optimizer;
    for (const [name, value] of Object.entries({ ...logs, learning_rate: learningRate })) {
      const isValidation = name.startsWith("val_");
      const writer = this.#writer(isValidation ? "validation" : "train");
      writer.scalar(`epoch_${isValidation ? name.slice(4) : name}`, value, { step: epoch });
    }
    if (writeStepsPerSecond) {
      const rate = (iterations - this.#batchesBefore) * 1000 / (performance.now() - this.#epochBegan);
      this.#writer("train").scalar("epoch_steps_per_second", rate, { step: epoch });
    }
    if (histogramFreq > 0 && epoch % histogramFreq === 0) this.#logWeights(epoch);
  }

  override onTestEnd(logs: Logs): void {
    const step = this.model.optimizer.iterations;
    for (const [name, value] of Object.entries(logs)) {
      this.#writer("validation").scalar(`evaluation_${name}_vs_iterations`, value, { step });
    }
    if (!this.#isTraining) this.#close();
  }

  override onTrainEnd(): void {
    this.#isTraining = false;
    this.#close();
  }

  #logBatch(logs: Logs, every: number): void {
    const step = ++this.#batches;
    if (step % every !== 0) return;
    const writer = this.#writer("train");
    if (this.#options.writeStepsPerSecond) {
      writer.scalar("batch_steps_per_second", 1000 / (performance.now() - this.#batchBegan), { step });
    }
    for (const [name, value] of Object.entries(logs)) writer.scalar(`batch_${name}`, value, { step });
  }

  #logWeights(epoch: number): void {
    const writer = this.#writer("train");
    for (const [path, weight] of weightsByPath(this.model)) {
      writer.histogram(`${path}/histogram`, weight.variable, { step: epoch });
      const images = this.#options.writeImages ? weightImages(weight) : undefined;
      if (images) writer.image(`${path}/image`, images, { step: epoch });
      images?.dispose();
    }
  }

  /** Files are made when there is something to write. */
  #writer(run: "train" | "validation"): SummaryWriter {
    let writer = this.#writers.get(run);
    if (!writer) this.#writers.set(run, writer = new SummaryWriter(`${this.logDir}/${run}`));
    return writer;
  }

  #close(): void {
    for (const writer of this.#writers.values()) writer.close();
    this.#writers.clear();
  }
}

/** A stack's weights are called after it, those of other models after the layer alone, as Keras' `weight.path`. */
function weightsByPath(model: Model): [path: string, weight: Weight][] {
  if (model instanceof Sequential) return weightsWithin(model, "");
  return model.layers.flatMap((layer) => weightsWithin(layer, ""));
}

function weightsWithin(layer: Layer, outer: string): [path: string, weight: Weight][] {
  const path = `${outer}${layer.name}/`;
  const inner = layer.sublayers.flatMap((sublayer) => weightsWithin(sublayer, path));
  const own = layer.weights.slice(0, layer.weights.length - inner.length);
  return [...own.map((weight): [string, Weight] => [path + weight.name, weight]), ...inner];
}

/**
 * Logs a training for TensorBoard, in Keras' layout: `train/` and `validation/` below `logDir`, the values of each epoch as
 * `epoch_loss`, `epoch_accuracy` …, the learning rate, the graph of the layers, and what else is asked for.
 *
 * `./baeum tensorboard DIR` shows it, or `await tensorboard(DIR)` of `baeum/notebook`. Give each run a folder of its own
 * within one: runs that share a folder are drawn as one line. Whatever else is worth a look, `SummaryWriter` of
 * `baeum/formats` logs. Keras' `profile_batch` and `embeddings_freq` are not there.
 *
 * @param logDir The folder; is made if it is not there (default `"logs"`).
 * @throws {RangeError} for a `histogramFreq` or `updateFreq` that is no whole number.
 * @see https://keras.io/api/callbacks/tensorboard/
 *
 * @example
 * ```ts
 * import { callbacks, layers, sequential } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * const logs = await Deno.makeTempDir();
 * const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });
 * model.compile({ loss: "mse", optimizer: "sgd" });
 * await model.fit([[1], [2], [3], [4]], [[2], [4], [6], [8]], {
 *   epochs: 3,
 *   validationSplit: 0.25,
 *   callbacks: [callbacks.tensorBoard(`${logs}/run_1`)],
 *   verbose: 0,
 * });
 * assertEquals([...Deno.readDirSync(`${logs}/run_1`)].map(({ name }) => name).sort(), ["train", "validation"]);
 * await Deno.remove(logs, { recursive: true });
 * ```
 */
export function tensorBoard(logDir?: string, options: TensorBoardOptions = {}): TensorBoard {
  return new TensorBoard(logDir, options);
}
