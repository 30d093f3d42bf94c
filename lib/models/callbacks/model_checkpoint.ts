import type { Logs } from "./callback.ts";
import { MonitorCallback, type MonitorOptions } from "./monitor.ts";
import { NamePattern } from "./name_pattern.ts";
import { BatchCount, checkSaveFrequency, type SaveFrequency } from "./save_frequency.ts";

/** Arguments of {@linkcode modelCheckpoint}. */
export interface ModelCheckpointOptions extends Omit<MonitorOptions, "minDelta"> {
  /** Says what it saves (default 0: silent). */
  verbose?: 0 | 1;
  /** Whether only a model that is better than all before is saved (default false). */
  saveBestOnly?: boolean;
  /** Whether the weights alone are saved, in a `.weights.h5` (default false: the whole model). */
  saveWeightsOnly?: boolean;
  /** `"epoch"` (default), or after every how many batches to save, counted over the epochs. */
  saveFreq?: SaveFrequency;
  /** With `saveBestOnly`: the value that must be beaten first (default: none). */
  initialValueThreshold?: number;
}

/** Saves a model while it trains. Keras: `ModelCheckpoint`. */
export class ModelCheckpoint extends MonitorCallback {
  readonly filepath: string;
  readonly verbose: 0 | 1;
  readonly saveBestOnly: boolean;
  readonly saveWeightsOnly: boolean;
  readonly saveFreq: SaveFrequency;
  readonly #pattern: NamePattern;
  #epoch = 0;

  constructor(filepath: string, options: ModelCheckpointOptions = {}) {
    super(options);
    const { verbose = 0, saveBestOnly = false, saveWeightsOnly = false, saveFreq = "epoch" } = options;
    checkSaveFrequency(saveFreq);
    if (saveWeightsOnly ? !filepath.endsWith(".weights.h5") : !/\.(keras|h5)$/.test(filepath)) {
      const wanted = saveWeightsOnly ? "With saveWeightsOnly the file's name ends in .weights.h5" : "The file's name " +
        "ends in .keras or .h5";
      throw new RangeError(`${wanted}. Received: ${filepath}`);
    }
    this.filepath = filepath;
    this.verbose = verbose;
    this.saveBestOnly = saveBestOnly;
    this.saveWeightsOnly = saveWeightsOnly;
    this.saveFreq = saveFreq;
    this.best = options.initialValueThreshold;
    this.#pattern = new NamePattern(filepath);
    // Whoever has hooks for batches makes the training wait for their numbers.
    if (saveFreq !== "epoch") {
      const batches = new BatchCount(saveFreq);
      this.onTrainBatchEnd = async (batch, logs) => {
        if (batches.isDue()) await this.#save({ epoch: this.#epoch + 1, batch: batch + 1 }, logs);
      };
    }
  }

  override onEpochBegin(epoch: number): void {
    this.#epoch = epoch;
  }

  override async onEpochEnd(epoch: number, logs: Logs): Promise<void> {
    this.settleMode();
    if (this.saveFreq === "epoch") await this.#save({ epoch: epoch + 1 }, logs);
  }

  async #save(place: { epoch: number; batch?: number }, logs: Logs): Promise<void> {
    const path = this.#pattern.fill(place, logs);
    if (!this.#isWanted(`Epoch ${place.epoch}:`, path, logs)) return;
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    if (folder) await Deno.mkdir(folder, { recursive: true });
    if ((await Deno.stat(path).catch(() => undefined))?.isDirectory) {
      throw new Error(`ModelCheckpoint needs the name of a file. Received that of a folder: ${path}`);
    }
    await (this.saveWeightsOnly ? this.model.saveWeights(path) : this.model.save(path));
    if (this.verbose) console.log(`Epoch ${place.epoch}: finished saving model to ${path}`);
  }

  #isWanted(begin: string, path: string, logs: Logs): boolean {
    const say = (text: string) => this.verbose && console.log(`${begin} ${text}`);
    if (!this.saveBestOnly) {
      say(`saving model to ${path}`);
      return true;
    }
    const current = this.monitored(logs);
    // As in Keras: what cannot be compared is saved.
    if (current === undefined) return true;
    const best = this.best?.toFixed(5) ?? "None";
    if (!this.isBetter(current, this.best)) {
      say(`${this.monitor} did not improve from ${best}`);
      return false;
    }
    say(`${this.monitor} improved from ${best} to ${current.toFixed(5)}, saving model to ${path}`);
    this.best = current;
    return true;
  }
}

/**
 * Saves the model at the end of each epoch, or after every so many batches; with `saveBestOnly` only when a number is better
 * than ever before. Each file appears at once and whole.
 *
 * A name can have places for numbers, in Python's notation: `{epoch}` (from 1), the names in the logs, and with a number as
 * `saveFreq` `{batch}` (from 1). A name without is written over and over. Where the watched number is missing in the logs, a
 * warning says so and the model is saved. What was the best stays so in the callback's next training.
 *
 * @param filepath The file's name: `"models/{epoch:02d}-{val_loss:.2f}.keras"`; its folder is made if it is not there. With
 *   `saveWeightsOnly` it ends in `.weights.h5`, otherwise in `.keras` or `.h5`.
 * @throws {RangeError} for another ending, for a place that is no name of a number; in training, for a name that the logs do
 *   not have.
 * @see https://keras.io/api/callbacks/model_checkpoint/
 *
 * @example
 * ```ts
 * import { callbacks, layers, loadModel, sequential } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });
 * model.compile({ loss: "mse", optimizer: "sgd" });
 * await model.fit([[1], [2]], [[2], [4]], {
 *   epochs: 2,
 *   callbacks: [callbacks.modelCheckpoint(`${folder}/{epoch:02d}.keras`)],
 *   verbose: 0,
 * });
 * assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), ["01.keras", "02.keras"]);
 * assertEquals((await loadModel(`${folder}/02.keras`)).countParams(), 2);
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export function modelCheckpoint(filepath: string, options: ModelCheckpointOptions = {}): ModelCheckpoint {
  return new ModelCheckpoint(filepath, options);
}
