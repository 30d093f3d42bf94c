import { FormatError } from "./format_error.ts";

/** Reads numbers and runs of bytes one after the other, and refuses to go past the end. */
export class ByteReader {
  readonly #view: DataView;
  #offset: number;

  /** @param format The format's name, for messages. */
  constructor(readonly bytes: Uint8Array, readonly format: string, offset = 0) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#offset = offset;
  }

  /** The next byte's place. */
  get offset(): number {
    return this.#offset;
  }

  /** How many bytes are left. */
  get left(): number {
    return this.bytes.length - this.#offset;
  }

  /** The next `length` bytes, as a view. */
  take(length: number, what: string): Uint8Array {
    const start = this.#advance(length, what);
    return this.bytes.subarray(start, start + length);
  }

  u8(what: string): number {
    return this.#view.getUint8(this.#advance(1, what));
  }

  u16(what: string, { littleEndian = false } = {}): number {
    return this.#view.getUint16(this.#advance(2, what), littleEndian);
  }

  u32(what: string, { littleEndian = false } = {}): number {
    return this.#view.getUint32(this.#advance(4, what), littleEndian);
  }

  /** A 64-bit length or place, which must be a number that JavaScript counts exactly. */
  u64(what: string, { littleEndian = false } = {}): number {
    const start = this.#advance(8, what);
    const value = this.#view.getBigUint64(start, littleEndian);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) {
      throw new FormatError(this.format, start, `${what} is beyond any file. Received: ${value}`);
    }
    return Number(value);
  }

  /** An error at the present place, or `back` bytes before it. */
  fault(message: string, { back = 0 } = {}): FormatError {
    return new FormatError(this.format, this.#offset - back, message);
  }

  #advance(length: number, what: string): number {
    if (length > this.left) {
      throw this.fault(
        `the file ends within ${what}, which needs ${length} bytes. Received: ${Math.max(0, this.left)}`,
      );
    }
    const start = this.#offset;
    this.#offset += length;
    return start;
  }
}
