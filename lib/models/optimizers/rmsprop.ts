import { assign, updateInPlace } from "baeum/engine";
import type { tf } from "baeum/tensors";
import { checkFractions } from "./fraction.ts";
import { Optimizer, type OptimizerOptions } from "./optimizer.ts";

/** Arguments of {@linkcode rmsprop}. */
export interface RMSpropOptions extends OptimizerOptions {
  /** How long the mean of the squares remembers (default 0.9). */
  rho?: number;
  /** The share of the last step that goes on (default 0). */
  momentum?: number;
  /** Keeps the division finite (default 1e-7). */
  epsilon?: number;
  /** Whether to divide by the variance instead of the mean square (default false). */
  centered?: boolean;
}

/** Steps divided by the root mean square of the last gradients. Keras: `RMSprop`. */
export class RMSprop extends Optimizer {
  readonly rho: number;
  readonly momentum: number;
  readonly epsilon: number;
  readonly centered: boolean;

  constructor(
    { learningRate = 0.001, rho = 0.9, momentum = 0, epsilon = 1e-7, centered = false, ...shared }: RMSpropOptions = {},
  ) {
    super({ learningRate, ...shared });
    checkFractions({ rho });
    this.rho = rho;
    this.momentum = momentum;
    this.epsilon = epsilon;
    this.centered = centered;
  }

  get slotNames(): readonly string[] {
    return ["velocity", ...(this.momentum > 0 ? ["momentum"] : []), ...(this.centered ? ["average_gradient"] : [])];
  }

  override get slotBlocks(): readonly (readonly string[])[] {
    return this.slotNames.map((name) => [name]);
  }

  protected override get squares(): { slot: string; share: number } {
    return { slot: "velocity", share: this.rho };
  }

  protected update(param: tf.Variable, grad: tf.Tensor, [velocity, ...others]: tf.Variable[]): void {
    const { rho, momentum: keep, epsilon, centered, scalars } = this;
    const momentum = keep > 0 ? others[0] : undefined;
    const averageGrad = centered ? others.at(-1) : undefined;
    const inputs = { param, grad, velocity, ...(momentum && { momentum }), ...(averageGrad && { averageGrad }) };
    updateInPlace("RMSpropUpdate", inputs, { scalars, rho, momentum: keep, epsilon }, () => {
      assign(velocity, velocity.mul(rho).add(grad.square().mul(1 - rho)));
      if (averageGrad) assign(averageGrad, averageGrad.mul(rho).add(grad.mul(1 - rho)));
      const square = averageGrad ? velocity.sub(averageGrad.square()) : velocity;
      const step = grad.mul(scalars.learningRate).div(square.add(epsilon).sqrt());
      if (momentum) assign(momentum, momentum.mul(keep).add(step));
      assign(param, param.sub(momentum ?? step));
    });
  }

  override getConfig(): Record<string, unknown> {
    const { rho, momentum, epsilon, centered } = this;
    return { ...super.getConfig(), rho, momentum, epsilon, centered };
  }
}

/**
 * Each weight's step is divided by the root mean square of its last gradients. Hinton 2012. Keras' default rate 0.001.
 */
export function rmsprop(options: RMSpropOptions = {}): RMSprop {
  return new RMSprop(options);
}
