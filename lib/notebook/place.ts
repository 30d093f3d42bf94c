import { jupyterChannel, type MimeBundle, send } from "./kernel.ts";

/** Milliseconds between two pictures: fast enough for the eye, slow enough for the browser. */
const REFRESH = 100;

/**
 * A spot below a cell whose picture is replaced again and again; the notebook keeps the last one.
 *
 * However often `set` is called, at most ten pictures a second are made and sent; outside of a notebook none.
 */
export class Place {
  readonly #channel = jupyterChannel();
  #id: string | undefined;
  #pending: (() => MimeBundle) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last = -Infinity;

  /** Replaces the picture, now or as soon as the last one is a tenth of a second old. */
  set(draw: () => MimeBundle): void {
    if (!this.#channel) return;
    this.#pending = draw;
    const wait = this.#last + REFRESH - performance.now();
    if (wait <= 0) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), wait);
  }

  /** Sends what `set` still holds back. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#channel || !this.#pending) return;
    const picture = this.#pending();
    this.#pending = undefined;
    this.#last = performance.now();
    send(this.#channel, this.#id ? "update_display_data" : "display_data", picture, this.#id ??= crypto.randomUUID());
  }
}
