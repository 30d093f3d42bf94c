import { interruptSignal } from "baeum/notebook";

/** Milliseconds of work without a pause. */
const WORK = 50;

/** Deno's event loop looks at its sockets at the latest after 61 rounds when there is always something to do. */
const ROUNDS = 64;

/**
 * Lets everything that waits get its turn. A timer would sleep for two milliseconds even if asked for none, which is much of
 * {@linkcode WORK}; the rounds take less than half of one.
 */
async function letOthers(): Promise<void> {
  if (typeof setImmediate === "function") {
    for (let round = 0; round < ROUNDS; round++) await new Promise<void>((resume) => setImmediate(resume));
    return;
  }
  // In browsers: a message to oneself comes after all that waits already.
  const { port1, port2 } = new MessageChannel();
  await new Promise((resume) => {
    port1.onmessage = resume;
    port2.postMessage(undefined);
  });
  port1.close();
}

/**
 * The pauses of work that takes long: timers, messages and the notebook's Stop button get their turn.
 *
 * One for the whole of it, however many epochs: what is pressed in one is heard in the next.
 */
export class Breath {
  readonly #stop = interruptSignal();
  readonly #interruption: () => DOMException;
  #last = performance.now();

  /** @param interruption What Stop ends the work with. */
  constructor(interruption: () => DOMException) {
    this.#interruption = interruption;
  }

  /** Whether it is time for a pause. */
  isDue(now: number): boolean {
    return now - this.#last > WORK;
  }

  /** @throws {DOMException} the interruption, if Stop was pressed. */
  async take(): Promise<void> {
    await letOthers();
    this.#last = performance.now();
    if (this.#stop?.aborted) throw this.#interruption();
  }
}
