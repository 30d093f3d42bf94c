import { tf } from "baeum/tensors";
import { Recurrent } from "./recurrent.ts";
import { RecurrentCell, type TimeStep } from "./recurrent_cell.ts";
import type { RecurrentOptions } from "./recurrent_options.ts";

/** A time step of {@linkcode SimpleRNN}. Keras: `SimpleRNNCell`. */
export class SimpleRNNCell extends RecurrentCell {
  readonly stateCount = 1;

  constructor(options: RecurrentOptions) {
    super("simple_rnn_cell", 1, options);
  }

  override begin(batch: number, training: boolean): TimeStep {
    const recurrence = this.recurrence(batch, training);
    return (x, [h]) => [this.activate(tf.add(x, recurrence(h)))];
  }
}

/** A recurrent layer whose output is its state. Keras: `SimpleRNN`. */
export class SimpleRNN extends Recurrent {
  readonly cell: SimpleRNNCell;

  constructor(options: RecurrentOptions) {
    super(options);
    this.cell = new SimpleRNNCell(options);
  }
}

/**
 * A recurrent layer whose output is its state: `h = activation(x · kernel + h · recurrentKernel + bias)` at each time step.
 * Elman 1990.
 *
 * Input `[batch, time, features]`, output `[batch, units]`, or `[batch, time, units]` with `returnSequences`. Weights: kernel
 * `[features, units]`, recurrent kernel `[units, units]`, bias `[units]`.
 *
 * @throws {RangeError} if `units` is not a whole number of at least 1.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const rnn = layers.simpleRNN({ units: 8, returnSequences: true });
 * assertEquals(rnn.apply(tf.ones([2, 5, 3])).shape, [2, 5, 8]);
 * assertEquals(rnn.countParams(), 3 * 8 + 8 * 8 + 8);
 * ```
 */
export function simpleRNN(options: RecurrentOptions): SimpleRNN {
  return new SimpleRNN(options);
}
