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
export const quick: boolean = typeof Deno !== "undefined" && Deno.env.get("BAEUM_QUICK") === "1";
