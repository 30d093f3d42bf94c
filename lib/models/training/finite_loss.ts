import type { Logs } from "../callbacks/mod.ts";

/** Says it, once in a training, when the loss has become no number. */
export class FiniteLoss {
  #warned = false;

  /** Looks at an epoch's logs. */
  check(epoch: number, { loss }: Logs): void {
    if (Number.isFinite(loss) || this.#warned) return;
    this.#warned = true;
    console.warn(
      `The loss of epoch ${
        epoch + 1
      } is ${loss}: the training has diverged, and the weights may be of no use any more. ` +
        "What to try: a smaller learningRate; clipnorm: 1 in the optimizer; data without NaN and scaled to about -1 to 1; " +
        "an output activation that fits the loss. callbacks.terminateOnNaN() ends such a training at once.",
    );
  }
}
