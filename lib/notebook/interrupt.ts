/**
 * The signal that the notebook's Stop button gives; undefined outside of Baeum's kernel.
 *
 * The kernel replaces it after each Stop, so read it anew at the start of whatever takes long.
 *
 * @example
 * ```ts
 * import { interruptSignal } from "baeum/notebook";
 *
 * const signal = interruptSignal();
 * for (let i = 0; i < 1000 && !signal?.aborted; i++) {
 *   // a piece of the work
 * }
 * ```
 */
export function interruptSignal(): AbortSignal | undefined {
  return (globalThis as { [key: symbol]: AbortSignal | undefined })[Symbol.for("baeum.interrupt")];
}
