import { dirname } from "node:path";
import { interruptSignal, progressLine } from "baeum/notebook";
import { ChecksumError, verify, verifySize } from "./checksum.ts";
import { checksumName, type DataFile, megabytes } from "./data_file.ts";
import { download, type Patience } from "./download.ts";
import { keepInCache, type KeepOptions } from "./keep_in_cache.ts";
import { PartialFile } from "./partial_file.ts";
import { addressesOf, cachePath, isAddress, type Source, sourcesOf } from "./sources.ts";

/** What every `load` can be told. */
export interface FetchOptions {
  /**
   * Ends a download; the promise is then rejected with the signal's reason. The next call goes on where it ended.
   * Default: the notebook's Stop button.
   */
  signal?: AbortSignal;
}

/** A file that none of its sources could give. */
export class DataUnavailableError extends Error {
  override readonly name = "DataUnavailableError";
}

/** A file's verified content. */
export interface Fetched {
  /** Which of the alternatives it is. */
  file: DataFile;
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Finds a file: in the cache, in Keras' folder, in the mirror, at its published address. Only bytes with the published
 * sha256 are given out. What comes from elsewhere is kept in the cache; where that cannot be written, a warning says so
 * and the data is given all the same.
 *
 * Since every source is held to the same checksum, the next one is tried after a file with a wrong one. That file is
 * reported, and never removed: in the cache, where the right one takes its place, it is kept beside it.
 *
 * @param alternatives Files any of which will do, the preferred one first.
 * @throws {DataUnavailableError} if no source has the file; the message says what each answered and what to put where.
 */
export async function fetchFile(
  alternatives: DataFile[],
  { signal = interruptSignal(), patience }: FetchOptions & { patience?: Patience } = {},
): Promise<Fetched> {
  const answers: string[] = [];
  const damaged = new Map<string, ChecksumError>();
  for (const source of sourcesOf(alternatives)) {
    signal?.throwIfAborted();
    const { file, name, place } = source;
    try {
      const { bytes, partial } = isAddress(place)
        ? await downloadFrom(source, signal, patience)
        : { bytes: await readChecked(file, place, signal), partial: undefined };
      const replaces = damaged.has(cachePath(file));
      if (source.keep) await keepOrWarn(bytes, file, { replaces, partial, signal });
      for (const { message } of damaged.values()) console.warn(`${message}\n  It was not used: ${place} was.`);
      return { file, bytes };
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof ChecksumError) damaged.set(place, error);
      answers.push(`- ${name}: ${answerOf(error, place)}`);
    }
  }
  throw new DataUnavailableError(unavailable(alternatives, answers));
}

async function readChecked(file: DataFile, path: string, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  verifySize((await Deno.stat(path)).size, file, path);
  const bytes = await Deno.readFile(path, { signal });
  await verify(bytes, file, path);
  return bytes;
}

/** Verified bytes, and the path of a file that has them, too. */
interface Downloaded {
  bytes: Uint8Array<ArrayBuffer>;
  partial?: string;
}

async function downloadFrom(source: Source, signal?: AbortSignal, patience?: Patience): Promise<Downloaded> {
  const partial = PartialFile.open(source.file);
  const attempt = async () => {
    try {
      return await downloadVerified(source, { partial, signal, patience });
    } catch (error) {
      if (error instanceof ChecksumError) partial?.clear();
      throw error;
    }
  };
  try {
    const isResumed = partial !== undefined && partial.length > 0;
    const bytes = await attempt().catch((error) => {
      // The fault may lie in what an earlier download left.
      if (isResumed && error instanceof ChecksumError) return attempt();
      throw error;
    });
    return { bytes, partial: partial?.length === bytes.length ? partial.path : undefined };
  } finally {
    partial?.close();
  }
}

async function downloadVerified(
  { file, name, place }: Source,
  { partial, signal, patience }: { partial?: PartialFile; signal?: AbortSignal; patience?: Patience },
): Promise<Uint8Array<ArrayBuffer>> {
  const line = progressLine();
  const label = `${file.path} from ${name}`;
  const begun = performance.now();
  const earlier = partial?.length ?? 0;
  try {
    const bytes = await download(place, file, {
      signal,
      patience,
      partial,
      onProgress: (received) => line.update(`${label}: ${megabytes(received)} of ${megabytes(file.bytes)}`),
    });
    await verify(bytes, file, place);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    const rest = earlier > 0 ? ` (${megabytes(earlier)} were there already)` : "";
    line.done(`${label}: ${megabytes(file.bytes)} in ${seconds} s${rest}, checksum as published`);
    return bytes;
  } finally {
    line.close();
  }
}

async function keepOrWarn(bytes: Uint8Array, file: DataFile, options: KeepOptions): Promise<void> {
  try {
    await keepInCache(bytes, file, options);
  } catch (error) {
    options.signal?.throwIfAborted();
    console.warn(
      `${file.path} cannot be kept in ${dirname(cachePath(file))}: ${(error as Error).message}\n` +
        `  It is used from memory; the next run will fetch it again. BAEUM_CACHE can name another folder.`,
    );
  }
}

function answerOf(error: unknown, place: string): string {
  if (error instanceof Deno.errors.NotFound) return `no ${place}`;
  const message = error instanceof Error ? [error.message, causeOf(error)].filter(Boolean).join(": ") : String(error);
  return message.includes(place) ? message : `${place}: ${message}`;
}

/** What lies behind "fetch failed". */
function causeOf({ cause }: Error): string | undefined {
  return cause instanceof Error ? cause.message : undefined;
}

function unavailable(alternatives: DataFile[], answers: string[]): string {
  const [file] = alternatives;
  const [address] = addressesOf(file);
  const get = address ? `on a machine with a network, download ${address}` : "take it from a mirror";
  return [
    `${file.path} was found nowhere:`,
    ...answers,
    `What to do: ${get} (${megabytes(file.bytes)}, ${checksumName(file)})`,
    `and save it as ${cachePath(file)}, or set BAEUM_MIRROR to a folder that has ${file.mirrored ?? file.path}.`,
  ].join("\n");
}
