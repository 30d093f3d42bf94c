// The words, of 32 bits, through which the threads of a team speak.

/** The job's number, and in the low bits how many of its chunks nobody has taken: one word, so that both change at once. */
export const TICKET = 0;
/** How many chunks are not done yet. */
export const PENDING = 1;
/** How many workers wait for a job asleep. */
export const ASLEEP = 2;
/** How many workers have started. */
export const READY = 3;
/** How many chunks ended in a trap. */
export const TRAPPED = 4;
/** Which kernel the job calls, and with how many arguments. */
export const KERNEL = 5;
export const ARGUMENTS = 6;
/** Which argument is the length that is cut, and how long a chunk is. */
export const LENGTH_AT = 7;
export const CHUNK = 8;
/** Which argument each thread has its own memory for, or −1, and the bytes between those of two threads. */
export const OWN_AT = 9;
export const OWN_BYTES = 10;
const WORDS = 16;

/** Low bits of the ticket. */
export const CHUNK_BITS = 8;
export const CHUNKS_MOST = (1 << CHUNK_BITS) - 1;

/** No kernel takes more arguments. */
const ARGUMENTS_MOST = 32;

/** What the threads share besides the heap. */
export interface Control {
  readonly words: Int32Array<SharedArrayBuffer>;
  /** The arguments for the whole job. */
  readonly values: Float64Array<SharedArrayBuffer>;
  /** By how much each argument grows with every unit of the length that lies before a chunk. */
  readonly steps: Float64Array<SharedArrayBuffer>;
}

export const CONTROL_BYTES = 4 * WORDS + 2 * 8 * ARGUMENTS_MOST;

export function control(memory: SharedArrayBuffer): Control {
  return {
    words: new Int32Array(memory, 0, WORDS),
    values: new Float64Array(memory, 4 * WORDS, ARGUMENTS_MOST),
    steps: new Float64Array(memory, 4 * WORDS + 8 * ARGUMENTS_MOST, ARGUMENTS_MOST),
  };
}

/** A kernel as the threads call it: numbers only. */
export type Kernel = (...values: number[]) => void;

/** Takes one of the job's chunks and computes it; false if there is none. `thread` is 0 for the one that gave the job. */
export function computeChunk({ words, values, steps }: Control, kernels: Kernel[], thread: number): boolean {
  let ticket = Atomics.load(words, TICKET);
  for (;;) {
    if ((ticket & CHUNKS_MOST) === 0) return false;
    const seen = Atomics.compareExchange(words, TICKET, ticket, ticket - 1);
    if (seen === ticket) break;
    ticket = seen;
  }
  // From here on the job stays as it is, for it is not done before this chunk is.
  try {
    const lengthAt = words[LENGTH_AT];
    const chunk = words[CHUNK];
    const begin = ((ticket & CHUNKS_MOST) - 1) * chunk;
    const call = new Array<number>(words[ARGUMENTS]);
    for (let i = 0; i < call.length; i++) call[i] = values[i] + begin * steps[i];
    call[lengthAt] = Math.min(chunk, values[lengthAt] - begin);
    if (words[OWN_AT] >= 0) call[words[OWN_AT]] += thread * words[OWN_BYTES];
    kernels[words[KERNEL]](...call);
  } catch {
    Atomics.add(words, TRAPPED, 1);
  }
  if (Atomics.sub(words, PENDING, 1) === 1) Atomics.notify(words, PENDING);
  return true;
}
