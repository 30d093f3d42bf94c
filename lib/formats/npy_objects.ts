import { FormatError } from "./format_error.ts";
import { readNpyHeader } from "./npy.ts";
import { type PickleValue, unpickle } from "./pickle.ts";
import { PickledArray } from "./pickle_numpy.ts";

/**
 * Reads an NPY file of Python objects, as `numpy.save` writes an array of lists. No code of the file is run.
 *
 * @param bytes The whole file.
 * @returns The objects in row-major order.
 * @throws {FormatError} if it holds anything but numbers, text, lists and NumPy arrays, or is broken.
 *
 * @example
 * ```ts
 * import { parseNpyObjects } from "baeum/formats";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => parseNpyObjects(new Uint8Array(9)), Error, "an NPY file begins with");
 * ```
 */
export function parseNpyObjects(bytes: Uint8Array): PickleValue[] {
  const { descr, dataOffset, shape } = readNpyHeader(bytes);
  if (descr !== "|O") {
    throw new FormatError("NPY", 0, `the type is "|O", Python objects. Received: ${JSON.stringify(descr)}`);
  }
  const array = unpickle(bytes.subarray(dataOffset));
  const { data, shape: pickled } = array instanceof PickledArray ? array : new PickledArray();
  if (!Array.isArray(data) || pickled.join() !== shape.join()) {
    throw new FormatError("NPY", dataOffset, `the objects are an array of shape [${shape.join(", ")}]`);
  }
  return data as PickleValue[];
}
