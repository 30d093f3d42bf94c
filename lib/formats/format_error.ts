/**
 * Bytes that are not what their format says: truncated, altered, or made to do harm.
 *
 * The message names the format, the byte where reading stopped (counted from 0), and what was wrong there.
 */
export class FormatError extends Error {
  override readonly name = "FormatError";

  /**
   * @param format The format's name, as in "IDX".
   * @param offset The byte at which the fault was seen.
   * @param fault What is wrong, and what was received.
   */
  constructor(readonly format: string, readonly offset: number, fault: string) {
    super(`${format}, byte ${offset}: ${fault}`);
  }
}
