import { assign, updateInPlace } from "baeum/engine";
import type { tf } from "baeum/tensors";
import { checkFractions } from "./fraction.ts";
import { Optimizer, type OptimizerOptions } from "./optimizer.ts";

/** Arguments of {@linkcode lion}. */
export interface LionOptions extends OptimizerOptions {
  /** The share of the mean in the direction (default 0.9). */
  beta1?: number;
  /** How long the mean of the gradients remembers (default 0.99). */
  beta2?: number;
}

/** Steps of one length, by the sign of the mean gradient. Keras: `Lion`. */
export class Lion extends Optimizer {
  readonly beta1: number;
  readonly beta2: number;

  constructor({ learningRate = 0.001, beta1 = 0.9, beta2 = 0.99, ...shared }: LionOptions = {}) {
    super({ learningRate, ...shared });
    checkFractions({ beta1, beta2 });
    this.beta1 = beta1;
    this.beta2 = beta2;
  }

  get slotNames(): readonly string[] {
    return ["momentum"];
  }

  protected update(param: tf.Variable, grad: tf.Tensor, [m]: tf.Variable[]): void {
    const { beta1, beta2, scalars } = this;
    updateInPlace("LionUpdate", { param, grad, m }, { scalars, beta1, beta2 }, () => {
      const direction = m.mul(beta1).add(grad.mul(1 - beta1)).sign();
      assign(param, param.sub(direction.mul(scalars.learningRate)));
      assign(m, m.mul(beta2).add(grad.mul(1 - beta2)));
    });
  }

  override getConfig(): Record<string, unknown> {
    const { beta1, beta2 } = this;
    return { ...super.getConfig(), beta_1: beta1, beta_2: beta2 };
  }
}

/**
 * Every weight moves by the learning rate, in the direction of the sign of its mean gradient. Chen et al. 2023. Keras' default rate 0.001.
 */
export function lion(options: LionOptions = {}): Lion {
  return new Lion(options);
}
