// Stands in for lib/datasets/checksum.ts: the page's files were checked when it was made.
export class ChecksumError extends Error {
  override readonly name = "ChecksumError";
}
