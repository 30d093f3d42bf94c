import { assign, updateInPlace } from "baeum/engine";
import { tf } from "baeum/tensors";
import { checkFractions } from "./fraction.ts";
import { Optimizer, type OptimizerOptions } from "./optimizer.ts";
import type { RowGradient } from "./repeated_rows.ts";

/** Arguments of {@linkcode adamax}. */
export interface AdamaxOptions extends OptimizerOptions {
  /** How long the mean of the gradients remembers (default 0.9). */
  beta1?: number;
  /** How slowly the largest gradient is forgotten (default 0.999). */
  beta2?: number;
  /** Keeps the division finite (default 1e-7). */
  epsilon?: number;
}

/** Adam with the largest of the last gradients in place of their mean square. Keras: `Adamax`. */
export class Adamax extends Optimizer {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;

  constructor({ learningRate = 0.001, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-7, ...shared }: AdamaxOptions = {}) {
    super({ learningRate, ...shared });
    checkFractions({ beta1, beta2 });
    this.beta1 = beta1;
    this.beta2 = beta2;
    this.epsilon = epsilon;
  }

  get slotNames(): readonly string[] {
    return ["momentum", "norm"];
  }

  protected update(param: tf.Variable, grad: tf.Tensor, [m, u]: tf.Variable[]): void {
    const { beta1, beta2, epsilon, scalars } = this;
    updateInPlace("AdamaxUpdate", { param, grad, m, u }, { scalars, beta1, beta2, epsilon }, () => {
      const { learningRate, step } = scalars;
      assign(m, m.add(grad.sub(m).mul(1 - beta1)));
      assign(u, tf.maximum(u.mul(beta2), grad.abs()));
      assign(param, param.sub(m.mul(learningRate).div(u.add(epsilon).mul(1 - beta1 ** step))));
    });
  }

  protected override expectRows(rows: RowGradient, _gradient: tf.Tensor, slots: tf.Variable[]): undefined {
    const norm = slots[this.slotNames.indexOf("norm")];
    if (this.beta2 > 0) assign(norm, tf.maximum(norm, rows.sum(tf.abs).div(this.beta2)));
  }

  override getConfig(): Record<string, unknown> {
    const { beta1, beta2, epsilon } = this;
    return { ...super.getConfig(), beta_1: beta1, beta_2: beta2, epsilon };
  }
}

/**
 * Adam with the largest of the last gradients in place of their mean square. Kingma & Ba 2014, section 7. Keras' default rate 0.001.
 */
export function adamax(options: AdamaxOptions = {}): Adamax {
  return new Adamax(options);
}
