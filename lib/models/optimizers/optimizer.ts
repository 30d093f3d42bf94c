import { assign } from "baeum/engine";
import { tf } from "baeum/tensors";
import type { Weight } from "../weight.ts";

/** Arguments of every optimizer. */
export interface OptimizerOptions {
  /** How far a step goes. */
  learningRate?: number;
}

/** What changes from step to step: read anew at each, also when a recorded step is replayed. */
export interface StepScalars {
  learningRate: number;
  /** The number of this step, from 1. */
  step: number;
}

/**
 * Moves weights against their gradients.
 *
 * A subclass names its slots (arrays of a weight's shape that it remembers, zero at first) and says in {@linkcode update}
 * what one step does to a weight and its slots.
 */
export abstract class Optimizer {
  /** Keras' class name. */
  get className(): string {
    return this.constructor.name;
  }

  /** How far a step goes; may be changed between epochs. */
  learningRate: number;
  /** The number of steps taken. */
  iterations = 0;
  /** The step's numbers, the same object for the life of the optimizer, so that a recorded step sees them change. */
  readonly scalars: StepScalars;
  readonly #slots = new Map<Weight, tf.Variable[]>();

  constructor({ learningRate }: Required<OptimizerOptions>) {
    if (!(learningRate >= 0)) throw new RangeError(`learningRate must not be negative. Received: ${learningRate}`);
    this.learningRate = learningRate;
    this.scalars = { learningRate, step: 0 };
  }

  /** The names of the arrays that are kept for each weight, in the order of Keras' files. */
  abstract get slotNames(): readonly string[];

  /** One step for one weight: changes `weight` and `slots` in place. */
  protected abstract update(weight: tf.Variable, gradient: tf.Tensor, slots: tf.Variable[]): void;

  /** The arguments, as in Keras' config. */
  getConfig(): Record<string, unknown> {
    return { name: this.className.toLowerCase(), learning_rate: this.learningRate };
  }

  /** Counts the step and fixes its learning rate; called once before each step, recorded or not. */
  beginStep(): void {
    this.iterations++;
    this.scalars.step = this.iterations;
    this.scalars.learningRate = this.learningRate;
  }

  /** Makes the slots of weights that have none yet; outside of any tidy. */
  prepare(weights: Weight[]): void {
    for (const weight of weights) {
      if (this.#slots.has(weight)) continue;
      this.#slots.set(weight, this.slotNames.map((name) => tf.variable(this.initialSlot(name, weight), false)));
    }
  }

  /** The slots of a weight, in the order of {@linkcode slotNames}. */
  slotsOf(weight: Weight): tf.Variable[] {
    return this.#slots.get(weight) ?? [];
  }

  /** All that training changes besides the weights. */
  get state(): tf.Variable[] {
    return [...this.#slots.values()].flat();
  }

  /** Moves every weight one step. */
  apply(weights: Weight[], gradients: tf.Tensor[]): void {
    weights.forEach((weight, i) => {
      this.update(weight.variable, gradients[i], this.#slots.get(weight)!);
      if (weight.constraint) assign(weight.variable, weight.constraint.call(weight.variable));
    });
  }

  /** A slot's first values: zeros, unless a subclass says otherwise. */
  protected initialSlot(_name: string, weight: Weight): tf.Tensor {
    return tf.zeros(weight.shape);
  }
}
