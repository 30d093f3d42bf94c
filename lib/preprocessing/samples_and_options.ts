import { tf } from "baeum/tensors";
import type { Samples } from "./take_rows.ts";

/** Takes arguments apart: any number of data, then perhaps an object of options. */
export function samplesAndOptions<O extends object>(data: (Samples | O)[]): { arrays: Samples[]; options: Partial<O> } {
  const last = data.at(-1);
  if (last === undefined || isSamples(last)) return { arrays: data as Samples[], options: {} };
  return { arrays: data.slice(0, -1) as Samples[], options: last };
}

function isSamples(value: object): value is Samples {
  return value instanceof tf.Tensor || "length" in value || "numRows" in value;
}
