import { assign } from "baeum/engine";
import { tf } from "baeum/tensors";
import { type CallContext, Layer, type Tensors } from "../layer.ts";
import { type Regularizer, regularizerOf } from "../regularizers/mod.ts";
import { serialized } from "../serialized.ts";
import { formatShape, type Shape } from "../shape.ts";
import { Weight } from "../weight.ts";
import { constant } from "./constant.ts";
import type { RecurrentCell } from "./recurrent_cell.ts";
import type { RecurrentOptions } from "./recurrent_options.ts";

/** A layer that goes through time with a state: what SimpleRNN, LSTM and GRU have in common. Keras: `RNN`. */
export abstract class Recurrent extends Layer {
  abstract readonly cell: RecurrentCell;
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly goBackwards: boolean;
  readonly stateful: boolean;
  readonly unroll: boolean;
  /** Whether the outputs of hidden time steps are 0. */
  zeroOutputForMask: boolean;
  /** What the layer was made of. */
  readonly options: RecurrentOptions;
  #states?: Weight[];

  constructor(options: RecurrentOptions & { activityRegularizer?: Regularizer | "l1" | "l2" | "l1_l2" | null }) {
    super(options);
    this.options = options;
    this.returnSequences = options.returnSequences ?? false;
    this.returnState = options.returnState ?? false;
    this.goBackwards = options.goBackwards ?? false;
    this.stateful = options.stateful ?? false;
    this.unroll = options.unroll ?? false;
    this.zeroOutputForMask = options.zeroOutputForMask ?? false;
    const { activityRegularizer } = options;
    this.activityRegularizer = activityRegularizer ? regularizerOf(activityRegularizer) : undefined;
  }

  override get sublayers(): Layer[] {
    return [this.cell];
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = sequenceShape(inputShape);
    if (shape.length !== 3) {
      throw new RangeError(`"${this.name}" takes [batch, time, features]. Received: ${formatShape(shape)}`);
    }
    const [batch, , features] = shape;
    this.cell.ensureBuilt([batch, features]);
    if (this.stateful && batch !== null) this.#statesFor(batch);
  }

  /** The sequences `[batch, time, features]`; the states to begin with may come behind them. */
  override call(inputs: Tensors, { training, mask }: CallContext): Tensors {
    const [x, ...given] = [inputs].flat();
    const [batch, time] = x.shape;
    const { cell, zeroOutputForMask } = this;
    const { units, stateCount } = cell;
    this.#check(x, given);
    const kept = this.stateful ? this.#statesFor(batch) : undefined;
    let states = given.length > 0
      ? given
      : kept?.map(({ variable }) => variable) ?? Array.from({ length: stateCount }, () => tf.zeros([batch, units]));
    const projected = cell.project(tf.transpose(x, [1, 0, 2]), training);
    const shown = mask && maskSteps(mask, units);
    const step = cell.begin(batch, training);
    const outputs: tf.Tensor[] = [];
    for (let i = 0; i < time; i++) {
      const at = this.goBackwards ? time - 1 - i : i;
      const next = step(projected[at], states);
      if (!shown) {
        outputs.push(next[0]);
        states = next;
        continue;
      }
      const before = zeroOutputForMask || i === 0 ? tf.zerosLike(next[0]) : outputs[i - 1];
      outputs.push(tf.where(shown[at], next[0], before));
      states = next.map((state, k) => tf.where(shown[at], state, states[k]));
    }
    kept?.forEach(({ variable }, k) => assign(variable, states[k]));
    const y = this.returnSequences
      ? tf.transpose(tf.concat(outputs).reshape([time, batch, units]), [1, 0, 2])
      : outputs[time - 1];
    return this.returnState ? [y, ...states] : y;
  }

  #check(x: tf.Tensor, given: tf.Tensor[]): void {
    const { units, stateCount, kernel } = this.cell;
    const features = kernel!.shape[0];
    if (x.rank !== 3 || x.shape[1] === 0 || x.shape[2] !== features) {
      throw new RangeError(
        `"${this.name}" takes [batch, time, ${features}] with at least one time step. Received: ${
          formatShape(x.shape)
        }`,
      );
    }
    const fits = given.every(({ shape }) => shape.join() === [x.shape[0], units].join());
    if (given.length > 0 && (given.length !== stateCount || !fits)) {
      throw new RangeError(
        `"${this.name}" begins with ${stateCount} states of the shape ${formatShape([x.shape[0], units])}. ` +
          `Received: ${given.map(({ shape }) => formatShape(shape)).join(" and ")}`,
      );
    }
  }

  /** The states that a batch ends with and the next begins with. */
  #statesFor(batch: number): Weight[] {
    const { units, stateCount } = this.cell;
    this.#states ??= Array.from({ length: stateCount }, (_, i) =>
      new Weight({
        name: `state_${i}`,
        shape: [batch, units],
        values: new Float32Array(batch * units),
        trainable: false,
      }));
    if (this.#states[0].shape[0] === batch) return this.#states;
    throw new RangeError(
      `"${this.name}" is stateful, so all batches have the size of the first, ${this.#states[0].shape[0]}. ` +
        `Received: a batch of ${batch}. Choose a batchSize that divides the number of samples`,
    );
  }

  /** Sets the states of a stateful layer back to 0: a new sequence begins. */
  resetState(): void {
    this.#states?.forEach((state) => state.assign(new Float32Array(state.size)));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    const [batch, time] = sequenceShape(inputShape);
    const { units, stateCount } = this.cell;
    const output = this.returnSequences ? [batch, time, units] : [batch, units];
    return this.returnState ? [output, ...Array.from({ length: stateCount }, () => [batch, units])] : output;
  }

  /** As in Keras, which hands a mask on to a layer of one argument: where states are given, all time steps count. */
  protected override seesMaskOf(inputs: Tensors): boolean {
    return [inputs].flat().length === 1;
  }

  override computeMask(_inputs: Tensors, mask?: tf.Tensor): tf.Tensor | undefined {
    return this.returnSequences ? mask : undefined;
  }

  /** A layer of the same arguments but these, with weights of its own. */
  remade(changes: Partial<RecurrentOptions>): this {
    return new (this.constructor as new (options: RecurrentOptions) => this)({ ...this.options, ...changes });
  }

  override getConfig(): Record<string, unknown> {
    return {
      ...super.getConfig(),
      return_sequences: this.returnSequences,
      return_state: this.returnState,
      go_backwards: this.goBackwards,
      stateful: this.stateful,
      unroll: this.unroll,
      zero_output_for_mask: this.zeroOutputForMask,
      ...this.cell.argumentsConfig(),
      activity_regularizer: serialized("regularizers", this.activityRegularizer),
    };
  }
}

/** The shape of the sequences, where states may come behind them. */
function sequenceShape(inputShape: Shape | Shape[]): Shape {
  return (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as Shape;
}

/** A mask `[batch, time]` as one for each time step, `[batch, units]`. */
function maskSteps(mask: tf.Tensor, units: number): tf.Tensor[] {
  const [batch, time] = mask.shape;
  const whole = constant(mask, (mask) => {
    const byTime = tf.transpose(mask.toFloat().reshape([batch, time])).reshape([time * batch, 1]);
    return tf.notEqual(tf.broadcastTo(byTime, [time * batch, units]), tf.scalar(0));
  });
  return time === 1 ? [whole] : tf.split(whole, time);
}
