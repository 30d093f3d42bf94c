import { type NpyArray, parseNpy } from "./npy.ts";
import { FormatError } from "./format_error.ts";
import { readZip } from "./zip.ts";

/** What {@linkcode parseNpz} can be told. */
export interface NpzOptions {
  /** Which arrays to read. Default: all. */
  names?: string[];
  /** The most bytes that the arrays may unpack to, together. Default: 1 GiB. */
  maxBytes?: number;
}

/**
 * Reads an NPZ file: named arrays, as `numpy.savez` and `numpy.savez_compressed` write them.
 *
 * The sizes are added up before anything is unpacked, and none is unpacked beyond the size that was counted.
 *
 * @param bytes The whole file.
 * @throws {FormatError} if the archive or an array is broken, too large, or lacks one of `names`.
 *
 * @example
 * ```ts
 * import { parseNpz } from "baeum/formats";
 * import { assertThrows } from "@std/assert";
 *
 * assertThrows(() => parseNpz(new Uint8Array(100)), Error, "the archive is truncated, or is not zip");
 * ```
 */
export function parseNpz(bytes: Uint8Array, { names, maxBytes = 2 ** 30 }: NpzOptions = {}): Record<string, NpyArray> {
  const entries = new Map([...readZip(bytes)].map(([name, entry]) => [name.replace(/\.npy$/, ""), entry]));
  const wanted = names ?? [...entries.keys()];
  const missing = wanted.find((name) => !entries.has(name));
  if (missing !== undefined) {
    throw new FormatError("NPZ", 0, `there is no array "${missing}". Received: ${[...entries.keys()].join(", ")}`);
  }
  const size = wanted.reduce((sum, name) => sum + entries.get(name)!.size, 0);
  if (size > maxBytes) {
    throw new FormatError("NPZ", 0, `the arrays need ${size} bytes; at most ${maxBytes} are accepted`);
  }
  return Object.fromEntries(wanted.map((name) => [name, parseArray(name, entries.get(name)!.read())]));
}

function parseArray(name: string, bytes: Uint8Array): NpyArray {
  try {
    return parseNpy(bytes);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new FormatError("NPZ", error.offset, `in the array "${name}": ${error.message}`);
  }
}
