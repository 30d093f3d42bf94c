/** @throws {RangeError} for a batch size that is no whole number of at least 1. */
export function checkBatchSize(batchSize: number): void {
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new RangeError(`batchSize is a whole number of at least 1. Received: ${batchSize}`);
  }
}

/** @throws {RangeError} for a number of steps that is given and no whole number of at least 1. */
export function checkSteps(name: string, steps: number | undefined): void {
  if (steps !== undefined && (!Number.isInteger(steps) || steps < 1)) {
    throw new RangeError(`${name} is a whole number of at least 1. Received: ${steps}`);
  }
}
