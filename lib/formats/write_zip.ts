import { zipSync } from "fflate";

/**
 * Puts files into a zip archive, unpacked, as Keras does.
 *
 * @example
 * ```ts
 * import { readZip, writeZip } from "baeum/formats";
 * import { assertEquals } from "@std/assert";
 *
 * const entries = readZip(writeZip({ "a.bin": Uint8Array.of(1, 2, 3) }));
 * assertEquals(entries.get("a.bin")!.read(), Uint8Array.of(1, 2, 3));
 * ```
 */
export function writeZip(files: Record<string, Uint8Array>): Uint8Array<ArrayBuffer> {
  return zipSync(files, { level: 0 });
}
