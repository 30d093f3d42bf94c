import { tf } from "baeum/tensors";
import { type ActivationName, activationNameOf, activationOf } from "../activations/mod.ts";
import type { Initializer } from "../initializers/mod.ts";
import { Recurrent } from "./recurrent.ts";
import { RecurrentCell, type TimeStep } from "./recurrent_cell.ts";
import type { GatedOptions } from "./recurrent_options.ts";

/** Arguments of {@linkcode lstm}. */
export interface LSTMOptions extends GatedOptions {
  /** Whether the bias of the gate that forgets begins at 1 (default true). Jozefowicz et al. 2015. */
  unitForgetBias?: boolean;
}

/** A time step of {@linkcode LSTM}. Keras: `LSTMCell`. */
export class LSTMCell extends RecurrentCell {
  readonly stateCount = 2;
  readonly recurrentActivation: string;
  readonly unitForgetBias: boolean;
  readonly #seed: number | null;

  constructor(options: LSTMOptions) {
    super("lstm_cell", 4, options);
    this.recurrentActivation = activationNameOf(options.recurrentActivation ?? "sigmoid");
    this.unitForgetBias = options.unitForgetBias ?? true;
    this.#seed = options.seed ?? null;
  }

  protected override biasBegin(given: Initializer): Initializer {
    if (!this.unitForgetBias) return given;
    const { units } = this;
    return {
      className: given.className,
      getConfig: () => given.getConfig(),
      draw: () => {
        const values = new Float32Array(4 * units).fill(1, units, 2 * units);
        values.set(given.draw([units]), 0);
        values.set(given.draw([2 * units]), 2 * units);
        return values;
      },
    };
  }

  override begin(batch: number, training: boolean): TimeStep {
    const recurrence = this.recurrence(batch, training);
    const gate = activationOf(this.recurrentActivation as ActivationName);
    return (x, [h, c]) => {
      const [input, forget, candidate, output] = tf.split(tf.add(x, recurrence(h)), 4, 1);
      const carry = tf.add(tf.mul(gate(forget), c), tf.mul(gate(input), this.activate(candidate)));
      return [tf.mul(gate(output), this.activate(carry)), carry];
    };
  }

  override argumentsConfig(): Record<string, unknown> {
    return {
      ...super.argumentsConfig(),
      recurrent_activation: this.recurrentActivation,
      unit_forget_bias: this.unitForgetBias,
      seed: this.#seed,
    };
  }
}

/** A recurrent layer that keeps what its gates let it. Keras: `LSTM`. */
export class LSTM extends Recurrent {
  readonly cell: LSTMCell;

  constructor(options: LSTMOptions) {
    super(options);
    this.cell = new LSTMCell(options);
  }
}

/**
 * Long short-term memory: a state that gates write to, forget from and read. Hochreiter & Schmidhuber 1997.
 *
 * Input `[batch, time, features]`, output `[batch, units]`, or `[batch, time, units]` with `returnSequences`; with
 * `returnState` a list of the output, the last output and the last carry. Weights: kernel `[features, 4 · units]`, recurrent
 * kernel `[units, 4 · units]`, bias `[4 · units]`, the gates in the order input, forget, candidate, output.
 *
 * @throws {RangeError} if `units` is not a whole number of at least 1.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const lstm = layers.lstm({ units: 8 });
 * assertEquals(lstm.apply(tf.ones([2, 5, 3])).shape, [2, 8]);
 * assertEquals(lstm.countParams(), 4 * (3 * 8 + 8 * 8 + 8));
 * ```
 */
export function lstm(options: LSTMOptions): LSTM {
  return new LSTM(options);
}
