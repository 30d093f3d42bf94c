import h5wasm, { type Group } from "h5wasm";
import { FormatError } from "./format_error.ts";

/** An array in an HDF5 file. */
export interface Hdf5Array {
  shape: number[];
  /** Row-major; 64-bit integers as bigint. */
  data: Float32Array | Float64Array | Int32Array | Uint32Array | BigInt64Array | Uint8Array;
}

/** Text attributes of a group: a text, or a list of them. */
export type Hdf5Attributes = Record<string, string | string[]>;

/** What is read of an HDF5 file. */
export interface Hdf5Content {
  /** The arrays of numbers by path. */
  arrays: Map<string, Hdf5Array>;
  /** The text attributes by the path of their group, `""` for the file's own; groups without any are there, too. */
  attributes: Map<string, Hdf5Attributes>;
}

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

/** Whether bytes begin as an HDF5 file does. */
export function isHdf5(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, i) => bytes[i] === byte);
}

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
      for (const [name, text] of Object.entries(texts)) {
        // Texts of any length are kept outside of the header, whose size is limited; HDF5 has no list of no texts.
        const none = Array.isArray(text) && text.length === 0;
        const group = groupAt(path);
        if (none) group.create_attribute(name, new Float64Array(), [0]);
        else group.create_attribute(name, text, Array.isArray(text) ? [text.length] : [], "S");
      }
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
  return (await readHdf5Content(bytes)).arrays;
}

/**
 * Reads all arrays of numbers in an HDF5 file and the text attributes of its groups.
 *
 * @throws {FormatError} as {@linkcode readHdf5} does.
 */
export async function readHdf5Content(bytes: Uint8Array): Promise<Hdf5Content> {
  if (!isHdf5(bytes)) {
    throw new FormatError("HDF5", 0, `a file begins with \\x89HDF. Received: [${bytes.subarray(0, 4)}]`);
  }
  const { FS, activate_throwing_error_handler: throwErrors } = await h5wasm.ready;
  // Otherwise the library prints pages of diagnosis on what it cannot read.
  throwErrors();
  const path = `read${++files}.h5`;
  FS.writeFile(path, bytes);
  let file;
  try {
    file = new h5wasm.File(path, "r");
    if (file.file_id < 0n) throw new FormatError("HDF5", bytes.length, "the file is truncated or broken");
    const content: Hdf5Content = { arrays: new Map(), attributes: new Map() };
    collect(file, "", content, { left: bytes.length, fileSize: bytes.length });
    return content;
  } catch (error) {
    if (error instanceof FormatError) throw error;
    const reason = reasonOf(error);
    if (/Float16/.test(reason)) {
      throw new FormatError(
        "HDF5",
        0,
        "it holds numbers of half precision (float16), which are not read: save them as float32",
      );
    }
    throw new FormatError("HDF5", 0, `the file is truncated or broken: ${reason}`);
  } finally {
    if (file && file.file_id >= 0n) file.close();
    FS.unlink(path);
  }
}

/** The innermost cause that the library names, without its stack. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return [...text.matchAll(/ in \w+\(\): (.*)/g)].at(-1)?.[1] ?? text;
}

const DEEPEST = 32;
const MOST_TEXTS = 2 ** 16;

function collect(
  group: Group,
  prefix: string,
  content: Hdf5Content,
  budget: { left: number; fileSize: number },
  depth = 0,
): void {
  if (depth > DEEPEST) throw new FormatError("HDF5", 0, `groups are nested deeper than ${DEEPEST}`);
  const { arrays, attributes } = content;
  attributes.set(prefix, textsOf(group, prefix));
  for (const key of group.keys()) {
    const path = prefix ? `${prefix}/${key}` : key;
    const entity = group.get(key);
    if (entity instanceof h5wasm.Group) collect(entity, path, content, budget, depth + 1);
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

/** The library takes each byte of texts of variable length for a letter, where they are UTF-8. */
function decoded(text: string): string {
  if (!/[\x80-\xff]/.test(text) || /[^\0-\xff]/.test(text)) return text;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
  } catch {
    return text;
  }
}

function textsOf(group: Group, path: string): Hdf5Attributes {
  const texts: Hdf5Attributes = Object.create(null);
  for (const [name, attribute] of Object.entries(group.attrs)) {
    if ((attribute.shape ?? []).reduce((a, b) => a * b, 1) > MOST_TEXTS) {
      throw new FormatError("HDF5", 0, `the attribute "${name}" of "${path}" lists more than ${MOST_TEXTS} texts`);
    }
    const value = attribute.value;
    if (typeof value === "string") texts[name] = decoded(value);
    else if (Array.isArray(value) && value.every((text) => typeof text === "string")) texts[name] = value.map(decoded);
    else if (ArrayBuffer.isView(value) && value.byteLength === 0) texts[name] = [];
  }
  return texts;
}
