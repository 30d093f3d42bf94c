import { fromBigEndian, fromLittleEndian } from "./byte_order.ts";

/** The elements of a NumPy array. Text comes as strings, complex numbers as pairs (real, imaginary), one after another. */
export type NpyData =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | Float32Array
  | Float64Array
  | string[];

/** How the elements of one NumPy type are laid out and read. */
export interface Dtype {
  /** NumPy's name, such as "float64". */
  name: string;
  /** Bytes an element. */
  itemSize: number;
  /** How many places of {@linkcode NpyData} an element takes: 2 for complex numbers. */
  parts: number;
  /** Reads bytes that own their memory and are a whole number of elements. */
  read(bytes: Uint8Array<ArrayBuffer>): NpyData;
}

type NumberArray = new (buffer: ArrayBuffer) => NpyData;

const numbers: Record<string, [name: string, array: NumberArray, partSize: number]> = {
  b1: ["bool", Uint8Array, 1],
  i1: ["int8", Int8Array, 1],
  u1: ["uint8", Uint8Array, 1],
  i2: ["int16", Int16Array, 2],
  u2: ["uint16", Uint16Array, 2],
  i4: ["int32", Int32Array, 4],
  u4: ["uint32", Uint32Array, 4],
  i8: ["int64", BigInt64Array, 8],
  u8: ["uint64", BigUint64Array, 8],
  f2: ["float16", Uint16Array, 2],
  f4: ["float32", Float32Array, 4],
  f8: ["float64", Float64Array, 8],
  c8: ["complex64", Float32Array, 4],
  c16: ["complex128", Float64Array, 8],
};

/**
 * Understands NumPy's short names: "<f8", "|u1", ">i4", "<U5", "|S3", "<M8[D]".
 *
 * @returns Nothing for what NumPy writes but nobody can read without running code or guessing (objects, records, long
 * doubles).
 */
export function dtypeOf(descr: string): Dtype | undefined {
  const match = /^([<>|=])([a-zA-Z])(\d{1,9})(\[\w+\])?$/.exec(descr);
  if (!match) return undefined;
  const [, order, kind, digits, unit] = match;
  const size = Number(digits);
  const swap = order === ">" ? fromBigEndian : fromLittleEndian;
  if (kind === "U" && !unit) {
    return { name: `str${size}`, itemSize: 4 * size, parts: 1, read: (bytes) => readUnicode(swap(bytes, 4), size) };
  }
  if (kind === "S" && !unit) return { name: `bytes${size}`, itemSize: size, parts: 1, read: (b) => readLatin(b, size) };
  if ((kind === "M" || kind === "m") && size === 8) {
    const name = `${kind === "M" ? "datetime64" : "timedelta64"}${unit ?? ""}`;
    return { name, itemSize: 8, parts: 1, read: (bytes) => new BigInt64Array(swap(bytes, 8)) };
  }
  const known = unit ? undefined : numbers[kind + digits];
  if (!known || (order === "|" && size > 1)) return undefined;
  const [name, NumberArray, partSize] = known;
  const read = (bytes: Uint8Array<ArrayBuffer>) => {
    const array = new NumberArray(swap(bytes, partSize));
    return name === "float16" ? Float32Array.from(array as Uint16Array, halfToNumber) : array;
  };
  return { name, itemSize: size, parts: size / partSize, read };
}

function halfToNumber(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (exponent ? 2 ** (exponent - 15) * (1 + fraction / 1024) : 2 ** -14 * (fraction / 1024));
}

/** NumPy's fixed-width UTF-32; what fills up is zeros at the end. */
function readUnicode(memory: ArrayBuffer, length: number): string[] {
  const points = new Uint32Array(memory);
  if (points.some((point) => point > 0x10ffff)) throw new RangeError("a character lies beyond Unicode");
  if (length === 0) return [];
  return Array.from({ length: points.length / length }, (_, i) => {
    const item = points.subarray(i * length, (i + 1) * length);
    return Array.from(item, (point) => String.fromCodePoint(point)).join("").replace(/\0+$/, "");
  });
}

function readLatin(bytes: Uint8Array, length: number): string[] {
  if (length === 0) return [];
  return Array.from({ length: bytes.length / length }, (_, i) => {
    const item = bytes.subarray(i * length, (i + 1) * length);
    return Array.from(item, (byte) => String.fromCharCode(byte)).join("").replace(/\0+$/, "");
  });
}
