import { ByteReader } from "./byte_reader.ts";
import { crc32 } from "./crc32.ts";
import { inflate } from "./inflate.ts";

const HAS_CHECKSUM = 2;
const HAS_EXTRA = 4;
const HAS_NAME = 8;
const HAS_COMMENT = 16;
const TRAILER = 8;

/**
 * Unpacks a gzip file of one member, as `gzip` writes it. The checksum and the length at its end are checked.
 *
 * @param bytes The whole file.
 * @param options.maxBytes The longest result that is accepted; what the file promises beyond it is refused before any
 * memory is taken. Default: 1 GiB.
 * @throws {FormatError} if the file is truncated, altered, too long, or not gzip.
 * @see https://www.rfc-editor.org/rfc/rfc1952
 *
 * @example
 * ```ts
 * import { gunzip } from "baeum/formats";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => gunzip(new Uint8Array([0x1f, 0x8b])), Error, "the file ends within the header");
 * ```
 */
export function gunzip(bytes: Uint8Array, { maxBytes = 2 ** 30 }: { maxBytes?: number } = {}): Uint8Array<ArrayBuffer> {
  const reader = new ByteReader(bytes, "gzip");
  const header = reader.take(10, "the header");
  if (header[0] !== 0x1f || header[1] !== 0x8b) {
    throw reader.fault(`a gzip file begins with 31, 139. Received: ${header[0]}, ${header[1]}`, { back: 10 });
  }
  if (header[2] !== 8) throw reader.fault(`the method is 8, DEFLATE. Received: ${header[2]}`, { back: 8 });
  const flags = header[3];
  if (flags & 0xe0) throw reader.fault(`the flags use reserved bits. Received: ${flags}`, { back: 7 });
  if (flags & HAS_EXTRA) reader.take(reader.u16("the extra field", { littleEndian: true }), "the extra field");
  if (flags & HAS_NAME) skipText(reader, "the file name");
  if (flags & HAS_COMMENT) skipText(reader, "the comment");
  if (flags & HAS_CHECKSUM) reader.u16("the header's checksum");
  const start = reader.offset;
  const packed = reader.take(Math.max(0, reader.left - TRAILER), "the packed data");
  const checksum = reader.u32("the checksum", { littleEndian: true });
  const size = reader.u32("the length", { littleEndian: true });
  if (size > maxBytes) throw reader.fault(`at most ${maxBytes} bytes are accepted. Received: ${size}`, { back: 4 });
  const unpacked = inflate(packed, size, "gzip", start);
  const actual = crc32(unpacked);
  if (actual !== checksum) {
    throw reader.fault(`the checksum is ${hex(checksum)}, but the data's is ${hex(actual)}`, { back: TRAILER });
  }
  return unpacked;
}

function skipText(reader: ByteReader, what: string): void {
  while (reader.u8(what) !== 0);
}

function hex(crc: number): string {
  return crc.toString(16).padStart(8, "0");
}
