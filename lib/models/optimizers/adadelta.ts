import { assign, updateInPlace } from "baeum/engine";
import { tf } from "baeum/tensors";
import { checkFractions } from "./fraction.ts";
import { Optimizer, type OptimizerOptions } from "./optimizer.ts";
import type { RowGradient } from "./repeated_rows.ts";

/** Arguments of {@linkcode adadelta}. */
export interface AdadeltaOptions extends OptimizerOptions {
  /** How long the means remember (default 0.95). */
  rho?: number;
  /** Keeps the division finite (default 1e-7). */
  epsilon?: number;
}

/** Steps in the proportion of the last steps to the last gradients. Keras: `Adadelta`. */
export class Adadelta extends Optimizer {
  readonly rho: number;
  readonly epsilon: number;

  constructor({ learningRate = 0.001, rho = 0.95, epsilon = 1e-7, ...shared }: AdadeltaOptions = {}) {
    super({ learningRate, ...shared });
    checkFractions({ rho });
    this.rho = rho;
    this.epsilon = epsilon;
  }

  get slotNames(): readonly string[] {
    return ["accumulated_grad", "accumulated_delta_var"];
  }

  protected update(param: tf.Variable, grad: tf.Tensor, [accumulatedGrad, accumulatedDelta]: tf.Variable[]): void {
    const { rho, epsilon, scalars } = this;
    const inputs = { param, grad, accumulatedGrad, accumulatedDelta };
    updateInPlace("AdadeltaUpdate", inputs, { scalars, rho, epsilon }, () => {
      assign(accumulatedGrad, accumulatedGrad.mul(rho).add(grad.square().mul(1 - rho)));
      const delta = accumulatedDelta.add(epsilon).sqrt().mul(grad).div(accumulatedGrad.add(epsilon).sqrt());
      assign(accumulatedDelta, accumulatedDelta.mul(rho).add(delta.square().mul(1 - rho)));
      assign(param, param.sub(delta.mul(scalars.learningRate)));
    });
  }

  protected override get squares(): { slot: string; share: number } {
    return { slot: "accumulated_grad", share: this.rho };
  }

  protected override expectRows(rows: RowGradient, gradient: tf.Tensor, slots: tf.Variable[]): () => void {
    super.expectRows(rows, gradient, slots);
    const { rho, epsilon } = this;
    const [accumulatedGrad, accumulatedDelta] = slots;
    const more = rows.sum(tf.square).sub(gradient.square());
    const before = accumulatedDelta.add(epsilon);
    // The steps' squares are added up for each reading, too.
    return () => {
      const missing = before.mul(more).div(accumulatedGrad.add(epsilon)).mul(1 - rho);
      assign(accumulatedDelta, accumulatedDelta.add(missing));
    };
  }

  override getConfig(): Record<string, unknown> {
    const { rho, epsilon } = this;
    return { ...super.getConfig(), rho, epsilon };
  }
}

/**
 * Each weight's step is scaled by the root mean square of its last steps over that of its gradients. Zeiler 2012. Keras' default rate 0.001.
 */
export function adadelta(options: AdadeltaOptions = {}): Adadelta {
  return new Adadelta(options);
}
