import type { Model } from "../model.ts";
import { Callback, type CallbackParams } from "./callback.ts";

/** The hooks of a {@linkcode Callback}. */
export type Hook = Extract<keyof Callback, `on${string}`>;

/** A training's callbacks, called one after the other. */
export class CallbackList {
  readonly #callbacks: readonly Callback[];
  readonly #listeners = new Map<Hook, Callback[]>();

  /** @throws {TypeError} for what is no callback. */
  constructor(callbacks: Callback | readonly Callback[] = []) {
    this.#callbacks = [callbacks].flat();
    for (const callback of this.#callbacks) {
      if (!(callback instanceof Callback)) {
        throw new TypeError(
          "callbacks are made by callbacks.earlyStopping({ … }) and its like, or are of a class that extends Callback. " +
            `Received: ${typeof callback}`,
        );
      }
    }
  }

  /** Tells every callback whose training this is. */
  set(model: Model, params: CallbackParams): void {
    for (const callback of this.#callbacks) {
      callback.setModel(model);
      callback.setParams(params);
    }
  }

  /** Whether there is none. */
  get isEmpty(): boolean {
    return this.#callbacks.length === 0;
  }

  /** Whether anybody wants to be called there. */
  listensTo(hook: Hook): boolean {
    return this.#listenersOf(hook).length > 0;
  }

  /** Calls a hook of every callback that has one of its own. */
  async call<H extends Hook>(hook: H, ...args: Parameters<Callback[H]>): Promise<void> {
    for (const callback of this.#listenersOf(hook)) {
      await (callback[hook] as (...args: Parameters<Callback[H]>) => void | Promise<void>).apply(callback, args);
    }
  }

  #listenersOf(hook: Hook): Callback[] {
    let listeners = this.#listeners.get(hook);
    if (!listeners) {
      listeners = this.#callbacks.filter((callback) => callback[hook] !== Callback.prototype[hook]);
      this.#listeners.set(hook, listeners);
    }
    return listeners;
  }
}
