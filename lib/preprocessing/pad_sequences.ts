import { tf } from "baeum/tensors";

/** What {@linkcode padSequences} can be told. */
export interface PadSequencesOptions {
  /** The length that all get. Default: that of the longest sequence. */
  maxLen?: number;
  /** Whether short sequences are filled up at their beginning or their end. Default: "pre". */
  padding?: "pre" | "post";
  /** Whether long sequences lose their beginning or their end. Default: "pre". */
  truncating?: "pre" | "post";
  /** What they are filled up with. Default: 0. */
  value?: number;
  /** The numbers' type. Default: "int32". */
  dtype?: "int32" | "float32";
}

/**
 * Makes sequences equally long, as `keras.utils.pad_sequences`.
 *
 * @param sequences Lists of numbers, such as the word numbers of `reuters`.
 * @returns `[sequences, maxLen]`.
 * @throws {RangeError} if `maxLen` is no length, or a number is not whole where `dtype` is "int32".
 * @see https://keras.io/api/data_loading/timeseries/#padsequences-function
 *
 * @example
 * ```ts
 * import { padSequences } from "baeum/preprocessing";
 * import { assertEquals } from "@std/assert";
 *
 * const sequences = [[1], [2, 3], [4, 5, 6]];
 * assertEquals(padSequences(sequences).arraySync(), [[0, 0, 1], [0, 2, 3], [4, 5, 6]]);
 * assertEquals(padSequences(sequences, { maxLen: 2, padding: "post" }).arraySync(), [[1, 0], [2, 3], [5, 6]]);
 * ```
 */
export function padSequences(
  sequences: readonly ArrayLike<number>[],
  { maxLen, padding = "pre", truncating = "pre", value = 0, dtype = "int32" }: PadSequencesOptions = {},
): tf.Tensor2D {
  const width = maxLen ?? sequences.reduce((most, { length }) => Math.max(most, length), 0);
  if (!Number.isInteger(width) || width < 0) throw new RangeError(`maxLen is a whole number. Received: ${maxLen}`);
  const rows = new (dtype === "int32" ? Int32Array : Float32Array)(sequences.length * width).fill(value);
  sequences.forEach((sequence, row) => {
    const kept = Math.min(width, sequence.length);
    const from = truncating === "pre" ? sequence.length - kept : 0;
    const to = row * width + (padding === "pre" ? width - kept : 0);
    for (let i = 0; i < kept; i++) {
      const number = sequence[from + i];
      if (dtype === "int32" && !Number.isInteger(number)) {
        throw new RangeError(`int32 holds whole numbers. Received: ${number} in sequence ${row}, place ${from + i}`);
      }
      rows[to + i] = number;
    }
  });
  return tf.tensor2d(rows, [sequences.length, width], dtype);
}
