import { ByteReader } from "./byte_reader.ts";

const BLOCK = 512;

/** The kinds of entry that only describe others: pax headers and GNU's long names. */
const DESCRIPTIONS = new Set(["x", "g", "L", "K"]);

/**
 * The plain files of a tar archive (ustar, as `tar` and npm write it), by path.
 *
 * Folders and links are left out; nothing is ever written to a disk, so a path is no more than a name. The values are
 * views of `bytes`.
 *
 * @param bytes The whole archive, not compressed.
 * @throws {FormatError} if a header's checksum is wrong, the archive is truncated, a path comes twice, or an entry needs
 * an extension (pax, GNU long names) to be named.
 *
 * @example
 * ```ts
 * import { parseTar } from "baeum/formats";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(parseTar(new Uint8Array(1024)).size, 0); // two empty blocks end an archive
 * ```
 */
export function parseTar(bytes: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  const reader = new ByteReader(bytes, "tar");
  while (true) {
    const header = reader.take(BLOCK, "a header");
    if (header.every((byte) => byte === 0)) return files;
    checkHeader(header, reader);
    const kind = text(header.subarray(156, 157)) || "0";
    const size = octal(header.subarray(124, 136), "the length", reader);
    const path = [text(header.subarray(345, 500)), text(header.subarray(0, 100))].filter(Boolean).join("/");
    const content = reader.take(size, `the file ${JSON.stringify(path)}`);
    reader.take((BLOCK - (size % BLOCK)) % BLOCK, "the padding");
    // A global pax header (git archive writes one) changes no entry's name; any other description does.
    if (DESCRIPTIONS.has(kind) && kind !== "g") {
      throw reader.fault(
        `entries that describe others (type "${kind}") are not read. Received: ${JSON.stringify(path)}`,
      );
    }
    if (kind !== "0") continue;
    if (files.has(path)) throw reader.fault(`the path ${JSON.stringify(path)} comes twice`);
    files.set(path, content);
  }
}

/** A header's sum counts its own field as spaces. */
function checkHeader(header: Uint8Array, reader: ByteReader): void {
  const stated = octal(header.subarray(148, 156), "the header's checksum", reader);
  let sum = 8 * 32;
  header.forEach((byte, i) => sum += i >= 148 && i < 156 ? 0 : byte);
  if (sum !== stated) {
    throw reader.fault(`the header's checksum is ${stated}, but its bytes give ${sum}`, { back: BLOCK });
  }
}

function octal(field: Uint8Array, what: string, reader: ByteReader): number {
  const digits = text(field).trim();
  if (!/^[0-7]*$/.test(digits)) {
    throw reader.fault(`${what} is an octal number. Received: ${JSON.stringify(digits)}`, { back: BLOCK });
  }
  return parseInt(digits || "0", 8);
}

function text(field: Uint8Array): string {
  const end = field.indexOf(0);
  return new TextDecoder().decode(end < 0 ? field : field.subarray(0, end));
}
