import { ByteReader } from "./byte_reader.ts";
import { crc32c } from "./crc32c.ts";

const HEADER = 12;
const FOOTER = 4;
const little = { littleEndian: true };

/**
 * One record of a TFRecord file: its length, the length's checksum, the bytes, their checksum. A file is such records, one
 * after the other.
 *
 * @see https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details
 *
 * @example
 * ```ts
 * import { encodeTfRecord, parseTfRecords } from "baeum/formats";
 * import { assertEquals } from "@std/assert";
 *
 * const record = new TextEncoder().encode("안녕");
 * assertEquals(parseTfRecords(encodeTfRecord(record)), [record]);
 * ```
 */
export function encodeTfRecord(content: Uint8Array): Uint8Array<ArrayBuffer> {
  const record = new Uint8Array(HEADER + content.length + FOOTER);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(content.length), true);
  view.setUint32(8, maskedChecksum(record.subarray(0, 8)), true);
  record.set(content, HEADER);
  view.setUint32(HEADER + content.length, maskedChecksum(content), true);
  return record;
}

/**
 * The records of a TFRecord file, or of TensorBoard's event files, which are of the same make; not compressed.
 *
 * @param bytes The whole file.
 * @returns Each record's content, as a view of `bytes`.
 * @throws {FormatError} if the file is truncated or altered.
 */
export function parseTfRecords(bytes: Uint8Array): Uint8Array[] {
  const reader = new ByteReader(bytes, "TFRecord");
  const records: Uint8Array[] = [];
  while (reader.left > 0) {
    const start = reader.offset;
    const length = reader.u64("a record's length", little);
    expectChecksum(reader, bytes.subarray(start, start + 8), "the length");
    const content = reader.take(length, "a record");
    expectChecksum(reader, content, "the record");
    records.push(content);
  }
  return records;
}

function expectChecksum(reader: ByteReader, content: Uint8Array, what: string): void {
  const stated = reader.u32(`the checksum of ${what}`, little);
  const actual = maskedChecksum(content);
  if (stated !== actual) {
    throw reader.fault(`the checksum of ${what} is ${stated}, but its bytes give ${actual}`, { back: 4 });
  }
}

/** A checksum of bytes that hold checksums themselves would be weak; so it is turned and shifted. */
function maskedChecksum(bytes: Uint8Array): number {
  const crc = crc32c(bytes);
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
