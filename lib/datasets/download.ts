import type { DataFile } from "./data_file.ts";
import { verifySize } from "./checksum.ts";
import type { PartialFile } from "./partial_file.ts";

/** How long to wait for a server, in milliseconds, and how often to go back to it. */
export interface Patience {
  /** Until it answers at all. */
  answer: number;
  /** Until more bytes come. */
  stall: number;
  /** Before it is asked again. */
  pause: number;
  /** How often a server that broke off or is busy is asked. */
  attempts: number;
}

/** Offline machines should reach the next source within seconds; a slow line may rest for longer once bytes flow. */
export const patience: Patience = { answer: 5_000, stall: 10_000, pause: 500, attempts: 3 };

/** What {@linkcode download} can be told. */
export interface DownloadOptions {
  /** Ends the download. */
  signal?: AbortSignal;
  /** Is told how many bytes there are by now. */
  onProgress?: (received: number) => void;
  patience?: Patience;
  /** What an earlier download left; it is gone on with, and added to. */
  partial?: PartialFile;
}

/** A server's answer that may be another one if asked again. */
class Passing extends Error {}

/**
 * Downloads a file whose length is known into memory. A connection that breaks off is taken up where it ended, if the
 * server can do so. The bytes are not checked here, only their number.
 *
 * @throws {Error} if the server cannot be reached, stalls, refuses, or sends more or fewer bytes than the file has.
 */
export async function download(
  address: string,
  file: DataFile,
  { signal, onProgress = () => {}, patience: wait = patience, partial }: DownloadOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(file.bytes);
  partial?.readInto(bytes);
  let received = partial?.length ?? 0;
  for (let attempt = 1; received < bytes.length; attempt++) {
    const before = received;
    try {
      for await (const chunk of ask(address, file, received, wait, signal)) {
        if (chunk.offset + chunk.bytes.length > bytes.length) verifySize(bytes.length + 1, file, address);
        bytes.set(chunk.bytes, chunk.offset);
        partial?.write(chunk.bytes, chunk.offset);
        received = chunk.offset + chunk.bytes.length;
        onProgress(received);
      }
      if (received === bytes.length) break;
      throw new Passing(`the connection broke off after ${received} of ${bytes.length} bytes`);
    } catch (error) {
      signal?.throwIfAborted();
      const again = error instanceof Passing && (attempt < wait.attempts || received > before && attempt < 50);
      if (!again) throw error;
    }
    await pause(wait.pause, signal);
  }
  return bytes;
}

interface Chunk {
  offset: number;
  bytes: Uint8Array;
}

/** One request, for what comes after the first `received` bytes. */
async function* ask(
  address: string,
  file: DataFile,
  received: number,
  wait: Patience,
  signal?: AbortSignal,
): AsyncGenerator<Chunk> {
  const guard = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const expectWithin = (ms: number, what: string) => {
    clearTimeout(timer);
    timer = setTimeout(() => guard.abort(new Passing(`${what} within ${ms / 1000} s`)), ms);
  };
  const forward = () => guard.abort(signal?.reason);
  signal?.addEventListener("abort", forward);
  let begun = false;
  try {
    expectWithin(wait.answer, "no answer");
    const headers: Record<string, string> = { "accept-encoding": "identity" };
    if (received > 0) headers.range = `bytes=${received}-`;
    const response = await fetch(address, { headers, signal: guard.signal });
    begun = true;
    try {
      let offset = startOf(response, file, received, address);
      expectWithin(wait.stall, "no more bytes came");
      for await (const bytes of response.body ?? []) {
        expectWithin(wait.stall, "no more bytes came");
        yield { offset, bytes };
        offset += bytes.length;
      }
    } finally {
      // What is left of a refused answer would otherwise go on arriving.
      guard.abort();
    }
  } catch (error) {
    const stopped = guard.signal.reason;
    // A server that never answered gets one chance: the next source may be at hand.
    if (stopped instanceof Passing) throw begun ? stopped : new Error(stopped.message);
    if (begun && error instanceof TypeError) throw new Passing(`the connection broke off (${error.message})`);
    throw error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", forward);
  }
}

/** Where the answer's bytes belong, if it is the file at all. */
function startOf(response: Response, file: DataFile, received: number, address: string): number {
  const { status, statusText } = response;
  if (status === 429 || status >= 500) throw new Passing(`the server answers ${status} ${statusText}`.trim());
  if (status !== 200 && status !== 206) throw new Error(`the server answers ${status} ${statusText}`.trim());
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get("content-range") ?? "");
  if (status === 206 && (Number(range?.[1]) !== received || received === 0)) {
    throw new Error(`the server sends a part that nobody asked for: ${response.headers.get("content-range")}`);
  }
  const offset = status === 206 ? received : 0;
  const length = response.headers.get("content-length");
  if (length !== null && !response.headers.has("content-encoding") && offset + Number(length) !== file.bytes) {
    throw new Error(`the server announces ${offset + Number(length)} bytes at ${address}; the file has ${file.bytes}`);
  }
  return offset;
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal?.addEventListener("abort", stop, { once: true });
  });
}
