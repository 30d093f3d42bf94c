import { basename, dirname, join } from "node:path";
import type { DataFile } from "./data_file.ts";
import { cachePath, partialPath } from "./sources.ts";

/** Left-overs of a process that was killed while writing are older than any write takes. */
const STALE_MS = 3_600_000;

/** What {@linkcode keepInCache} is told. */
export interface KeepOptions {
  /** Whether another file stands there. */
  replaces: boolean;
  /** A file with the same bytes, which may be moved instead of writing them again. */
  partial?: string;
  signal?: AbortSignal;
}

/**
 * Puts verified bytes into the cache: under a name of their own first, then in place at once, so that no other process
 * ever sees half a file. A file with other content that stands there is kept beside it, its name ending in
 * `.unverified`.
 *
 * @returns The file's path.
 * @throws {Error} if the folder cannot be written or the disk is full; nothing half-written stays behind.
 */
export async function keepInCache(
  bytes: Uint8Array,
  file: DataFile,
  { replaces, partial, signal }: KeepOptions,
): Promise<string> {
  const path = cachePath(file);
  const folder = dirname(path);
  await Deno.mkdir(folder, { recursive: true });
  await sweep(folder);
  const temporary = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    // Another process may have moved it at the same moment.
    const moved = partial !== undefined && await Deno.rename(partial, temporary).then(() => true, () => false);
    if (!moved) await Deno.writeFile(temporary, bytes, { createNew: true, signal });
    if (replaces) await Deno.copyFile(path, `${path}.unverified`);
    await Deno.rename(temporary, path);
    // What came of another download of it is of no use any more; a process that still adds to it keeps its bytes in memory.
    await Deno.remove(partialPath(file)).catch(() => {});
  } catch (error) {
    await Deno.remove(temporary).catch(() => {});
    throw error;
  }
  return path;
}

async function sweep(folder: string): Promise<void> {
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (!isFile || !name.endsWith(".tmp")) continue;
    const path = join(folder, basename(name));
    // Another process may have removed it in between.
    const changed = await Deno.stat(path).then((info) => info.mtime?.getTime() ?? Date.now(), () => Date.now());
    if (Date.now() - changed > STALE_MS) await Deno.remove(path).catch(() => {});
  }
}
