import { tf } from "baeum/tensors";
import { arraysOf, type DataArray, tensorColumnsOf } from "./model_data.ts";

/**
 * How much each sample counts: `[samples]`, or `[samples, time]` for a weight of each step. For several outputs a list or
 * a dictionary (`null`: all count the same), or one `[samples]` for all.
 */
export type SampleWeights = DataArray | (DataArray | null)[] | { [output: string]: DataArray | null };

/** How much each class counts, by its number; what is not there counts 1. */
export type ClassWeights = { [classNumber: number]: number };

/** Weights for each output, or undefined where all samples count the same. */
export interface WeightColumns {
  tensors: (tf.Tensor | undefined)[];
  dispose(): void;
}

/** Brings sample weights to float32 tensors, one for each output. */
export function weightColumns(given: SampleWeights | undefined, outputs: readonly string[]): WeightColumns {
  if (given === undefined) return { tensors: outputs.map(() => undefined), dispose: () => {} };
  const plainNumbers = Array.isArray(given) && typeof given[0] === "number";
  const isOne = given instanceof tf.Tensor || ArrayBuffer.isView(given) || plainNumbers;
  const list: (DataArray | null)[] = isOne
    ? outputs.map(() => given as DataArray)
    : arraysOf<DataArray | null>(given as (DataArray | null)[], outputs, "sample weights");
  const columns = list.map((item) => item === null ? undefined : floatColumn(item));
  if (isOne && outputs.length > 1 && columns[0]!.tensors[0].size !== columns[0]!.tensors[0].shape[0]) {
    columns.forEach((column) => column?.dispose());
    throw new RangeError(
      "One array of sample weights for several outputs has one number for each sample; give weights of other shapes " +
        "as a list with one array for each output",
    );
  }
  return {
    tensors: columns.map((column) => column?.tensors[0]),
    dispose: () => columns.forEach((column) => column?.dispose()),
  };
}

function floatColumn(item: DataArray): ReturnType<typeof tensorColumnsOf> {
  const column = tensorColumnsOf(item, { names: ["weight"], what: "sample weights" });
  const [tensor] = column.tensors;
  if (tensor.dtype === "float32") return column;
  const floats = tensor.toFloat();
  return {
    tensors: [floats],
    dispose() {
      floats.dispose();
      column.dispose();
    },
  };
}

/**
 * The weight of each sample from the weight of its class.
 *
 * @param target Class numbers, `[samples]` or `[samples, 1]`, or one-hot rows.
 */
export async function classWeightColumn(weights: ClassWeights, target: tf.Tensor): Promise<tf.Tensor> {
  const classes = tf.tidy(() => {
    if (target.rank > 1 && target.shape.at(-1) !== 1) return tf.argMax(target, -1);
    return target.rank > 1 ? tf.squeeze(target, [-1]) : target.clone();
  });
  try {
    if (classes.rank !== 1) {
      throw new RangeError(`classWeight needs one class for each sample. Received targets of shape [${target.shape}]`);
    }
    const numbers = await classes.data();
    return tf.tensor1d(Float32Array.from(numbers, (number) => weights[Math.round(number)] ?? 1));
  } finally {
    classes.dispose();
  }
}
