/** Sections of a WASM binary, by their number in the format. */
const IMPORTS = 2;
const MEMORY = 5;

/** In a memory's limits: a greatest size is given; threads may share it. */
const HAS_MAXIMUM = 1;
const SHARED = 2;

/** 4 GiB, the largest memory that 32-bit offsets reach, in pages of 64 KiB. */
const ALL_PAGES = 65536;

/**
 * The same WASM module with its memory, whether its own or imported, declared as shared, so that Workers can compute on it.
 *
 * The memory is all that changes: no instruction depends on whether it is shared. Shared memory must say how far it may
 * grow; where the module does not, that is 4 GiB.
 *
 * @param module A WASM binary with exactly one memory.
 * @throws {TypeError} for bytes that are not such a binary.
 */
export function shareMemory(module: Uint8Array): Uint8Array<ArrayBuffer> {
  const reader = new Reader(module);
  if (reader.bytes(8).join() !== "0,97,115,109,1,0,0,0") throw new TypeError("These bytes are not a WASM module");
  const parts: Uint8Array[] = [module.subarray(0, 8)];
  let memories = 0;
  while (!reader.done) {
    const start = reader.at;
    const section = reader.byte();
    const size = reader.number();
    const body = reader.bytes(size);
    const limits = section === IMPORTS ? importedLimits(body) : section === MEMORY ? 1 : undefined;
    if (limits === undefined) parts.push(module.subarray(start, reader.at));
    else {
      memories++;
      const shared = withSharedLimits(body, limits);
      parts.push(Uint8Array.of(section, ...leb(shared.length)), shared);
    }
  }
  if (memories !== 1) throw new TypeError(`A WASM module with one memory can share it. Received: one with ${memories}`);
  return concatenate(parts);
}

/** Where the limits of the imported memory begin within the section of imports. */
function importedLimits(section: Uint8Array): number | undefined {
  const reader = new Reader(section);
  for (let count = reader.number(); count > 0; count--) {
    reader.bytes(reader.number()); // The module's name…
    reader.bytes(reader.number()); // … and the import's.
    const kind = reader.byte();
    if (kind === 0) reader.number(); // A function: its type.
    else if (kind === 1) reader.bytes(1), reader.limits(); // A table: the type of its elements and its limits.
    else if (kind === 2) return reader.at; // The memory.
    else if (kind === 3) reader.bytes(2); // A global: its type and whether it changes.
    else throw new TypeError(`A WASM import of an unknown kind: ${kind}`);
  }
  return undefined;
}

function withSharedLimits(section: Uint8Array, at: number): Uint8Array {
  const reader = new Reader(section, at);
  const { minimum, maximum = ALL_PAGES } = reader.limits();
  const limits = [HAS_MAXIMUM | SHARED, ...leb(minimum), ...leb(maximum)];
  return concatenate([section.subarray(0, at), Uint8Array.from(limits), section.subarray(reader.at)]);
}

/** Reads what WASM binaries are made of. */
class Reader {
  constructor(private readonly source: Uint8Array, public at = 0) {}

  get done(): boolean {
    return this.at >= this.source.length;
  }

  byte(): number {
    if (this.done) throw new TypeError("The WASM module ends too early");
    return this.source[this.at++];
  }

  bytes(length: number): Uint8Array {
    if (this.at + length > this.source.length) throw new TypeError("The WASM module ends too early");
    this.at += length;
    return this.source.subarray(this.at - length, this.at);
  }

  /** A whole number: seven bits a byte, the lowest first. */
  number(): number {
    for (let value = 0, factor = 1;; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  limits(): { minimum: number; maximum?: number } {
    const flags = this.byte();
    if (flags > (HAS_MAXIMUM | SHARED)) throw new TypeError(`A WASM memory of an unknown kind: ${flags}`);
    const minimum = this.number();
    return flags & HAS_MAXIMUM ? { minimum, maximum: this.number() } : { minimum };
  }
}

function leb(value: number): number[] {
  const bytes: number[] = [];
  for (; value >= 128; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}

function concatenate(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
