import { assign, updateInPlace } from "baeum/engine";
import type { tf } from "baeum/tensors";
import { checkFractions } from "./fraction.ts";
import { Optimizer, type OptimizerOptions } from "./optimizer.ts";

/** Arguments of {@linkcode nadam}. */
export interface NadamOptions extends OptimizerOptions {
  /** How long the mean of the gradients remembers (default 0.9). */
  beta1?: number;
  /** How long the mean of their squares remembers (default 0.999). */
  beta2?: number;
  /** Keeps the division finite (default 1e-7). */
  epsilon?: number;
}

/** Adam with Nesterov's look ahead. Keras: `Nadam`. */
export class Nadam extends Optimizer {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** The product as far as it has been asked for, so that each step multiplies once. */
  #known = { step: 0, product: 1 };

  constructor({ learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, ...shared }: NadamOptions = {}) {
    super({ learningRate, ...shared });
    checkFractions({ beta1, beta2 });
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
  }

  get slotNames(): readonly string[] {
    return ["momentum", "velocity"];
  }

  /** The product of all steps' momentum weights so far: Keras' `u_product`, which its files keep. */
  get momentumProduct(): number {
    if (this.#known.step > this.iterations) this.#known = { step: 0, product: 1 };
    let { step, product } = this.#known;
    while (step < this.iterations) product *= this.#weight(++step);
    this.#known = { step, product };
    return product;
  }

  #weight(step: number): number {
    return this.beta1 * (1 - 0.5 * 0.96 ** step);
  }

  protected override get squares(): { slot: string; share: number } {
    return { slot: "velocity", share: this.beta2 };
  }

  protected update(param: tf.Variable, grad: tf.Tensor, [m, v]: tf.Variable[]): void {
    const { beta1, beta2, epsilon, scalars } = this;
    updateInPlace("NadamUpdate", { param, grad, m, v }, { scalars, beta1, beta2, epsilon }, () => {
      const { learningRate, step } = scalars;
      const product = this.momentumProduct, next = this.#weight(step + 1);
      assign(m, m.add(grad.sub(m).mul(1 - beta1)));
      assign(v, v.add(grad.square().sub(v).mul(1 - beta2)));
      const ahead = m.mul(next / (1 - product * next)).add(grad.mul((1 - this.#weight(step)) / (1 - product)));
      assign(param, param.sub(ahead.mul(learningRate).div(v.div(1 - beta2 ** step).sqrt().add(epsilon))));
    });
  }

  override getConfig(): Record<string, unknown> {
    const { beta1, beta2, epsilon } = this;
    return { ...super.getConfig(), beta_1: beta1, beta_2: beta2, epsilon };
  }
}

/**
 * Adam with Nesterov's look ahead. Dozat 2016. Keras' default rate 0.001.
 */
export function nadam(options: NadamOptions = {}): Nadam {
  return new Nadam(options);
}
