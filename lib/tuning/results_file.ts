import type { FitOutcome } from "./trial.ts";

/** What must be the same for results to be comparable; each part by its SHA-256. */
export type SearchIdentity = Record<"trial" | "uses" | "data" | "cv" | "randomState", string>;

/** Which training of a search. */
export interface FitName {
  /** The settings, their names in order. */
  params: object;
  split: number;
  /** Of a halving search: what the training had. */
  nResources?: number;
}

/** A line of the file: which training, and what became of it. `score` is null where it failed. */
interface Line extends FitName {
  score: number | null;
  seconds: number;
  error?: string;
}

/**
 * The results of a search, a line of JSON for each training as soon as it is done, so that a search that was killed goes on
 * where it was. The first line says which search it is.
 */
export class ResultsFile {
  readonly #known = new Map<string, FitOutcome>();
  readonly #file: Deno.FsFile;

  /**
   * Opens the file of a search, or begins it. A last line that was not written to its end is taken off.
   *
   * @throws {Error} when it is another search's, or no file of results.
   */
  constructor(path: string | URL, identity: SearchIdentity) {
    this.#file = Deno.openSync(path, { read: true, write: true, create: true });
    try {
      const text = new TextDecoder().decode(readAll(this.#file));
      const whole = text.slice(0, text.lastIndexOf("\n") + 1);
      const [first, ...lines] = whole.split("\n").slice(0, -1).map((line, i) => parse(line, i + 1, path));
      if (first !== undefined) checkIdentity(first, identity, path);
      for (const line of lines) this.#remember(line as Line);
      const end = new TextEncoder().encode(whole).length;
      this.#file.truncateSync(end);
      this.#file.seekSync(end, Deno.SeekMode.Start);
      if (first === undefined) this.#write({ search: identity });
    } catch (error) {
      this.#file.close();
      throw error;
    }
  }

  /** What the file has of a training. */
  find(fit: FitName): FitOutcome | undefined {
    return this.#known.get(JSON.stringify(fit));
  }

  /** Adds a training that is done. */
  add(fit: FitName, { score, seconds, error }: FitOutcome): void {
    const line: Line = { ...fit, score: Number.isNaN(score) ? null : score, seconds, error };
    this.#write(line);
    this.#remember(line);
  }

  close(): void {
    this.#file.close();
  }

  #remember({ score, seconds, error, ...fit }: Line): void {
    this.#known.set(JSON.stringify(fit), { score: score ?? NaN, seconds, ...(error !== undefined && { error }) });
  }

  #write(line: object): void {
    const bytes = new TextEncoder().encode(JSON.stringify(line) + "\n");
    for (let at = 0; at < bytes.length;) at += this.#file.writeSync(bytes.subarray(at));
    this.#file.syncDataSync();
  }
}

function readAll(file: Deno.FsFile): Uint8Array {
  const bytes = new Uint8Array(file.statSync().size);
  let at = 0;
  for (let read; at < bytes.length && (read = file.readSync(bytes.subarray(at))) !== null;) at += read;
  return bytes.subarray(0, at);
}

function parse(line: string, number: number, path: string | URL): unknown {
  try {
    const parsed = JSON.parse(line);
    if (number === 1 ? typeof parsed?.search === "object" : typeof parsed?.params === "object") return parsed;
  } catch {
    // Told below.
  }
  throw new Error(`${path} is no file of a search's results: line ${number} is ${JSON.stringify(line.slice(0, 80))}`);
}

function checkIdentity(first: unknown, identity: SearchIdentity, path: string | URL): void {
  const { search } = first as { search: Record<string, string> };
  const names = Object.keys(identity) as (keyof SearchIdentity)[];
  const other = names.filter((name) => search[name] !== identity[name]);
  if (other.length === 0) return;
  throw new Error(
    `${path} has the results of another search, which these could not be compared with: ${other.join(", ")} differ. ` +
      "Give this search a resultsFile of its own, or delete that one.",
  );
}

/** The SHA-256 of text and arrays. */
export async function digest(...parts: (string | ArrayBufferView)[]): Promise<string> {
  const hashes = await Promise.all(parts.map(async (part) => {
    const bytes = typeof part === "string"
      ? new TextEncoder().encode(part)
      : new Uint8Array(part.buffer as ArrayBuffer, part.byteOffset, part.byteLength);
    return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  }));
  const together = new Uint8Array(32 * hashes.length);
  hashes.forEach((hash, i) => together.set(hash, 32 * i));
  const whole = await crypto.subtle.digest("SHA-256", together);
  return [...new Uint8Array(whole)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
