/** A field of a protobuf message, encoded. */
export type Field = Uint8Array;

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;

/**
 * Messages of Google's Protocol Buffers, as far as they have to be written: fields by number, joined.
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export function message(...fields: Field[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, field) => sum + field.length, 0));
  let offset = 0;
  for (const field of fields) {
    bytes.set(field, offset);
    offset += field.length;
  }
  return bytes;
}

/** A whole number; negative ones take ten bytes (int64). */
export function integerField(number: number, value: number): Field {
  return message(key(number, VARINT), varint(BigInt.asUintN(64, BigInt(value))));
}

/** A double. */
export function doubleField(number: number, value: number): Field {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return message(key(number, FIXED64), bytes);
}

/** Bytes, text, or a message within this one. */
export function bytesField(number: number, value: Uint8Array | string): Field {
  const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
  return message(key(number, LENGTH_DELIMITED), varint(BigInt(bytes.length)), bytes);
}

function key(number: number, wireType: number): Uint8Array {
  return varint(BigInt((number << 3) | wireType));
}

/** Seven bits a byte, the lowest first; the eighth says that more come. */
function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  do {
    const low = Number(value & 0x7fn);
    value >>= 7n;
    bytes.push(value > 0n ? low | 0x80 : low);
  } while (value > 0n);
  return Uint8Array.from(bytes);
}
