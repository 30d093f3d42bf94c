import { assign, updateInPlace } from "baeum/engine";
import { tf } from "baeum/tensors";
import { checkFractions } from "./fraction.ts";
import { Optimizer, type OptimizerOptions } from "./optimizer.ts";

/** Arguments of {@linkcode adam}. */
export interface AdamOptions extends OptimizerOptions {
  /** How long the mean of the gradients remembers (default 0.9). */
  beta1?: number;
  /** How long the mean of their squares remembers (default 0.999). */
  beta2?: number;
  /** Keeps the division finite (default 1e-7). */
  epsilon?: number;
  /** Whether to keep the largest mean of squares (default false). */
  amsgrad?: boolean;
}

/** Adaptive moments. Keras: `Adam`. */
export class Adam extends Optimizer {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly amsgrad: boolean;

  constructor(
    { learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, amsgrad = false, ...shared }: AdamOptions = {},
  ) {
    super({ learningRate, ...shared });
    checkFractions({ beta1, beta2 });
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
    this.amsgrad = amsgrad;
  }

  get slotNames(): readonly string[] {
    return this.amsgrad ? ["momentum", "velocity", "velocity_hat"] : ["momentum", "velocity"];
  }

  override get slotBlocks(): readonly (readonly string[])[] {
    return this.amsgrad ? [["momentum", "velocity"], ["velocity_hat"]] : [this.slotNames];
  }

  protected override get squares(): { slot: string; share: number } {
    return { slot: "velocity", share: this.beta2 };
  }

  protected update(param: tf.Variable, grad: tf.Tensor, [m, v, vHat]: tf.Variable[]): void {
    const { beta1, beta2, epsilon, amsgrad, scalars } = this;
    const inputs = { param, grad, m, v, ...(amsgrad && { vHat }) };
    updateInPlace("AdamUpdate", inputs, { scalars, beta1, beta2, epsilon, amsgrad }, () => {
      const { learningRate, step } = scalars;
      const alpha = learningRate * Math.sqrt(1 - beta2 ** step) / (1 - beta1 ** step);
      assign(m, m.add(grad.sub(m).mul(1 - beta1)));
      assign(v, v.add(grad.square().sub(v).mul(1 - beta2)));
      if (amsgrad) assign(vHat, tf.maximum(vHat, v));
      assign(param, param.sub(m.mul(alpha).div((amsgrad ? vHat : v).sqrt().add(epsilon))));
    });
  }

  override getConfig(): Record<string, unknown> {
    const { beta1, beta2, epsilon, amsgrad } = this;
    return { ...super.getConfig(), beta_1: beta1, beta_2: beta2, epsilon, amsgrad };
  }
}

/**
 * Adaptive moments: each weight's step is scaled by the mean and the mean square of its gradients. Kingma & Ba 2014.
 * Keras' default rate 0.001.
 *
 * @example
 * ```ts
 * import { optimizers } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(optimizers.adam().getConfig().beta_2, 0.999);
 * ```
 */
export function adam(options: AdamOptions = {}): Adam {
  return new Adam(options);
}
