import { Callback } from "./callback.ts";
import type { Hook } from "./callback_list.ts";

/** Functions for the moments of a training, by the names of {@linkcode Callback}'s hooks. */
export type LambdaCallbackOptions = Partial<Pick<Callback, Hook>>;

/**
 * A callback made of functions. Keras: `LambdaCallback`.
 *
 * @example
 * ```ts
 * import { callbacks, layers, sequential } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * const losses: number[] = [];
 * const note = callbacks.lambdaCallback({ onEpochEnd: (_epoch, logs) => void losses.push(logs.loss) });
 * const model = sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] });
 * model.compile({ loss: "mse", optimizer: "sgd" });
 * await model.fit([[1], [2]], [[2], [4]], { epochs: 2, callbacks: [note], verbose: 0 });
 * assertEquals(losses.length, 2);
 * ```
 */
export function lambdaCallback(functions: LambdaCallbackOptions): Callback {
  return Object.assign(new Callback(), functions);
}
