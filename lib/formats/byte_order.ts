const hostIsLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * Turns big-endian elements of `width` bytes into the host's order, in place.
 *
 * @returns The memory of `bytes`, which must own all of it.
 */
export function fromBigEndian(bytes: Uint8Array<ArrayBuffer>, width: number): ArrayBuffer {
  if (hostIsLittleEndian) reverseElements(bytes, width);
  return bytes.buffer;
}

/** As {@linkcode fromBigEndian}, for little-endian elements. */
export function fromLittleEndian(bytes: Uint8Array<ArrayBuffer>, width: number): ArrayBuffer {
  if (!hostIsLittleEndian) reverseElements(bytes, width);
  return bytes.buffer;
}

function reverseElements(bytes: Uint8Array, width: number): void {
  if (width === 1) return;
  for (let start = 0; start < bytes.length; start += width) bytes.subarray(start, start + width).reverse();
}
