/** The part of `node:zlib` that is used here. */
interface Zlib {
  inflateRawSync(
    packed: Uint8Array,
    options: { maxOutputLength: number; chunkSize: number },
  ): Uint8Array<ArrayBuffer>;
  crc32(bytes: Uint8Array): number;
}

/** zlib in native code, several times as fast as JavaScript; nothing in a browser, where the caller has its own way. */
export const nativeZlib: Zlib | undefined =
  (globalThis as { process?: { getBuiltinModule?: (name: string) => Zlib | undefined } }).process
    ?.getBuiltinModule?.("node:zlib");
