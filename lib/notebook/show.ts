import { picturesOf } from "./display.ts";
import { jupyterChannel, send } from "./kernel.ts";

/**
 * Shows values below the cell, in the order given: figures, tensors, tables, `html`, text, anything. A cell shows its
 * last expression by itself; `show` is for all that comes before. In a terminal it prints the values' text.
 *
 * @example
 * ```ts
 * import { show, table } from "baeum/notebook";
 *
 * show("Two gates:", table([{ x: "0 1", and: 0, or: 1 }]));
 * ```
 */
export function show(...values: unknown[]): void {
  const channel = jupyterChannel();
  for (const value of values) {
    const pictures = picturesOf(value);
    if (channel) send(channel, "display_data", pictures);
    else console.log(pictures["text/plain"] ?? Object.values(pictures)[0]);
  }
}
