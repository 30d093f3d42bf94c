import { ByteReader } from "./byte_reader.ts";
import { crc32 } from "./crc32.ts";
import { FormatError } from "./format_error.ts";
import { inflate } from "./inflate.ts";

const END = 0x06054b50;
const END64 = 0x06064b50;
const END64_LOCATOR = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_SIZE = 22;
const LOCATOR_SIZE = 20;
const ENCRYPTED = 1;
const FULL16 = 0xffff;
const FULL32 = 0xffffffff;
const little = { littleEndian: true };

/** A file within a zip archive, still packed. */
export interface ZipEntry {
  name: string;
  /** How many bytes it has when unpacked, as the archive says; {@linkcode ZipEntry.read} holds it to that. */
  size: number;
  /** How many bytes of the archive it takes. */
  packedSize: number;
  /** Unpacks the file and checks its length and checksum. */
  read(): Uint8Array<ArrayBuffer>;
}

/**
 * The files of a zip archive by name, from its central directory; zip64 archives too. Nothing is unpacked before
 * {@linkcode ZipEntry.read} is called, so sizes can be looked at first.
 *
 * @param bytes The whole archive.
 * @throws {FormatError} if the archive is truncated, encrypted, packed other than by DEFLATE, contradicts itself, or lets
 * several files share bytes, as bombs do.
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 *
 * @example
 * ```ts
 * import { readZip } from "baeum/formats";
 * import { strToU8, zipSync } from "fflate";
 * import { assertEquals } from "@std/assert";
 *
 * const entries = readZip(zipSync({ "greeting.txt": strToU8("안녕") }));
 * assertEquals(entries.get("greeting.txt")?.size, 6);
 * ```
 */
export function readZip(bytes: Uint8Array): Map<string, ZipEntry> {
  const directory = findDirectory(bytes);
  const reader = new ByteReader(bytes.subarray(0, directory.end), "zip", directory.start);
  const entries = new Map<string, ZipEntry>();
  for (let i = 0; i < directory.count; i++) {
    const entry = readEntry(reader, bytes);
    if (entries.has(entry.name)) throw reader.fault(`the name ${JSON.stringify(entry.name)} comes twice`);
    entries.set(entry.name, entry);
  }
  if (reader.left > 0) throw reader.fault(`the directory goes on after its ${directory.count} entries`);
  const packed = [...entries.values()].reduce((sum, { packedSize }) => sum + packedSize, 0);
  if (packed > directory.start) {
    throw reader.fault(`the files share bytes: they need ${packed} of the ${directory.start} before the directory`);
  }
  return entries;
}

interface Directory {
  count: number;
  start: number;
  end: number;
}

function findDirectory(bytes: Uint8Array): Directory {
  const at = findEnd(bytes);
  const reader = new ByteReader(bytes, "zip", at + 4);
  const disks = [reader.u16("the disk", little), reader.u16("the disk", little)];
  let count = reader.u16("the number of entries", little);
  const total = reader.u16("the number of entries", little);
  if (disks.some((disk) => disk !== 0 && disk !== FULL16) || count !== total) {
    throw reader.fault("an archive of several parts is not read");
  }
  let size = reader.u32("the directory's length", little);
  let start = reader.u32("the directory's place", little);
  let end = at;
  if (count === FULL16 || size === FULL32 || start === FULL32) {
    const locator = new ByteReader(bytes, "zip", Math.max(0, at - LOCATOR_SIZE));
    expect(locator, END64_LOCATOR, "the zip64 locator");
    locator.u32("the disk", little);
    end = locator.u64("the zip64 directory's place", little);
    const wide = new ByteReader(bytes.subarray(0, at), "zip", Math.min(end, at));
    expect(wide, END64, "the zip64 end of the directory");
    wide.take(20, "the zip64 end of the directory");
    count = wide.u64("the number of entries", little);
    if (count !== wide.u64("the number of entries", little)) {
      throw wide.fault("an archive of several parts is not read");
    }
    size = wide.u64("the directory's length", little);
    start = wide.u64("the directory's place", little);
  }
  if (start + size !== end) {
    throw new FormatError("zip", at, `the directory is ${size} bytes at ${start}, but its end is at ${end}`);
  }
  return { count, start, end };
}

/** The end record is followed by a comment whose length it states. */
function findEnd(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const last = bytes.length - END_SIZE;
  for (let at = last; at >= Math.max(0, last - FULL16); at--) {
    if (view.getUint32(at, true) === END && at + END_SIZE + view.getUint16(at + 20, true) === bytes.length) return at;
  }
  throw new FormatError("zip", bytes.length, "no end of the directory: the archive is truncated, or is not zip");
}

function readEntry(reader: ByteReader, bytes: Uint8Array): ZipEntry {
  const from = reader.offset;
  expect(reader, CENTRAL, "an entry");
  reader.take(4, "an entry");
  const flags = reader.u16("the flags", little);
  const method = reader.u16("the method", little);
  reader.take(4, "the date");
  const checksum = reader.u32("the checksum", little);
  let packedSize = reader.u32("the packed length", little);
  let size = reader.u32("the length", little);
  const [nameLength, extraLength, commentLength] = [1, 2, 3].map(() => reader.u16("an entry", little));
  reader.take(8, "an entry");
  let start = reader.u32("the file's place", little);
  const name = new TextDecoder().decode(reader.take(nameLength, "a name"));
  const wide = zip64Fields(reader.take(extraLength, "the extra fields"));
  reader.take(commentLength, "a comment");
  if (size === FULL32) size = wide?.u64("the length", little) ?? size;
  if (packedSize === FULL32) packedSize = wide?.u64("the packed length", little) ?? packedSize;
  if (start === FULL32) start = wide?.u64("the file's place", little) ?? start;
  const quoted = JSON.stringify(name);
  if (flags & ENCRYPTED) throw new FormatError("zip", from, `${quoted} is encrypted`);
  if (method !== 0 && method !== 8) {
    throw new FormatError("zip", from, `${quoted} is packed by method ${method}; 0 and 8 are read`);
  }
  const read = () => {
    const local = new ByteReader(bytes, "zip", Math.min(start, bytes.length));
    expect(local, LOCAL, `the file ${quoted}`);
    local.take(22, "a header");
    const [nameLength, extraLength] = [local.u16("a header", little), local.u16("a header", little)];
    local.take(nameLength + extraLength, "a header");
    const place = local.offset;
    const packed = local.take(packedSize, `the file ${quoted}`);
    if (method === 0 && size !== packedSize) {
      throw new FormatError("zip", from, `${quoted} is stored, but its lengths differ: ${packedSize} and ${size}`);
    }
    const content = method === 0 ? packed.slice() : inflate(packed, size, "zip", place);
    if (crc32(content) !== checksum) throw new FormatError("zip", place, `the checksum of ${quoted} is wrong`);
    return content;
  };
  return { name, size, packedSize, read };
}

function zip64Fields(extra: Uint8Array): ByteReader | undefined {
  const reader = new ByteReader(extra, "zip");
  while (reader.left >= 4) {
    const id = reader.u16("an extra field", little);
    const field = reader.take(reader.u16("an extra field", little), "an extra field");
    if (id === 1) return new ByteReader(field, "zip");
  }
}

function expect(reader: ByteReader, signature: number, what: string): void {
  const received = reader.u32(what, little);
  if (received !== signature) {
    const hex = (n: number) => `0x${n.toString(16).padStart(8, "0")}`;
    throw reader.fault(`${what} begins with ${hex(signature)}. Received: ${hex(received)}`, { back: 4 });
  }
}
