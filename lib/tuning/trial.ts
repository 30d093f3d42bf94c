import { tf } from "baeum/tensors";

/** Samples and what is to be learnt of them, row by row. */
export interface TrialPart {
  x: tf.Tensor;
  y: tf.Tensor;
}

/** What a trial learns from and what it is measured on. Its tensors live as long as the trial runs. */
export interface TrialFold {
  train: TrialPart;
  test: TrialPart;
  /** Which of the splits this is, from 0. */
  split: number;
}

/**
 * Builds a model with some settings, trains it on `train` and gives its score on `test`: the more the better, as in
 * scikit-learn, so that an error counts negatively (`-mse`).
 *
 * A trial runs in a Worker, which knows none of the program's variables. It may use its arguments, JavaScript's globals,
 * the public names of `baeum/models`, `baeum/preprocessing` and `baeum/tensors` under their own names, as in a cell that
 * has imported them, and what the search's option `uses` lists.
 */
export type Trial<Params> = (params: Params, fold: TrialFold) => number | Promise<number>;

/** Data of a search: a tensor, an array of numbers or of rows, or a typed array. */
export type TrialData =
  | tf.Tensor
  | readonly number[]
  | readonly (readonly number[])[]
  | Float32Array
  | Float64Array
  | Int32Array
  | Uint8Array;

/** A tensor as it goes to a Worker. */
export interface PackedTensor {
  values: Float32Array | Int32Array | Uint8Array;
  shape: number[];
  dtype: "float32" | "int32" | "bool";
}

/** The numbers of a tensor or array. */
export function pack(data: TrialData): PackedTensor {
  if (!(data instanceof tf.Tensor)) {
    const made = tf.tensor((data instanceof Float64Array ? Float32Array.from(data) : data) as tf.TensorLike);
    try {
      return pack(made);
    } finally {
      made.dispose();
    }
  }
  const { shape, dtype } = data;
  if (dtype !== "float32" && dtype !== "int32" && dtype !== "bool") {
    throw new TypeError(`A tensor for a trial holds numbers. Received: one of ${dtype}`);
  }
  return { values: data.dataSync().slice() as PackedTensor["values"], shape: [...shape], dtype };
}

/** The tensor that was packed. */
export function unpack({ values, shape, dtype }: PackedTensor): tf.Tensor {
  return tf.tensor(values, shape, dtype);
}

/** One training: some settings on one split. */
export interface Fit {
  params: object;
  split: number;
  train: Int32Array;
  test: Int32Array;
}

/** What became of a training. */
export interface FitOutcome {
  /** NaN where the training failed. */
  score: number;
  /** How long it took. */
  seconds: number;
  /** Why it failed. */
  error?: string;
}

/** Runs trials on parts of the data. */
export class TrialRunner {
  readonly #x: tf.Tensor;
  readonly #y: tf.Tensor;

  constructor(private readonly trial: Trial<object>, x: PackedTensor, y: PackedTensor) {
    this.#x = unpack(x);
    this.#y = unpack(y);
  }

  /** One training; what it throws is left to the caller. */
  async run({ params, split, train, test }: Fit): Promise<{ score: number; seconds: number }> {
    const part = (rows: Int32Array) => {
      const places = tf.tensor1d(rows, "int32");
      const taken = { x: tf.gather(this.#x, places), y: tf.gather(this.#y, places) };
      places.dispose();
      return taken;
    };
    const fold = { train: part(train), test: part(test), split };
    try {
      const begin = performance.now();
      const score: unknown = await this.trial(params, fold);
      const seconds = (performance.now() - begin) / 1000;
      if (typeof score !== "number") {
        throw new TypeError(`A trial returns its score, a number. Received: ${typeof score}`);
      }
      if (!Number.isFinite(score)) {
        throw new RangeError(`The score is ${score}: the training diverged, or a mean of nothing was taken`);
      }
      return { score, seconds };
    } finally {
      for (const { x, y } of [fold.train, fold.test]) tf.dispose([x, y]);
    }
  }

  dispose(): void {
    tf.dispose([this.#x, this.#y]);
  }
}
