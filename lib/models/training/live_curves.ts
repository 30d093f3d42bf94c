import { live, type LiveFigure } from "baeum/notebook";
import type { History } from "./history.ts";

/** At most this share of the time goes into drawing. */
const SHARE = 0.1;
const REFRESH = 100;

type Plots = typeof import("baeum/plots");

/** The curves of a training below the cell while it goes on: `fit` with `live: true`. */
export class LiveCurves {
  readonly #plots: Plots;
  readonly #history: History;
  readonly #epochs: number;
  #view: LiveFigure | undefined;
  #unfinished: Record<string, number> = {};
  #next = 0;
  #over = false;

  /** Loads the plots, which a training without curves does not wait for. */
  static async of(history: History, epochs: number): Promise<LiveCurves> {
    return new LiveCurves(await import("baeum/plots"), history, epochs);
  }

  private constructor(plots: Plots, history: History, epochs: number) {
    this.#plots = plots;
    this.#history = history;
    this.#epochs = epochs;
  }

  /** Whether it is time for another picture. */
  wantsUpdate(now: number): boolean {
    return now >= this.#next;
  }

  /** Shows the means over an epoch's batches so far as the epoch's point; it moves until the epoch is over. */
  update(logs: Record<string, number>): void {
    this.#unfinished = logs;
    this.#draw();
  }

  /** The epoch is in the history. */
  endEpoch(): void {
    this.#unfinished = {};
    if (this.wantsUpdate(performance.now())) this.#draw();
  }

  /** The training is over: the picture that stays has the complete epochs, as `plotHistory` shows them. */
  end(): void {
    if (this.#history.epoch.length > 0) {
      this.#unfinished = {};
      this.#over = true;
      this.#draw();
    }
    this.#view?.close();
  }

  #draw(): void {
    if (this.#view) this.#view.update();
    else this.#view = live(() => this.#figure());
  }

  #figure(): unknown {
    const begin = performance.now();
    const history = { ...this.#history.history };
    for (const name in this.#unfinished) history[name] = [...history[name] ?? [], this.#unfinished[name]];
    const figure = this.#plots.plotHistory({ history }, this.#over ? {} : { epochs: this.#room() });
    const end = performance.now();
    this.#next = end + Math.max(REFRESH, (end - begin) / SHARE);
    return figure;
  }

  /** Epochs on the axis: all of a short training; of a long one ten, twenty, forty …, so that the curves fill it. */
  #room(): number {
    let room = 10;
    while (room <= this.#history.epoch.length) room *= 2;
    return Math.min(room, this.#epochs);
  }
}
