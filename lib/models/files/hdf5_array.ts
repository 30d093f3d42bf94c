import { FormatError, type Hdf5Array } from "baeum/formats";
import { formatShape } from "../shape.ts";

/**
 * Holds an array of a file against the shape it is to have.
 *
 * @throws {RangeError} when it differs; {FormatError} when numbers are missing.
 */
export function checkArray(what: string, { shape, data }: Hdf5Array, wanted: number[]): void {
  if (shape.join() !== wanted.join()) {
    throw new RangeError(
      `"${what}" has the shape ${formatShape(wanted)} in the model. Received: ${formatShape(shape)}`,
    );
  }
  if (data.length !== wanted.reduce((a, b) => a * b, 1)) throw new FormatError("HDF5", 0, `"${what}" is incomplete`);
}

/** An array's numbers, whatever their type in the file. */
export function floats({ data }: Hdf5Array): Float32Array {
  return data instanceof Float32Array ? data : Float32Array.from(data as Iterable<number | bigint>, Number);
}
