import { picturesOf } from "./display.ts";
import { Place } from "./place.ts";

/** A figure that can be drawn anew in the same spot. */
export interface LiveFigure {
  /** Draws again, at most ten times a second. */
  update(): void;
  /** Draws the last state, whatever the clock says. */
  close(): void;
}

/**
 * Shows a figure that follows what is going on: `draw` is called for the first picture and again after each `update`,
 * when a tenth of a second has passed. The notebook keeps the last picture. In a terminal nothing is shown.
 *
 * @param draw Makes the figure from the present state of the data.
 *
 * @example
 * ```ts
 * import { live, table } from "baeum/notebook";
 *
 * const rows: { round: number; accuracy: number }[] = [];
 * const view = live(() => table(rows));
 * for (let round = 1; round <= 3; round++) {
 *   rows.push({ round, accuracy: round / 4 });
 *   view.update();
 * }
 * view.close();
 * ```
 */
export function live(draw: () => unknown): LiveFigure {
  const place = new Place();
  const update = () => place.set(() => picturesOf(draw()));
  update();
  return {
    update,
    close: () => {
      update();
      place.flush();
    },
  };
}
