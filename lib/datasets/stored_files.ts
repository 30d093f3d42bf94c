import { verify, verifySize } from "./checksum.ts";
import type { DataFile } from "./data_file.ts";
import { cachePath, partialPath } from "./sources.ts";

/** How a file stands in the cache: not there, as published, or otherwise (then `fault` says how). */
export type StoredState = { state: "absent" } | { state: "whole" } | { state: "damaged"; fault: string };

/** How many bytes the cache holds for a file, what was set aside when it was replaced included. */
export async function storedBytes(file: DataFile): Promise<number> {
  const sizes = await Promise.all(completePlacesOf(file).map(sizeOf));
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** How many bytes the cache holds of a download that is not complete. */
export function begunBytes(file: DataFile): Promise<number> {
  return sizeOf(partialPath(file));
}

function sizeOf(path: string): Promise<number> {
  return Deno.stat(path).then(({ size }) => size, () => 0);
}

/** Reads a file in the cache and compares it with its checksum. */
export async function checkStored(file: DataFile): Promise<StoredState> {
  const path = cachePath(file);
  try {
    verifySize((await Deno.stat(path)).size, file, path);
    await verify(await Deno.readFile(path), file, path);
    return { state: "whole" };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { state: "absent" };
    return { state: "damaged", fault: (error as Error).message };
  }
}

/** Removes a file from the cache, with what was set aside or is not complete. Nothing outside the cache is touched. */
export async function removeStored(file: DataFile): Promise<void> {
  for (const path of [...completePlacesOf(file), partialPath(file)]) {
    await Deno.remove(path).catch((error) => {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    });
  }
}

function completePlacesOf(file: DataFile): string[] {
  return [cachePath(file), `${cachePath(file)}.unverified`];
}
