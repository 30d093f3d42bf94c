import { Callback, type Logs } from "./callback.ts";

/** Ends a training whose loss is no number any more. Keras: `TerminateOnNaN`. */
export class TerminateOnNaN extends Callback {
  readonly raiseError: boolean;

  constructor({ raiseError = false }: { raiseError?: boolean } = {}) {
    super();
    this.raiseError = raiseError;
  }

  override onTrainBatchEnd(batch: number, { loss }: Logs): void {
    if (Number.isFinite(loss)) return;
    if (this.raiseError) {
      throw new Error(`The loss of batch ${batch} is ${loss}; the training ends`);
    }
    console.log(`Batch ${batch}: Invalid loss, terminating training`);
    this.model.stopTraining = true;
  }
}

/**
 * Ends the training after the first batch whose loss is NaN or infinite; with `raiseError` by an error, so that no other
 * callback takes it for a regular end.
 *
 * @example
 * ```ts
 * import { callbacks } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(callbacks.terminateOnNaN().raiseError, false);
 * ```
 */
export function terminateOnNaN(options: { raiseError?: boolean } = {}): TerminateOnNaN {
  return new TerminateOnNaN(options);
}
