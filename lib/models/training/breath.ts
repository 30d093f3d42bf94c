import { interruptSignal } from "baeum/notebook";

/** Milliseconds of work without a pause. */
const WORK = 50;

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
    await new Promise((resume) => setTimeout(resume, 0));
    this.#last = performance.now();
    if (this.#stop?.aborted) throw this.#interruption();
  }
}
