import { inflateSync } from "fflate";
import { FormatError } from "./format_error.ts";

/** DEFLATE cannot pack better than this, so a header that promises more is a lie (RFC 1951: 258 bytes in 2 bits). */
const BEST_RATIO = 1032;

/**
 * Unpacks raw DEFLATE data that is known to give `size` bytes, in memory for no more than that.
 *
 * @throws {FormatError} if the data is broken or gives more or fewer bytes.
 */
export function inflate(packed: Uint8Array, size: number, format: string, offset: number): Uint8Array<ArrayBuffer> {
  if (size > packed.length * BEST_RATIO) {
    throw new FormatError(format, offset, `${packed.length} packed bytes cannot hold ${size}`);
  }
  // fflate drops what goes beyond the memory it is given in silence: one byte more than due shows that there was more.
  const room = new Uint8Array(size + 1);
  let got: number;
  try {
    got = inflateSync(packed, { out: room }).length;
  } catch (error) {
    throw new FormatError(format, offset, `the packed data is broken (${(error as Error).message})`);
  }
  if (got !== size) {
    throw new FormatError(
      format,
      offset,
      `unpacks to ${got > size ? `more than ${size}` : got} bytes instead of ${size}`,
    );
  }
  return room.subarray(0, size);
}
