import { assign, updateInPlace } from "baeum/engine";
import { tf } from "baeum/tensors";
import type { Weight } from "../weight.ts";
import { Optimizer, type OptimizerOptions } from "./optimizer.ts";

/** Arguments of {@linkcode adagrad}. */
export interface AdagradOptions extends OptimizerOptions {
  /** What the sum of squares starts with (default 0.1). */
  initialAccumulatorValue?: number;
  /** Keeps the division finite (default 1e-7). */
  epsilon?: number;
}

/** Steps that shrink with the sum of squared gradients. Keras: `Adagrad`. */
export class Adagrad extends Optimizer {
  readonly initialAccumulatorValue: number;
  readonly epsilon: number;

  constructor({ learningRate = 0.001, initialAccumulatorValue = 0.1, epsilon = 1e-7, ...shared }: AdagradOptions = {}) {
    super({ learningRate, ...shared });
    this.initialAccumulatorValue = initialAccumulatorValue;
    this.epsilon = epsilon;
  }

  get slotNames(): readonly string[] {
    return ["accumulator"];
  }

  protected override initialSlot(_name: string, weight: Weight): tf.Tensor {
    return tf.fill(weight.shape, this.initialAccumulatorValue);
  }

  protected override get squares(): { slot: string; share: number } {
    return { slot: "accumulator", share: 1 };
  }

  protected update(param: tf.Variable, grad: tf.Tensor, [accumulator]: tf.Variable[]): void {
    const { epsilon, scalars } = this;
    updateInPlace("AdagradUpdate", { param, grad, accumulator }, { scalars, epsilon }, () => {
      assign(accumulator, accumulator.add(grad.square()));
      assign(param, param.sub(grad.mul(scalars.learningRate).div(accumulator.add(epsilon).sqrt())));
    });
  }

  override getConfig(): Record<string, unknown> {
    const { initialAccumulatorValue, epsilon } = this;
    return { ...super.getConfig(), initial_accumulator_value: initialAccumulatorValue, epsilon };
  }
}

/**
 * Each weight's step is divided by the root of the sum of its squared gradients so far. Duchi et al. 2011. Keras' default rate 0.001.
 */
export function adagrad(options: AdagradOptions = {}): Adagrad {
  return new Adagrad(options);
}
