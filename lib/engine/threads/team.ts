import type { Worker } from "node:worker_threads";
import type { Blas } from "../blas.ts";
import type { NativeKernels } from "../assembly/kernels.d.ts";
import {
  ARGUMENTS,
  ASLEEP,
  CHUNK,
  CHUNK_BITS,
  CHUNKS_MOST,
  computeChunk,
  type Control,
  control,
  CONTROL_BYTES,
  KERNEL,
  type Kernel,
  LENGTH_AT,
  OWN_AT,
  OWN_BYTES,
  PENDING,
  READY,
  TICKET,
  TRAPPED,
} from "./control.ts";

/** A kernel's work, and how to cut it: along one of its arguments, a length. */
export interface Job {
  kernel: keyof NativeKernels | "sgemm";
  /** The arguments for the whole work. */
  values: number[];
  /** By how much each argument grows with every unit of the length that lies before a piece: 4 for an address of floats. */
  steps: number[];
  /** Which argument is the length. */
  lengthAt: number;
  /** The length of a piece. */
  chunk: number;
  /** Which argument is the address of memory that each thread needs for itself, and how many bytes each needs. */
  own?: { at: number; bytes: number };
  /** The pieces are to be computed as they are cut even by one thread, because the whole would come out rounded otherwise. */
  asCut?: boolean;
}

/** More threads than this are seldom cores, and the kernels are then held up by memory. */
export const THREADS_MOST = 8;

/** For how many tenths of a second a worker may be at its chunk without an end. */
const PATIENCE = 600;

/**
 * Threads that compute a kernel's pieces together, on shared memory.
 *
 * The workers start at the first job; until they have, and should they ever be gone, the calling thread does all pieces
 * itself: nothing waits for a worker that has not taken a piece. They sleep when there is nothing to do and do not keep the
 * process alive.
 */
export class Team {
  /** How many threads compute, with the calling one. */
  readonly threads: number;
  readonly #control: Control;
  readonly #shared = new SharedArrayBuffer(CONTROL_BYTES);
  readonly #kernels: Kernel[];
  readonly #numbers: Map<string, number>;
  #started = false;
  #job = 0;
  /** A worker was lost: what is left is not worth the risk. */
  #alone = false;
  readonly #workers: Worker[] = [];

  constructor(
    private readonly memory: WebAssembly.Memory,
    private readonly compile: () => Promise<WebAssembly.Module>,
    private readonly kernels: WebAssembly.Exports,
    cores: number,
    /** A BLAS library, for the job "sgemm". */
    private readonly library?: Pick<Blas, "file" | "sgemm">,
  ) {
    this.threads = Math.min(cores, THREADS_MOST);
    this.#control = control(this.#shared);
    this.#kernels = Object.values(kernels) as Kernel[];
    this.#numbers = new Map([...Object.keys(kernels), "sgemm"].map((name, i) => [name, i]));
    if (library) this.#kernels.push(library.sgemm as Kernel);
  }

  /** How many workers are there to help just now. */
  get workers(): number {
    return this.#alone ? 0 : Atomics.load(this.#control.words, READY);
  }

  /**
   * Does the whole job, and returns when it is done.
   *
   * @throws {Error} when a kernel trapped or a worker does not come back from its piece: what it was to write is then
   * undefined, and from then on the calling thread works alone.
   */
  run({ kernel, values, steps, lengthAt, chunk, own, asCut }: Job): void {
    if (!this.#started) this.#start();
    const number = this.#numbers.get(kernel)!;
    const length = values[lengthAt];
    const size = Math.max(chunk, Math.ceil(length / CHUNKS_MOST));
    const chunks = Math.ceil(length / size);
    if (chunks < 2 || (this.workers === 0 && !asCut)) return this.#kernels[number](...values);
    if (this.workers === 0) {
      for (let begin = 0; begin < length; begin += size) {
        const piece = values.map((value, i) => value + begin * steps[i]);
        piece[lengthAt] = Math.min(size, length - begin);
        this.#kernels[number](...piece);
      }
      return;
    }
    const { words } = this.#control;
    words[KERNEL] = number;
    words[ARGUMENTS] = values.length;
    words[LENGTH_AT] = lengthAt;
    words[CHUNK] = size;
    words[OWN_AT] = own?.at ?? -1;
    words[OWN_BYTES] = own?.bytes ?? 0;
    this.#control.values.set(values);
    this.#control.steps.set(steps);
    Atomics.store(words, PENDING, chunks);
    Atomics.store(words, TICKET, (++this.#job << CHUNK_BITS) | chunks);
    if (Atomics.load(words, ASLEEP) > 0) Atomics.notify(words, TICKET);
    while (computeChunk(this.#control, this.#kernels, 0));
    this.#await();
  }

  #start(): void {
    this.#started = true;
    Promise.all([import("node:worker_threads"), this.compile()]).then(([{ Worker }, module]) => {
      for (let thread = 1; thread < this.threads; thread++) {
        const worker = new Worker(new URL("./worker.ts", import.meta.url), {
          workerData: { memory: this.memory, module, shared: this.#shared, thread, library: this.library?.file },
        });
        worker.unref();
        // A worker that cannot start, or ends, takes no pieces: the others do them.
        worker.on("error", () => {});
        worker.on("exit", () => this.#alone = true);
        this.#workers.push(worker);
      }
    }, () => this.#alone = true);
  }

  /** Ends the workers; the calling thread goes on alone. */
  async dismiss(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  /** Until the pieces that others have taken are done: they are of like size, so mostly very soon. */
  #await(): void {
    const { words } = this.#control;
    for (let i = 0; i < 20_000; i++) if (Atomics.load(words, PENDING) === 0) break;
    for (let waits = 0; Atomics.load(words, PENDING) > 0; waits++) {
      if (waits > PATIENCE) this.#fail("A thread of the engine did not come back from its work.");
      Atomics.wait(words, PENDING, Atomics.load(words, PENDING), 100);
    }
    if (Atomics.load(words, TRAPPED) > 0) this.#fail("A kernel of the engine trapped in one of its threads.");
  }

  #fail(message: string): never {
    this.#alone = true;
    throw new Error(`${message} What it was to compute is undefined; the engine goes on with one thread.`);
  }
}
