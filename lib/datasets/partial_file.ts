import { dirname } from "node:path";
import type { DataFile } from "./data_file.ts";
import { partialPath } from "./sources.ts";

/**
 * What has come of a download so far, kept beside the cache's file under a name that ends in `.part`, so that another
 * process can go on where this one was ended.
 *
 * The file is locked while a download writes to it; the lock goes with the process, however that ends. Whether its bytes
 * are the right ones is not known before all of them were compared with the checksum.
 */
export class PartialFile {
  #length: number;
  /** Whether writing failed once. */
  #givenUp = false;

  private constructor(readonly path: string, private readonly file: Deno.FsFile, length: number) {
    this.#length = length;
  }

  /** Opens the file; nothing if another process writes to it, or where nothing can be written at all. */
  static open(wanted: DataFile): PartialFile | undefined {
    const path = partialPath(wanted);
    let file: Deno.FsFile | undefined;
    try {
      Deno.mkdirSync(dirname(path), { recursive: true });
      file = Deno.openSync(path, { read: true, write: true, create: true });
      if (file.tryLockSync(true)) {
        const { size } = file.statSync();
        // A longer one is of another file.
        if (size > wanted.bytes) file.truncateSync(0);
        return new PartialFile(path, file, size > wanted.bytes ? 0 : size);
      }
      file.close();
    } catch {
      // The download goes on in memory alone; that the cache cannot be written is said at its end.
      file?.close();
    }
    return undefined;
  }

  /** How many bytes there are. */
  get length(): number {
    return this.#length;
  }

  /** Reads all of them into the beginning of `bytes`. */
  readInto(bytes: Uint8Array): void {
    this.file.seekSync(0, Deno.SeekMode.Start);
    for (let read = 0; read < this.#length;) read += this.file.readSync(bytes.subarray(read, this.#length)) ?? Infinity;
  }

  /**
   * Adds bytes at the end, or at an earlier place, where a server began anew; what was behind it is dropped. Where they
   * cannot be written, on a full disk for one, the file is given up and the download goes on in memory alone.
   */
  write(bytes: Uint8Array, offset: number): void {
    if (this.#givenUp) return;
    try {
      if (offset !== this.#length) this.file.truncateSync(offset);
      this.file.seekSync(offset, Deno.SeekMode.Start);
      for (let written = 0; written < bytes.length;) written += this.file.writeSync(bytes.subarray(written));
      this.#length = offset + bytes.length;
    } catch {
      this.#givenUp = true;
      this.clear();
    }
  }

  /** Drops all bytes. */
  clear(): void {
    this.file.truncateSync(0);
    this.#length = 0;
  }

  /** Leaves the file for a later download; an empty one is removed. */
  close(): void {
    if (this.#length === 0) removeQuietly(this.path);
    this.file.close();
  }
}

/** Another process may have removed it, or hold it open where such a file cannot be removed. */
function removeQuietly(path: string): void {
  try {
    Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound || error instanceof Deno.errors.PermissionDenied)) throw error;
  }
}
