/**
 * Whether the lesson is only tried out (`./baeum run --quick`, which sets `BAEUM_QUICK=1`): less data, fewer epochs,
 * the same cells.
 *
 * @example
 * ```ts
 * import { quick } from "baeum/notebook";
 *
 * const epochs = quick ? 2 : 30;
 * ```
 */
export const quick: boolean = mayReadEnvironment() && Deno.env.get("BAEUM_QUICK") === "1";

/** Asks nobody: a script without the permission is not interrupted by a question, and is no trial. */
function mayReadEnvironment(): boolean {
  if (typeof Deno === "undefined") return false;
  return Deno.permissions.querySync({ name: "env", variable: "BAEUM_QUICK" }).state === "granted";
}
