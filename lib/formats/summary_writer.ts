import { bytesField, doubleField, type Field, integerField, message } from "./protobuf.ts";
import {
  histogramSummary,
  imageSummary,
  modelSummary,
  type Numbers,
  scalarSummary,
  type SummaryImages,
  textSummary,
} from "./summary.ts";
import { encodeTfRecord } from "./tfrecord.ts";

/** When something was logged. */
export interface Step {
  /** The epoch or batch, a whole number; TensorBoard's horizontal axis. */
  step: number;
}

/** How many writers this process has made: their files must not meet. */
let writers = 0;

/**
 * Writes what TensorBoard shows: numbers, histograms, images and texts, each under a tag and at a step. As
 * `tf.summary.create_file_writer` of TensorFlow 2.
 *
 * A writer has a file of its own in its folder, whose name TensorBoard shows as the run's. What was written is in the file
 * at once.
 *
 * @example
 * ```ts
 * import { SummaryWriter } from "baeum/formats";
 * import { assertEquals } from "@std/assert";
 *
 * const folder = await Deno.makeTempDir();
 * const writer = new SummaryWriter(folder);
 * for (let step = 1; step <= 1000; step++) writer.scalar("sine", Math.sin(step / 10), { step });
 * writer.text("remark", "It goes **up and down**.", { step: 1000 });
 * writer.close();
 * assertEquals([...Deno.readDirSync(folder)].length, 1); // ./baeum tensorboard FOLDER shows it
 * await Deno.remove(folder, { recursive: true });
 * ```
 */
export class SummaryWriter {
  /** The file's path. */
  readonly path: string;
  readonly #file: Deno.FsFile;
  #isOpen = true;

  /** @param folder Is made if it is not there. */
  constructor(folder: string) {
    Deno.mkdirSync(folder, { recursive: true });
    const seconds = Math.floor(Date.now() / 1000);
    const name = `events.out.tfevents.${seconds}.${Deno.hostname()}.${Deno.pid}.${writers++}.v2`;
    this.path = `${folder}/${name}`;
    this.#file = Deno.openSync(this.path, { append: true, createNew: true });
    this.#write(bytesField(3, "brain.Event:2"), bytesField(10, bytesField(1, "baeum")));
  }

  /** Logs one number; TensorBoard keeps it as float32. */
  scalar(tag: string, value: number, { step }: Step): void {
    this.#log(step, scalarSummary(tag, value));
  }

  /**
   * Logs how numbers are spread. What is not finite is left out.
   *
   * @param options.buckets How many there are between the smallest and the largest number. Default: 30.
   */
  histogram(tag: string, values: Numbers, { step, buckets = 30 }: Step & { buckets?: number }): void {
    if (!Number.isInteger(buckets) || buckets < 1) {
      throw new RangeError(`buckets is a whole number from 1. Received: ${buckets}`);
    }
    this.#log(step, histogramSummary(tag, values, buckets));
  }

  /**
   * Logs images.
   *
   * @param images `[images, height, width, channels]` with 1 to 4 channels (grey, grey and opacity, RGB, RGBA), float32
   * from 0 to 1 or int32 from 0 to 255. (TensorFlow takes int32 for parts of 2³¹.)
   * @param options.maxOutputs Further images are left out. Default: 3.
   * @throws {RangeError} if the images have another shape.
   */
  image(tag: string, images: SummaryImages, { step, maxOutputs = 3 }: Step & { maxOutputs?: number }): void {
    this.#log(step, imageSummary(tag, images, maxOutputs));
  }

  /** Logs a text in Markdown, or a list of them, which is shown as a table. */
  text(tag: string, text: string | readonly string[], { step }: Step): void {
    this.#log(step, textSummary(tag, text));
  }

  /**
   * Logs a model's layers and what they are joined to, TensorBoard's "conceptual graph".
   *
   * @param json The model as Keras' `model.to_json()` has it.
   */
  model(tag: string, json: string, { step }: Step): void {
    this.#log(step, modelSummary(tag, json));
  }

  /** Ends the file. Nothing can be logged any more; closing again does nothing. */
  close(): void {
    if (this.#isOpen) this.#file.close();
    this.#isOpen = false;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  #log(step: number, value: Field): void {
    if (!Number.isSafeInteger(step)) throw new RangeError(`step is a whole number. Received: ${step}`);
    if (!this.#isOpen) throw new TypeError(`Nothing is logged after close(): make another writer for ${this.path}`);
    this.#write(integerField(2, step), value);
  }

  /** An event of now. */
  #write(...fields: Field[]): void {
    const record = encodeTfRecord(message(doubleField(1, Date.now() / 1000), ...fields));
    for (let written = 0; written < record.length;) written += this.#file.writeSync(record.subarray(written));
  }
}
