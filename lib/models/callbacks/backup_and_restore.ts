import { writeAtomically } from "../files/atomic_write.ts";
import { readWeights, weightsFile } from "../files/model_weights.ts";
import { Callback } from "./callback.ts";
import { type RandomPlaces, randomPlaces, restoreRandomPlaces } from "./random_streams.ts";
import { BatchCount, checkSaveFrequency, type SaveFrequency } from "./save_frequency.ts";

/** Arguments of {@linkcode backupAndRestore}. */
export interface BackupAndRestoreOptions {
  /** `"epoch"` (default), or after every how many batches to save, counted over the epochs. */
  saveFreq?: SaveFrequency;
  /** Whether the backup is deleted when the training has come to its end (default true). */
  deleteCheckpoint?: boolean;
}

/** What stands beside the weights. Keras' backups have `epoch` and `batch` alone. */
interface Metadata {
  /** The epoch to go on with, from 0. */
  epoch: number;
  batch: number;
  /** SHA-256 of the weights' file that belongs to this. */
  weights?: string;
  random?: RandomPlaces;
}

const WEIGHTS = "latest.weights.h5";
const NEXT = "next.weights.h5";
const METADATA = "training_metadata.json";

/** Makes a training go on after an interruption. Keras: `BackupAndRestore`. */
export class BackupAndRestore extends Callback {
  readonly backupDir: string;
  readonly saveFreq: SaveFrequency;
  readonly deleteCheckpoint: boolean;
  #epoch = 0;
  #batch = 0;

  constructor(backupDir: string, { saveFreq = "epoch", deleteCheckpoint = true }: BackupAndRestoreOptions = {}) {
    super();
    if (!backupDir) throw new RangeError('backupDir is the path of a folder of its own. Received: ""');
    checkSaveFrequency(saveFreq);
    this.backupDir = backupDir.replace(/(?<=.)\/+$/, "");
    this.saveFreq = saveFreq;
    this.deleteCheckpoint = deleteCheckpoint;
    // Whoever has hooks for batches makes the training wait for their numbers.
    if (saveFreq !== "epoch") {
      const batches = new BatchCount(saveFreq);
      this.onTrainBatchEnd = async (batch) => {
        this.#batch = batch;
        if (batches.isDue()) await this.#save();
      };
    }
  }

  override async onTrainBegin(): Promise<void> {
    this.#epoch = this.#batch = 0;
    if (!this.model.built) {
      throw new Error(
        `"${this.model.name}" has no weights yet that a backup could be put into: give its first layer an inputShape, or ` +
          "call it once",
      );
    }
    const metadata = await this.#metadata();
    const weights = await this.#weightsOf(metadata);
    if (!weights) return;
    await readWeights(this.model, weights);
    if (!metadata) return;
    this.#epoch = this.model.initialEpoch = metadata.epoch;
    if (metadata.random) restoreRandomPlaces(this.model, metadata.random);
  }

  override onEpochBegin(epoch: number): void {
    this.#epoch = epoch;
  }

  override async onEpochEnd(epoch: number): Promise<void> {
    this.#epoch = epoch + 1;
    this.#batch = 0;
    if (this.saveFreq === "epoch") await this.#save();
  }

  override async onTrainEnd(): Promise<void> {
    if (!this.deleteCheckpoint) return;
    for (const name of await namesIn(this.backupDir)) {
      const isOurs = [WEIGHTS, NEXT, METADATA].some((own) => name === own || name.startsWith(`${own}.`));
      if (isOurs) await Deno.remove(`${this.backupDir}/${name}`);
    }
    if ((await namesIn(this.backupDir)).length === 0) await Deno.remove(this.backupDir).catch(ignoreMissing);
  }

  /**
   * The metadata decides which weights count, as two files cannot change at the same moment: whenever the process is killed,
   * those that belong to it are there whole, under the one name or the other.
   */
  async #save(): Promise<void> {
    await Deno.mkdir(this.backupDir, { recursive: true });
    const bytes = await weightsFile(this.model);
    await writeAtomically(this.#path(NEXT), bytes);
    const metadata: Metadata = {
      epoch: this.#epoch,
      batch: this.#batch,
      weights: await digest(bytes),
      random: randomPlaces(this.model),
    };
    await writeAtomically(this.#path(METADATA), new TextEncoder().encode(JSON.stringify(metadata)));
    await Deno.rename(this.#path(NEXT), this.#path(WEIGHTS));
  }

  async #metadata(): Promise<Metadata | undefined> {
    const path = this.#path(METADATA);
    const text = await Deno.readTextFile(path).catch(ignoreMissing);
    if (text === undefined) return undefined;
    const metadata = parsed(text) as Partial<Metadata> | undefined;
    if (Number.isInteger(metadata?.epoch) && metadata!.epoch! >= 0) return metadata as Metadata;
    throw new RangeError(`${path} does not say which epoch to go on with. Delete ${this.backupDir} to begin anew`);
  }

  /** The weights that the metadata belongs to; of Keras' backup, those that are there. */
  async #weightsOf(metadata: Metadata | undefined): Promise<Uint8Array | undefined> {
    const read = (name: string) => Deno.readFile(this.#path(name)).catch(ignoreMissing);
    const latest = await read(WEIGHTS);
    if (!metadata?.weights) return latest;
    if (latest && await digest(latest) === metadata.weights) return latest;
    const next = await read(NEXT);
    if (next && await digest(next) === metadata.weights) {
      await Deno.rename(this.#path(NEXT), this.#path(WEIGHTS));
      return next;
    }
    throw new RangeError(
      `The weights in ${this.backupDir} are not those that its ${METADATA} belongs to. Delete the folder to begin anew`,
    );
  }

  #path(name: string): string {
    return `${this.backupDir}/${name}`;
  }
}

async function digest(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function ignoreMissing(error: unknown): undefined {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name);
  } catch (error) {
    return ignoreMissing(error) ?? [];
  }
}

/**
 * Lets a training that was interrupted, by Stop, by an error or by the end of the process, go on when `fit` is called again:
 * from the last backup on, with the numbers that it would have had (but for roundings).
 *
 * The backup holds weights, the optimizer's state, the epoch, and where the shuffle and the layers that draw by chance stand;
 * whenever the process is killed, the last backup is there whole. Model, data and `fit`'s arguments must be those of the
 * interrupted training. Not in it: what other callbacks remember, the place of one's own generator, and, with
 * `stepsPerEpoch`, the samples that were next. With a number as `saveFreq`, the epoch that was interrupted begins anew from the
 * weights of its last backup, as in Keras; its numbers then differ. Keras' backups are read, too; its `double_checkpoint` is
 * not there, as no backup is ever half written.
 *
 * @param backupDir A folder that nothing else is kept in; is made if it is not there.
 * @throws {RangeError} for an empty path or a wrong `saveFreq`; in training, for a backup of another model.
 * @throws {Error} in training, for a model without weights yet.
 * @see https://keras.io/api/callbacks/backup_and_restore/
 *
 * @example
 * ```ts
 * import { callbacks, layers, sequential } from "baeum/models";
 * import { assertEquals, assertRejects } from "@std/assert";
 *
 * const backupDir = await Deno.makeTempDir();
 * const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });
 * model.compile({ loss: "mse", optimizer: "sgd" });
 * const fail = callbacks.lambdaCallback({
 *   onEpochBegin: (epoch) => {
 *     if (epoch === 4) throw new Error("no power");
 *   },
 * });
 * const backup = callbacks.backupAndRestore(backupDir);
 * const options = { epochs: 10, verbose: 0 as const };
 * await assertRejects(() => model.fit([[1], [2]], [[2], [4]], { ...options, callbacks: [backup, fail] }));
 * const history = await model.fit([[1], [2]], [[2], [4]], { ...options, callbacks: [backup] });
 * assertEquals(history.epoch, [4, 5, 6, 7, 8, 9]);
 * ```
 */
export function backupAndRestore(backupDir: string, options: BackupAndRestoreOptions = {}): BackupAndRestore {
  return new BackupAndRestore(backupDir, options);
}
