import { Adam, type AdamOptions } from "./adam.ts";

/** Adam that also takes away a share of every weight. Keras: `AdamW`. */
export class AdamW extends Adam {
  constructor({ weightDecay = 0.004, ...options }: AdamOptions = {}) {
    super({ weightDecay, ...options });
  }
}

/**
 * Adam with decoupled weight decay (default 0.004): each step first takes `learningRate · weightDecay` of every weight away.
 * Loshchilov & Hutter 2017. Keras' default rate 0.001.
 *
 * @example
 * ```ts
 * import { optimizers } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(optimizers.adamW().getConfig().weight_decay, 0.004);
 * ```
 */
export function adamW(options: AdamOptions = {}): AdamW {
  return new AdamW(options);
}
