import { assign, updateInPlace } from "baeum/engine";
import type { tf } from "baeum/tensors";
import { Optimizer, type OptimizerOptions } from "./optimizer.ts";

/** Arguments of {@linkcode sgd}. */
export interface SGDOptions extends OptimizerOptions {
  /** The share of the last step that goes on, from 0 (default) to 1. */
  momentum?: number;
  /** Whether to look ahead along the momentum (default false). */
  nesterov?: boolean;
}

/** Gradient descent, with momentum if asked for. Keras: `SGD`. */
export class SGD extends Optimizer {
  readonly momentum: number;
  readonly nesterov: boolean;

  constructor({ learningRate = 0.01, momentum = 0, nesterov = false, ...shared }: SGDOptions = {}) {
    super({ learningRate, ...shared });
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new RangeError(`momentum is a share from 0 to 1. Received: ${momentum}`);
    }
    this.momentum = momentum;
    this.nesterov = nesterov;
  }

  get slotNames(): readonly string[] {
    return this.momentum > 0 ? ["momentum"] : [];
  }

  protected update(param: tf.Variable, grad: tf.Tensor, [momentum]: tf.Variable[]): void {
    const { nesterov, scalars } = this;
    const inputs = { param, grad, ...(momentum && { momentum }) };
    updateInPlace("SGDUpdate", inputs, { scalars, momentum: this.momentum, nesterov }, () => {
      const { learningRate } = scalars;
      if (!momentum) return assign(param, param.sub(grad.mul(learningRate)));
      const velocity = momentum.mul(this.momentum).sub(grad.mul(learningRate));
      assign(momentum, velocity);
      assign(param, param.add(nesterov ? velocity.mul(this.momentum).sub(grad.mul(learningRate)) : velocity));
    });
  }

  override getConfig(): Record<string, unknown> {
    return { ...super.getConfig(), momentum: this.momentum, nesterov: this.nesterov };
  }
}

/**
 * Gradient descent: `w ← w − learningRate · gradient`, with momentum if asked for. Keras' default rate 0.01.
 *
 * @example
 * ```ts
 * import { optimizers } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(optimizers.sgd().learningRate, 0.01);
 * ```
 */
export function sgd(options: SGDOptions = {}): SGD {
  return new SGD(options);
}
