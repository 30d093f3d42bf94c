/** `"epoch"`: after each epoch, or after every so many batches. */
export type SaveFrequency = "epoch" | number;

/** @throws {RangeError} for what is no frequency. */
export function checkSaveFrequency(given: SaveFrequency): void {
  if (given === "epoch" || Number.isInteger(given) && given > 0) return;
  throw new RangeError(`saveFreq is "epoch" or a number of batches. Received: ${given}`);
}

/** Counts batches over the epochs and says when so many have passed. */
export class BatchCount {
  readonly #every: number;
  #since = 0;

  constructor(every: SaveFrequency) {
    this.#every = every === "epoch" ? Infinity : every;
  }

  /** A batch is over; whether it is time. */
  isDue(): boolean {
    if (++this.#since < this.#every) return false;
    this.#since = 0;
    return true;
  }
}
