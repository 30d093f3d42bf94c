import { ByteReader } from "./byte_reader.ts";
import type { FormatError } from "./format_error.ts";
import { type Dtype, dtypeOf, type NpyData } from "./npy_dtype.ts";

/** A NumPy array. */
export interface NpyArray {
  /** NumPy's name of the type, such as "float64". */
  dtype: string;
  /** The length of each axis; empty for a single number. */
  shape: number[];
  /** The elements in row-major (C) order, whatever order the file has. */
  data: NpyData;
}

/** What an NPY file says of itself before its data begins. */
export interface NpyHeader {
  /** NumPy's short name of the type, such as "<f8"; "|O" for objects. */
  descr: string;
  fortranOrder: boolean;
  shape: number[];
  /** Where the data begins. */
  dataOffset: number;
}

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
const MAX_AXES = 64;

/**
 * Reads an NPY file: one array, as `numpy.save` writes it.
 *
 * All of NumPy's number types, in both byte orders and both axis orders, are read. `int64` and `uint64` come as
 * bigints, `float16` as 32-bit floats, `bool` as 0 and 1, complex numbers as pairs, dates as NumPy's counts.
 *
 * @param bytes The whole file.
 * @throws {FormatError} if the file is truncated, too long, or of a type that cannot be read: objects (their reading
 * could run code), records, long doubles.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * @example
 * ```ts
 * import { parseNpy } from "baeum/formats";
 * import { assertEquals } from "@std/assert";
 *
 * const header = "{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }\n";
 * const bytes = new TextEncoder().encode("?NUMPY??" + String.fromCharCode(header.length, 0) + header + "abc");
 * bytes.set([0x93], 0);
 * bytes.set([1, 0], 6);
 * assertEquals(parseNpy(bytes), { dtype: "uint8", shape: [3], data: new Uint8Array([97, 98, 99]) });
 * ```
 */
export function parseNpy(bytes: Uint8Array): NpyArray {
  const header = readNpyHeader(bytes);
  const reader = new ByteReader(bytes, "NPY", header.dataOffset);
  const dtype = dtypeOf(header.descr);
  if (!dtype) throw reader.fault(unreadable(header.descr));
  const { shape } = header;
  const size = shape.reduce((product, length) => product * length, 1);
  if (size * dtype.itemSize !== reader.left) {
    throw reader.fault(
      `shape [${shape.join(", ")}] of ${dtype.name} needs ${size * dtype.itemSize} bytes. Received: ${reader.left}`,
    );
  }
  const data = readElements(reader, dtype, size);
  const rowMajor = header.fortranOrder && shape.length > 1 ? toRowMajor(data, shape, dtype.parts) : data;
  return { dtype: dtype.name, shape, data: rowMajor };
}

/**
 * Reads what comes before an NPY file's data.
 *
 * @throws {FormatError} if it is no NPY header.
 */
export function readNpyHeader(bytes: Uint8Array): NpyHeader {
  const reader = new ByteReader(bytes, "NPY");
  const magic = reader.take(6, "the magic number");
  if (MAGIC.some((byte, i) => byte !== magic[i])) {
    throw reader.fault(`an NPY file begins with ${MAGIC.join(", ")}. Received: ${magic.join(", ")}`, { back: 6 });
  }
  const version = reader.u8("the version");
  reader.u8("the version");
  if (version < 1 || version > 3) throw reader.fault(`the version is 1, 2 or 3. Received: ${version}`, { back: 2 });
  const little = { littleEndian: true };
  const length = version === 1 ? reader.u16("the header's length", little) : reader.u32("the header's length", little);
  const text = new TextDecoder().decode(reader.take(length, "the header"));
  return { ...parseHeader(text, () => reader.fault(notAHeader(text), { back: length })), dataOffset: reader.offset };
}

const notAHeader = (text: string) =>
  `the header names descr, fortran_order and shape as NumPy writes them. Received: ${
    JSON.stringify(text.slice(0, 80))
  }`;

/** The header is a Python dictionary, of which NumPy writes these three entries in any order. */
function parseHeader(text: string, fault: () => FormatError): Omit<NpyHeader, "dataOffset"> {
  const body = /^\{(.*)\}[ \n]*$/s.exec(text)?.[1];
  if (body === undefined) throw fault();
  const found = new Map<string, string>();
  const entry =
    /\s*'(descr|fortran_order|shape)'\s*:\s*('[^']*'|True|False|\([\d,\sL]*\)|\[.*\](?=,\s*'))\s*(,|$)\s*/ys;
  while (entry.lastIndex < body.length) {
    const match = entry.exec(body);
    if (!match || found.has(match[1])) throw fault();
    found.set(match[1], match[2]);
  }
  const [descr, order, shape] = ["descr", "fortran_order", "shape"].map((key) => found.get(key));
  if (!descr || !/^T|^F/.test(order ?? "") || !shape?.startsWith("(")) throw fault();
  const lengths = shape.slice(1, -1).split(",").map((length) => length.trim().replace(/L$/, ""));
  if (lengths.at(-1) === "") lengths.pop();
  if (lengths.length > MAX_AXES || !lengths.every((length) => /^\d{1,15}$/.test(length))) throw fault();
  const quoted = descr.startsWith("'");
  return {
    descr: quoted ? descr.slice(1, -1) : descr,
    fortranOrder: order === "True",
    shape: lengths.map(Number),
  };
}

function readElements(reader: ByteReader, dtype: Dtype, size: number): NpyData {
  // Text of no width takes no bytes, however much of it a header promises: only a length that the file backs is made.
  if (dtype.itemSize === 0 && size > 0) throw reader.fault(`${dtype.name} has no bytes to an element`);
  try {
    return dtype.read(reader.take(reader.left, "the data").slice());
  } catch (error) {
    throw reader.fault((error as Error).message);
  }
}

function unreadable(descr: string): string {
  const why = descr.endsWith("O") ? " (Python objects: to read them would run code)" : "";
  return `the type ${JSON.stringify(descr)} is not read${why}`;
}

/** Elements whose first axis runs fastest, put in the order whose last axis does. */
function toRowMajor(data: NpyData, shape: number[], parts: number): NpyData {
  const result = data.slice();
  const strides: number[] = [];
  shape.reduce((stride, length) => (strides.push(stride), stride * length), 1);
  const index = shape.map(() => 0);
  let from = 0;
  for (let to = 0; to < data.length / parts; to++) {
    for (let part = 0; part < parts; part++) result[to * parts + part] = data[from * parts + part];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis];
      if (++index[axis] < shape[axis]) break;
      from -= strides[axis] * shape[axis];
      index[axis] = 0;
    }
  }
  return result;
}
