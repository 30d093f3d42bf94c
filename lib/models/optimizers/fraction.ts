/**
 * Checks that each of these arguments is at least 0 and less than 1.
 *
 * @throws {RangeError} naming the one that is not.
 */
export function checkFractions(fractions: Record<string, number>): void {
  for (const [name, value] of Object.entries(fractions)) {
    if (!(value >= 0 && value < 1)) throw new RangeError(`${name} is at least 0 and less than 1. Received: ${value}`);
  }
}
