import h5wasm, { type Group } from "h5wasm";
import { FormatError } from "./format_error.ts";

/** An array in an HDF5 file. */
export interface Hdf5Array {
  shape: number[];
  /** Row-major; 64-bit integers as bigint. */
  data: Float32Array | Float64Array | Int32Array | Uint32Array | BigInt64Array | Uint8Array;
}

/** Text attributes of a group. */
export type Hdf5Attributes = Record<string, string>;

const MAGIC = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
const dtypes = {
  Float32Array: "<f",
  Float64Array: "<d",
  Int32Array: "<i",
  Uint32Array: "<I",
  BigInt64Array: "<q",
  Uint8Array: "<B",
} as const;
let files = 0;

/**
 * Writes arrays into an HDF5 file: keys are paths with `/` between the groups.
 *
 * @param arrays The arrays by path.
 * @param attributes Text attributes by the path of their group; the group is made where it is missing.
 *
 * @example
 * ```ts
 * import { readHdf5, writeHdf5 } from "baeum/formats";
 * import { assertEquals } from "@std/assert";
 *
 * const bytes = await writeHdf5(new Map([["a/b", { shape: [2], data: Float32Array.of(1, 2) }]]));
 * assertEquals((await readHdf5(bytes)).get("a/b")?.data, Float32Array.of(1, 2));
 * ```
 */
export async function writeHdf5(
  arrays: ReadonlyMap<string, Hdf5Array>,
  attributes: ReadonlyMap<string, Hdf5Attributes> = new Map(),
): Promise<Uint8Array<ArrayBuffer>> {
  const { FS } = await h5wasm.ready;
  const path = `write${++files}.h5`;
  const file = new h5wasm.File(path, "w");
  const groups = new Map<string, Group>([["", file]]);
  const groupAt = (path: string): Group => {
    const found = groups.get(path);
    if (found) return found;
    const cut = path.lastIndexOf("/");
    const made = groupAt(path.slice(0, Math.max(cut, 0))).create_group(path.slice(cut + 1));
    groups.set(path, made);
    return made;
  };
  try {
    for (const [path, { shape, data }] of arrays) {
      const cut = path.lastIndexOf("/");
      const dtype = dtypes[data.constructor.name as keyof typeof dtypes];
      groupAt(path.slice(0, Math.max(cut, 0))).create_dataset({ name: path.slice(cut + 1), data, shape, dtype });
    }
    for (const [path, texts] of attributes) {
      for (const [name, text] of Object.entries(texts)) groupAt(path).create_attribute(name, text);
    }
    file.flush();
  } finally {
    file.close();
  }
  const bytes = FS.readFile(path).slice();
  FS.unlink(path);
  return bytes;
}

/**
 * Reads all arrays of numbers in an HDF5 file, by path.
 *
 * @throws {FormatError} if it is no HDF5 file, is truncated or broken, or its arrays are packed or larger than the file.
 */
export async function readHdf5(bytes: Uint8Array): Promise<Map<string, Hdf5Array>> {
  if (!MAGIC.every((byte, i) => bytes[i] === byte)) {
    throw new FormatError("HDF5", 0, `a file begins with \\x89HDF. Received: [${bytes.subarray(0, 4)}]`);
  }
  const { FS } = await h5wasm.ready;
  const path = `read${++files}.h5`;
  FS.writeFile(path, bytes);
  let file;
  try {
    file = new h5wasm.File(path, "r");
    if (file.file_id < 0n) throw new FormatError("HDF5", bytes.length, "the file is truncated or broken");
    const arrays = new Map<string, Hdf5Array>();
    collect(file, "", arrays, { left: bytes.length, fileSize: bytes.length });
    return arrays;
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw new FormatError("HDF5", 0, `the file is broken: ${error instanceof Error ? error.message : error}`);
  } finally {
    if (file && file.file_id >= 0n) file.close();
    FS.unlink(path);
  }
}

const DEEPEST = 32;

function collect(
  group: Group,
  prefix: string,
  arrays: Map<string, Hdf5Array>,
  budget: { left: number; fileSize: number },
  depth = 0,
): void {
  if (depth > DEEPEST) throw new FormatError("HDF5", 0, `groups are nested deeper than ${DEEPEST}`);
  for (const key of group.keys()) {
    const path = prefix ? `${prefix}/${key}` : key;
    const entity = group.get(key);
    if (entity instanceof h5wasm.Group) collect(entity, path, arrays, budget, depth + 1);
    else if (entity instanceof h5wasm.Dataset) {
      const { shape, metadata } = entity;
      if (shape === null) continue;
      const size = shape.reduce((a, b) => a * b, 1) * metadata.size;
      // Arrays that are not packed cannot need more bytes than the file has: a header that says so does harm.
      budget.left -= size;
      if (!(budget.left >= 0)) {
        throw new FormatError("HDF5", 0, `"${path}" needs more bytes than the file's ${budget.fileSize}`);
      }
      const value = entity.value as Hdf5Array["data"] | number | bigint | string;
      if (ArrayBuffer.isView(value)) arrays.set(path, { shape: [...shape], data: value.slice() as Hdf5Array["data"] });
      else if (typeof value === "number") arrays.set(path, { shape: [], data: Float64Array.of(value) });
      else if (typeof value === "bigint") arrays.set(path, { shape: [], data: BigInt64Array.of(value) });
    } else throw new FormatError("HDF5", 0, `"${path}" is a link or type that is not followed`);
  }
}
