import { createHash } from "node:crypto";
import { checksumName, type DataFile, megabytes } from "./data_file.ts";

/** The sha256 of some bytes, in hexadecimal. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

/** A file that is not the one that was asked for. */
export class ChecksumError extends Error {
  override readonly name = "ChecksumError";

  /** @param received The bytes' checksum, or what else shows that they cannot be the right ones. */
  constructor(file: DataFile, place: string, received: string) {
    super(
      `${place} is not the published file: it is incomplete or was altered.\n` +
        `  Expected: ${checksumName(file)} (${file.bytes} bytes)\n  Received: ${received}`,
    );
  }
}

/** Lets only the published bytes pass. */
export async function verify(bytes: Uint8Array<ArrayBuffer>, file: DataFile, place: string): Promise<void> {
  const received = file.sha256 === undefined
    ? `md5 ${createHash("md5").update(bytes).digest("hex")}`
    : `sha256 ${await sha256(bytes)}`;
  if (received !== checksumName(file)) throw new ChecksumError(file, place, `${received} (${bytes.length} bytes)`);
}

/** Refuses by its length alone a file so large that reading it would only fill the memory. */
export function verifySize(bytes: number, file: DataFile, place: string): void {
  if (bytes > file.bytes) throw new ChecksumError(file, place, `${bytes} bytes (${megabytes(bytes)})`);
}
