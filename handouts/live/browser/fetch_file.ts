// Stands in for lib/datasets/fetch_file.ts: data sets are what the page carries.
import type { DataFile } from "../../../lib/datasets/data_file.ts";
import type { Fetched, FetchOptions } from "../../../lib/datasets/fetch_file.ts";
import { ABSENT } from "./absent_parts.ts";
import { keptFile } from "./files.ts";

export class DataUnavailableError extends Error {
  override readonly name = "DataUnavailableError";
}

/** @throws {DataUnavailableError} for a file that the page does not carry. */
export function fetchFile(alternatives: DataFile[], _options: FetchOptions = {}): Promise<Fetched> {
  for (const file of alternatives) {
    const bytes = keptFile(file.path);
    if (bytes) return Promise.resolve({ file, bytes });
  }
  return Promise.reject(new DataUnavailableError(`${alternatives[0].path}: ${ABSENT}`));
}
