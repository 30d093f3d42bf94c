import { tf } from "baeum/tensors";
import { type ActivationName, activationNameOf, activationOf } from "../activations/mod.ts";
import { Recurrent } from "./recurrent.ts";
import { RecurrentCell, type TimeStep } from "./recurrent_cell.ts";
import type { GatedOptions } from "./recurrent_options.ts";

/** Arguments of {@linkcode gru}. */
export interface GRUOptions extends GatedOptions {
  /** Whether the gate that resets comes after the product with the recurrent kernel (default true), or before it. */
  resetAfter?: boolean;
}

/** A time step of {@linkcode GRU}. Keras: `GRUCell`. */
export class GRUCell extends RecurrentCell {
  readonly stateCount = 1;
  readonly recurrentActivation: string;
  readonly resetAfter: boolean;
  readonly #seed: number | null;

  constructor(options: GRUOptions) {
    super("gru_cell", 3, options);
    this.recurrentActivation = activationNameOf(options.recurrentActivation ?? "sigmoid");
    this.resetAfter = options.resetAfter ?? true;
    this.#seed = options.seed ?? null;
  }

  /** Reset after the product, the recurrent part has a bias of its own. */
  protected override get biasShape(): number[] {
    return this.resetAfter ? [2, 3 * this.units] : [3 * this.units];
  }

  protected override inputBias(): tf.Tensor1D | undefined {
    return this.resetAfter ? this.#biasRow(0) : super.inputBias();
  }

  #biasRow(row: 0 | 1): tf.Tensor1D | undefined {
    return this.bias && tf.slice(this.bias.variable, [row, 0], [1, 3 * this.units]).flatten();
  }

  override begin(batch: number, training: boolean): TimeStep {
    const { units, resetAfter } = this;
    const gate = activationOf(this.recurrentActivation as ActivationName);
    const recurrence = resetAfter
      ? this.recurrence(batch, training, this.#biasRow(1))
      : this.recurrence(batch, training, undefined, 0, 2);
    const ofReset = resetAfter ? undefined : this.recurrence(batch, training, undefined, 2, 3);
    return (x, [h]) => {
      const [gatesOfX, candidateOfX] = tf.split(x, [2 * units, units], 1);
      const [gatesOfH, candidateOfH] = resetAfter ? tf.split(recurrence(h), [2 * units, units], 1) : [recurrence(h)];
      const [update, reset] = tf.split(gate(tf.add(gatesOfX, gatesOfH)), 2, 1);
      const remembered = ofReset ? ofReset(tf.mul(reset, h)) : tf.mul(reset, candidateOfH);
      const candidate = this.activate(tf.add(candidateOfX, remembered));
      return [tf.add(candidate, tf.mul(update, tf.sub(h, candidate)))];
    };
  }

  override argumentsConfig(): Record<string, unknown> {
    return {
      ...super.argumentsConfig(),
      recurrent_activation: this.recurrentActivation,
      reset_after: this.resetAfter,
      seed: this.#seed,
    };
  }
}

/** A recurrent layer with two gates. Keras: `GRU`. */
export class GRU extends Recurrent {
  readonly cell: GRUCell;

  constructor(options: GRUOptions) {
    super(options);
    this.cell = new GRUCell(options);
  }
}

/**
 * A gated recurrent unit: one gate decides how much of the state is renewed, one how much of it the new state sees.
 * Cho et al. 2014.
 *
 * Input `[batch, time, features]`, output `[batch, units]`, or `[batch, time, units]` with `returnSequences`. Weights: kernel
 * `[features, 3 · units]`, recurrent kernel `[units, 3 · units]`, bias `[2, 3 · units]`, or `[3 · units]` without
 * `resetAfter`; the gates in the order update, reset, candidate.
 *
 * @throws {RangeError} if `units` is not a whole number of at least 1.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const gru = layers.gru({ units: 8 });
 * assertEquals(gru.apply(tf.ones([2, 5, 3])).shape, [2, 8]);
 * assertEquals(gru.countParams(), 3 * (3 * 8 + 8 * 8 + 2 * 8));
 * ```
 */
export function gru(options: GRUOptions): GRU {
  return new GRU(options);
}
