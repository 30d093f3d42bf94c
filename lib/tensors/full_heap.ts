/** What tfjs calls for memory: a member of its WASM module. */
interface Heap {
  _malloc(bytes: number): number;
  asm: { malloc(bytes: number): number };
}

/**
 * Makes a full heap an error.
 *
 * tfjs takes what `malloc` answers without a look, and 0, the answer for "no memory left", is an address like any other: the
 * new tensor would be written over what lies there.
 *
 * WASM's own numbers are signed, so addresses beyond 2 GiB come out negative; from here they do not.
 */
export function refuseWhenFull(heap: Heap): void {
  const { malloc } = heap.asm;
  heap._malloc = (bytes) => {
    const address = malloc(bytes) >>> 0;
    if (address === 0 && bytes > 0) {
      throw new RangeError(
        `The memory of the WASM backend, at most 4 GiB, is full: ${bytes} more bytes were asked for. Dispose tensors that ` +
          "are no longer needed, work on fewer samples at a time, or restart the kernel.",
      );
    }
    return address;
  };
}
