import type { ByteReader } from "./byte_reader.ts";
import { dtypeOf, type NpyData } from "./npy_dtype.ts";
import type { PickleValue, Piece } from "./pickle.ts";

/** A NumPy array of a pickle. */
export class PickledArray {
  shape: number[] = [];
  /** The elements in row-major order: numbers, or the objects of an array of type "object". */
  data: NpyData | PickleValue[] = [];
}

/** One of the few names that NumPy's arrays are rebuilt with, or a data type that was made by one. */
export interface Global {
  global: "array" | "ndarray" | "dtype" | "encode" | "type";
  /** NumPy's short name of a data type. */
  descr?: string;
  /** Whether a data type's bytes are in another order than the machine's that wrote them. */
  order?: string;
}

/** By module and name, the older and the newer of NumPy. */
const globals: Record<string, Global["global"]> = {
  "numpy.core.multiarray._reconstruct": "array",
  "numpy._core.multiarray._reconstruct": "array",
  "numpy.ndarray": "ndarray",
  "numpy.dtype": "dtype",
  "_codecs.encode": "encode",
};

/** Looks up a name; none but those of NumPy's arrays is known. */
export function globalOf(reader: ByteReader, module: Piece, name: Piece): Global {
  const known = Object.hasOwn(globals, `${module}.${name}`) ? globals[`${module}.${name}`] : undefined;
  if (!known) throw reader.fault(`${String(module)}.${String(name)} is not called: it is not data`);
  return { global: known };
}

/** What a call gives: an empty array, a data type, or the bytes that Python 3 wrote for Python 2 as text. */
export function callGlobal(reader: ByteReader, callee: Piece, given: Piece): Piece {
  const list = Array.isArray(given) ? given : [];
  switch (isGlobal(callee) ? callee.global : undefined) {
    case "array":
      if (isGlobal(list[0]) && list[0].global === "ndarray") return new PickledArray();
      break;
    case "dtype":
      if (typeof list[0] === "string" || list[0] instanceof Uint8Array) {
        return { global: "type", descr: asText(list[0]), order: "|" };
      }
      break;
    case "encode":
      if (typeof list[0] === "string") return Uint8Array.from(list[0], (character) => character.charCodeAt(0));
      break;
  }
  throw reader.fault("only NumPy's arrays are rebuilt", { back: 1 });
}

/** Fills an array from what NumPy saved of it: version, shape, type, whether in Fortran's order, elements. */
export function buildArray(reader: ByteReader, target: Piece, state: Piece): void {
  const fault = (what: string) => reader.fault(`NumPy's array ${what}`, { back: 1 });
  if (!Array.isArray(state)) throw fault("has a list of its parts");
  if (isGlobal(target) && target.global === "type") {
    // (version, byte order, then what only records and dates have)
    const order = state[1];
    if (typeof order === "string" || order instanceof Uint8Array) target.order = asText(order);
    return;
  }
  if (!(target instanceof PickledArray)) throw fault("is the only thing that can be filled");
  const [, shape, type, fortran, elements] = state;
  if (!Array.isArray(shape) || !shape.every((length) => Number.isSafeInteger(length) && (length as number) >= 0)) {
    throw fault("has a shape of whole numbers");
  }
  if (!isGlobal(type) || type.descr === undefined) throw fault("has a type");
  if (fortran !== false && shape.length > 1) throw fault("is read in C's order only");
  const size = (shape as number[]).reduce((product, length) => product * length, 1);
  target.shape = shape as number[];
  target.data = readElements(type, elements, size, fault);
}

function readElements(
  type: Global,
  elements: Piece,
  size: number,
  fault: (what: string) => Error,
): NpyData | PickleValue[] {
  if (/^\|?O/.test(type.descr!)) {
    if (!Array.isArray(elements) || elements.length !== size) throw fault(`has ${size} objects`);
    return elements as PickleValue[];
  }
  const dtype = dtypeOf(`${type.order === "|" ? "|" : type.order}${type.descr!.replace(/^[<>|=]/, "")}`);
  if (!dtype) throw fault(`of type ${JSON.stringify(type.descr)} is not read`);
  if (!(elements instanceof Uint8Array) || elements.length !== size * dtype.itemSize) {
    throw fault(`has ${size * dtype.itemSize} bytes`);
  }
  return dtype.read(elements.slice());
}

function isGlobal(piece: Piece | undefined): piece is Global {
  return typeof piece === "object" && piece !== null && "global" in piece;
}

function asText(piece: string | Uint8Array): string {
  return typeof piece === "string" ? piece : new TextDecoder().decode(piece);
}
