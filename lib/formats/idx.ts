import { ByteReader } from "./byte_reader.ts";
import { fromBigEndian } from "./byte_order.ts";

/** The numbers an IDX file can hold. */
export type IdxData = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** What an IDX file holds: a row-major array. */
export interface IdxArray {
  shape: number[];
  data: IdxData;
}

const types = new Map<number, { new (buffer: ArrayBuffer): IdxData; readonly BYTES_PER_ELEMENT: number }>([
  [0x08, Uint8Array],
  [0x09, Int8Array],
  [0x0b, Int16Array],
  [0x0c, Int32Array],
  [0x0d, Float32Array],
  [0x0e, Float64Array],
]);

/**
 * Reads an IDX file, the format of MNIST: two zero bytes, a type, the number of axes, their lengths, big-endian numbers.
 *
 * The result's `data` has one element for each place of `shape`, in row-major order, and memory of its own.
 *
 * @param bytes The whole file, not compressed.
 * @throws {FormatError} if the header is not IDX or the file is shorter or longer than the header says.
 * @see http://yann.lecun.com/exdb/mnist/
 *
 * @example
 * ```ts
 * import { parseIdx } from "baeum/formats";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = new Uint8Array([0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 3, 7, 8, 9]);
 * assertEquals(parseIdx(bytes), { shape: [1, 3], data: new Uint8Array([7, 8, 9]) });
 * ```
 */
export function parseIdx(bytes: Uint8Array): IdxArray {
  const reader = new ByteReader(bytes, "IDX");
  const zeros = reader.u16("the magic number");
  if (zeros !== 0) throw reader.fault(`an IDX file begins with two zero bytes. Received: ${zeros}`, { back: 2 });
  const code = reader.u8("the type");
  const Type = types.get(code);
  if (!Type) {
    throw reader.fault(`the type is one of ${[...types.keys()].join(", ")}. Received: ${code}`, { back: 1 });
  }
  const axes = reader.u8("the number of axes");
  const shape = Array.from({ length: axes }, (_, axis) => reader.u32(`the length of axis ${axis}`));
  const size = shape.reduce((product, length) => product * length, 1);
  if (size * Type.BYTES_PER_ELEMENT !== reader.left) {
    throw reader.fault(
      `shape [${shape.join(", ")}] needs ${size * Type.BYTES_PER_ELEMENT} bytes. Received: ${reader.left}`,
    );
  }
  const data = reader.take(reader.left, "the data").slice();
  return { shape, data: new Type(fromBigEndian(data, Type.BYTES_PER_ELEMENT)) };
}
