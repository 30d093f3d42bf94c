import { assign, updateInPlace } from "baeum/engine";
import { tf } from "baeum/tensors";
import { checkOptionNames } from "../registry.ts";
import type { Weight } from "../weight.ts";
import { type Clipping, GradientClip } from "./gradient_clip.ts";
import type { RowGradient, RowGradients } from "./repeated_rows.ts";
import type { Schedule } from "./schedules.ts";

/** Arguments of every optimizer. */
export interface OptimizerOptions extends Clipping {
  /** How far a step goes: a number, or a schedule that tells it for each step. */
  learningRate?: number | Schedule;
  /** The share of every weight that is taken away before each step, times the learning rate (default: none). */
  weightDecay?: number;
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

  /** The number of steps taken. */
  iterations = 0;
  /** The share of a weight that a step takes away, times the learning rate. */
  readonly weightDecay?: number;
  /** The step's numbers, the same object for the life of the optimizer, so that a recorded step sees them change. */
  readonly scalars: StepScalars;
  readonly #clip: GradientClip;
  readonly #slots = new Map<Weight, tf.Variable[]>();
  #learningRate: number | Schedule;

  constructor({ learningRate, weightDecay, ...clipping }: OptimizerOptions & { learningRate: number | Schedule }) {
    if (typeof learningRate === "number" && !(learningRate >= 0)) {
      throw new RangeError(`learningRate must not be negative. Received: ${learningRate}`);
    }
    if (weightDecay !== undefined && !(weightDecay >= 0)) {
      throw new RangeError(`weightDecay must not be negative. Received: ${weightDecay}`);
    }
    checkOptionNames(new.target.name, clipping, ["clipnorm", "clipvalue", "globalClipnorm"]);
    this.#clip = new GradientClip(clipping);
    this.#learningRate = learningRate;
    this.weightDecay = weightDecay;
    this.scalars = { learningRate: this.learningRate, step: 0 };
  }

  /** How far the next step goes. */
  get learningRate(): number {
    const rate = this.#learningRate;
    return typeof rate === "number" ? rate : rate.at(this.iterations);
  }

  /**
   * May be changed between steps.
   *
   * @throws {TypeError} when the rate comes from a schedule.
   */
  set learningRate(value: number) {
    if (typeof this.#learningRate !== "number") {
      throw new TypeError(
        `The learning rate comes from the schedule ${this.#learningRate.className}, so it cannot be set. ` +
          "Make the optimizer with a number to set it",
      );
    }
    if (!(value >= 0)) throw new RangeError(`learningRate must not be negative. Received: ${value}`);
    this.#learningRate = value;
  }

  /** The names of the arrays that are kept for each weight. */
  abstract get slotNames(): readonly string[];

  /** The slots' names as Keras' files have them: block after block, in each weight after weight. */
  get slotBlocks(): readonly (readonly string[])[] {
    return [this.slotNames];
  }

  /** One step for one weight: changes `weight` and `slots` in place. */
  protected abstract update(weight: tf.Variable, gradient: tf.Tensor, slots: tf.Variable[]): void;

  /** The arguments, as in Keras' config. */
  getConfig(): Record<string, unknown> {
    const rate = this.#learningRate;
    return {
      name: this.className.toLowerCase(),
      learning_rate: typeof rate === "number"
        ? rate
        : { module: "keras.optimizers.schedules", class_name: rate.className, config: rate.getConfig() },
      weight_decay: this.weightDecay ?? null,
      ...this.#clip.getConfig(),
    };
  }

  /** Counts the step and fixes its learning rate; called once before each step, recorded or not. */
  beginStep(): void {
    this.scalars.learningRate = this.learningRate;
    this.iterations++;
    this.scalars.step = this.iterations;
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

  /** All that training changes besides the weights, in the order of {@linkcode slotBlocks}. */
  get state(): tf.Variable[] {
    const { slotNames } = this;
    return this.slotBlocks.flatMap((block) =>
      [...this.#slots.values()].flatMap((slots) => block.map((name) => slots[slotNames.indexOf(name)]))
    );
  }

  /** The slot that gathers squares of gradients, and the share of it that a step leaves; 1 where it is a sum. */
  protected get squares(): { slot: string; share: number } | undefined {
    return undefined;
  }

  /** Moves every weight one step; `rows` are the readings of gradients of tables. */
  apply(weights: Weight[], gradients: tf.Tensor[], rows?: RowGradients): void {
    const clipped = this.#clip.call(gradients, rows);
    weights.forEach((weight, i) => {
      const { variable, constraint } = weight;
      const { gradient, rows } = clipped[i];
      if (this.weightDecay !== undefined) this.#decay(variable, this.weightDecay);
      const slots = this.#slots.get(weight)!;
      const afterwards = rows && this.expectRows(rows, gradient, slots);
      this.update(variable, gradient, slots);
      afterwards?.();
      if (constraint) assign(variable, constraint.call(variable));
    });
  }

  /**
   * Changes the slot of squares so that, once the gradient's square is added, it holds what it would hold with the squares of
   * all readings. May give what is left to do after the step.
   */
  protected expectRows(rows: RowGradient, gradient: tf.Tensor, slots: tf.Variable[]): (() => void) | undefined {
    if (!this.squares || this.squares.share === 0) return undefined;
    const { slot, share } = this.squares;
    const given = rows.sum(tf.square);
    const variable = slots[this.slotNames.indexOf(slot)];
    const factor = share === 1 ? 1 : (1 - share) / share;
    assign(variable, variable.add(given.sub(gradient.square()).mul(factor)));
    return undefined;
  }

  #decay(param: tf.Variable, weightDecay: number): void {
    const { scalars } = this;
    updateInPlace("WeightDecayUpdate", { param }, { scalars, weightDecay }, () => {
      assign(param, param.sub(param.mul(weightDecay).mul(scalars.learningRate)));
    });
  }

  /** A slot's first values: zeros, unless a subclass says otherwise. */
  protected initialSlot(_name: string, weight: Weight): tf.Tensor {
    return tf.zeros(weight.shape);
  }
}
