import type { Rows } from "baeum/engine";
import { numpyRandom } from "baeum/tensors";
import type { Model } from "../model.ts";
import type { Sources } from "./batch_parts.ts";
import type { ModelData } from "./model_data.ts";
import type { SampleWeights } from "./sample_weights.ts";
import { type TrainingData, trainingData } from "./training_data.ts";

/** A batch for a step. */
export interface Batch {
  sources: Sources;
  rows: Rows;
  /** The number of samples. */
  size: number;
  /** To be called when the step is done. */
  release?(): void;
}

/** Where a training's or an evaluation's batches come from. */
export interface Batches {
  /** The steps of an epoch, where they are known. */
  readonly steps: number | undefined;
  /** A new epoch begins. */
  beginEpoch(): void;
  /** The next batch of the epoch; undefined at its end. */
  next(): Batch | undefined | Promise<Batch | undefined>;
  dispose(): void | Promise<void>;
}

/** How batches are made of data. */
export interface BatchesOptions {
  /** Steps of an epoch (default: until the data has been seen once). */
  steps?: number;
  /** Whether an epoch of so many steps goes on where the one before ended (default false: each begins at the start). */
  goesOn?: boolean;
}

/** Batches of arrays, in order or shuffled anew each time all samples were seen. */
export class ArrayBatches implements Batches {
  readonly steps: number;
  readonly #data: TrainingData;
  readonly #batchSize: number;
  readonly #shuffle: boolean;
  readonly #goesOn: boolean;
  #order?: Int32Array;
  #position: number;
  #step = 0;

  constructor(
    data: TrainingData,
    { batchSize, shuffle = false, steps, goesOn = false }: BatchesOptions & { batchSize: number; shuffle?: boolean },
  ) {
    this.#data = data;
    this.#batchSize = batchSize;
    this.#shuffle = shuffle;
    this.#goesOn = goesOn && steps !== undefined;
    this.#position = data.count;
    this.steps = steps ?? Math.ceil(data.count / batchSize);
  }

  beginEpoch(): void {
    this.#step = 0;
    const { count } = this.#data;
    if (this.#goesOn && this.#position < count) return;
    this.#position = 0;
    if (this.#shuffle) this.#order = numpyRandom().permutation(count);
  }

  next(): Batch | undefined {
    const { count, sources } = this.#data;
    if (this.#step >= this.steps) return undefined;
    if (this.#position >= count) {
      warnOfEnd();
      return undefined;
    }
    this.#step++;
    const from = this.#position;
    const to = this.#position = Math.min(from + this.#batchSize, count);
    return { sources, rows: this.#order?.subarray(from, to) ?? { from, to }, size: to - from };
  }

  dispose(): void {
    this.#data.dispose();
  }
}

/** One batch of a generator: inputs and targets, and the samples' weights. */
export type GeneratedBatch = [x: ModelData, y: ModelData, sampleWeight?: SampleWeights];

/**
 * What gives batches one after another: a generator, an object that can be iterated again and again, or a function that makes
 * one for each epoch.
 */
export type BatchGenerator =
  | Iterable<GeneratedBatch>
  | AsyncIterable<GeneratedBatch>
  | (() => Iterable<GeneratedBatch> | AsyncIterable<GeneratedBatch>);

/** Whether this is a generator of batches and not data. */
export function isGenerator(given: unknown): given is BatchGenerator {
  if (typeof given === "function") return true;
  if (typeof given !== "object" || given === null || Array.isArray(given) || ArrayBuffer.isView(given)) return false;
  return Symbol.iterator in given || Symbol.asyncIterator in given;
}

/** Batches as a generator gives them. */
export class GeneratorBatches implements Batches {
  readonly #model: Model;
  readonly #generator: BatchGenerator;
  readonly #stepsAsked?: number;
  readonly #goesOn: boolean;
  #known?: number;
  #iterator?: Iterator<GeneratedBatch> | AsyncIterator<GeneratedBatch>;
  #key?: string;
  #step = 0;

  constructor(model: Model, generator: BatchGenerator, { steps, goesOn = false }: BatchesOptions) {
    this.#model = model;
    this.#generator = generator;
    this.#stepsAsked = steps;
    this.#goesOn = goesOn && steps !== undefined;
  }

  get steps(): number | undefined {
    return this.#stepsAsked ?? this.#known;
  }

  beginEpoch(): void {
    this.#step = 0;
    if (!this.#goesOn) this.#iterator = undefined;
  }

  async next(): Promise<Batch | undefined> {
    if (this.#stepsAsked !== undefined && this.#step >= this.#stepsAsked) return undefined;
    const result = await (this.#iterator ??= this.#start()).next();
    if (result.done) {
      this.#iterator = undefined;
      if (this.#stepsAsked !== undefined || this.#step === 0) warnOfEnd();
      else this.#known = this.#step;
      return undefined;
    }
    this.#step++;
    return await this.#batchOf(result.value);
  }

  async dispose(): Promise<void> {
    // What the caller made is the caller's to go on with.
    if (typeof this.#generator === "function") await this.#iterator?.return?.();
  }

  #start(): Iterator<GeneratedBatch> | AsyncIterator<GeneratedBatch> {
    const iterable = typeof this.#generator === "function" ? this.#generator() : this.#generator;
    return Symbol.asyncIterator in iterable ? iterable[Symbol.asyncIterator]() : iterable[Symbol.iterator]();
  }

  async #batchOf(given: GeneratedBatch): Promise<Batch> {
    if (!Array.isArray(given) || given.length < 2 || given.length > 3) {
      throw new TypeError("A generator for fit gives batches [x, y] or [x, y, sampleWeight]");
    }
    const [x, y, sampleWeight] = given;
    const data = await trainingData(this.#model, { x, y, sampleWeight });
    const { key } = data.sources.parts;
    this.#key ??= key;
    if (key !== this.#key) {
      data.dispose();
      throw new RangeError(
        "All batches of a generator must have the same number of arrays, and targets of the same kind. " +
          `Received one that differs after ${this.#step - 1} batches of this epoch`,
      );
    }
    return {
      sources: data.sources,
      rows: { from: 0, to: data.count },
      size: data.count,
      release: () => data.dispose(),
    };
  }
}

function warnOfEnd(): void {
  console.warn(
    "The data has come to an end in the middle of the training. For more epochs give fit an object that can be iterated " +
      "again, or a function that makes the generator; with stepsPerEpoch it must have stepsPerEpoch · epochs batches.",
  );
}
