/** Where a sample's channels are: after the positions, as TensorFlow has it, or before them. */
export type DataFormat = "channels_last" | "channels_first";

/**
 * The data format, checked; none is `"channels_last"`.
 *
 * @throws {RangeError} for another word.
 */
export function dataFormatOf(given: DataFormat = "channels_last"): DataFormat {
  if (given === "channels_last" || given === "channels_first") return given;
  throw new RangeError(`dataFormat is "channels_last" or "channels_first". Received: ${JSON.stringify(given)}`);
}

/** The first axis of positions, the batch being axis 0. */
export function firstPosition(format: DataFormat): 1 | 2 {
  return format === "channels_first" ? 2 : 1;
}
