import { inflateSync } from "fflate";
import { FormatError } from "./format_error.ts";
import { nativeZlib } from "./native_zlib.ts";

/** DEFLATE cannot pack better than this, so a header that promises more is a lie (RFC 1951: 258 bytes in 2 bits). */
const BEST_RATIO = 1032;

/**
 * Packed bytes from which on native code is worth it. It is no faster before, and where a stream turns out to be broken Deno's
 * zlib keeps some 20 KB for good: small files, of which there can be many, must not cost that.
 */
const NATIVE_FROM = 32_768;

/**
 * Unpacks raw DEFLATE data that is known to give `size` bytes, in memory for no more than that.
 *
 * @throws {FormatError} if the data is broken or gives more or fewer bytes.
 */
export function inflate(packed: Uint8Array, size: number, format: string, offset: number): Uint8Array<ArrayBuffer> {
  if (size > packed.length * BEST_RATIO) {
    throw new FormatError(format, offset, `${packed.length} packed bytes cannot hold ${size}`);
  }
  // One byte more than due shows that there was more.
  const room = size + 1;
  let unpacked: Uint8Array<ArrayBuffer>;
  try {
    unpacked = nativeZlib && packed.length >= NATIVE_FROM
      ? inflateNative(nativeZlib, packed, room)
      : inflateScript(packed, room);
  } catch (error) {
    throw new FormatError(format, offset, `the packed data is broken (${(error as Error).message})`);
  }
  const got = unpacked.length;
  if (got !== size) {
    throw new FormatError(
      format,
      offset,
      `unpacks to ${got > size ? `more than ${size}` : got} bytes instead of ${size}`,
    );
  }
  return unpacked;
}

function inflateNative(zlib: NonNullable<typeof nativeZlib>, packed: Uint8Array, room: number) {
  // The result is made in one piece where the chunk has room for all of it; zlib wants chunks of 64 bytes at least.
  const buffer = zlib.inflateRawSync(packed, { maxOutputLength: room, chunkSize: Math.max(64, room) });
  // A Node buffer would share its memory where an array's `slice` copies.
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);
}

/** Without native code; what goes beyond the room is dropped in silence. */
export function inflateScript(packed: Uint8Array, room: number): Uint8Array<ArrayBuffer> {
  return inflateSync(packed, { out: new Uint8Array(room) }) as Uint8Array<ArrayBuffer>;
}
