import type { Files } from "./messages.ts";

/** Where the library believes to be, for it looks for its kernels beside itself. Nothing is ever asked for there. */
export const ADDRESS = "https://page.invalid/";

/** The thread and the library are two programs with this in common. */
const KEPT = Symbol.for("baeum.files");
const shared = globalThis as unknown as { [KEPT]?: Files };

/** Keeps the files that came with the page. */
export function keepFiles(files: Files): void {
  shared[KEPT] = files;
}

/** A file of the page; undefined if it has none of this name. */
export function keptFile(name: string): Uint8Array<ArrayBuffer> | undefined {
  return shared[KEPT]?.[name];
}
