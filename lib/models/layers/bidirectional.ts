import { tf } from "baeum/tensors";
import { type CallContext, Layer, type LayerOptions, type Tensors } from "../layer.ts";
import type { Shape } from "../shape.ts";
import { Recurrent } from "./recurrent.ts";
import { wrappedConfig } from "./wrapped_layer.ts";

/** How the outputs of both directions become one; null leaves them apart. */
export type MergeMode = "concat" | "sum" | "mul" | "ave" | null;

/** Arguments of {@linkcode bidirectional}. */
export interface BidirectionalOptions extends LayerOptions {
  /** A recurrent layer; it is made anew for each direction. */
  layer: Recurrent;
  /** The layer that goes backwards (default: as `layer`, backwards). */
  backwardLayer?: Recurrent;
  /** How the outputs of both become one (default `"concat"`). */
  mergeMode?: MergeMode;
}

const modes: readonly MergeMode[] = ["concat", "sum", "mul", "ave", null];

/** A recurrent layer through time and one back. Keras: `Bidirectional`. */
export class Bidirectional extends Layer {
  readonly forwardLayer: Recurrent;
  readonly backwardLayer: Recurrent;
  readonly mergeMode: MergeMode;

  constructor(options: BidirectionalOptions) {
    super(options);
    const { layer, backwardLayer, mergeMode = "concat" } = options;
    for (const given of [layer, ...(backwardLayer ? [backwardLayer] : [])]) {
      if (given instanceof Recurrent) continue;
      throw new TypeError(
        `bidirectional takes a recurrent layer, as layers.lstm({ units: 8 }) makes one. Received: ${typeof given}`,
      );
    }
    if (!modes.includes(mergeMode)) {
      throw new RangeError(
        `mergeMode is "concat", "sum", "mul", "ave" or null. Received: ${JSON.stringify(mergeMode)}`,
      );
    }
    this.mergeMode = mergeMode;
    this.forwardLayer = layer.remade({ name: `forward_${layer.name.replace(/^forward_/, "")}` });
    this.backwardLayer = backwardLayer ??
      layer.remade({ name: `backward_${layer.name.replace(/^backward_/, "")}`, goBackwards: true });
    this.#checkPair();
    // What a mask hides is 0 in both directions, so that merging does not mix shown with hidden time steps.
    for (const direction of this.sublayers) direction.zeroOutputForMask = direction.returnSequences;
  }

  #checkPair(): void {
    const [forward, backward] = this.sublayers;
    if (forward.goBackwards === backward.goBackwards) {
      throw new RangeError(
        `The two layers go in different directions. Received: goBackwards ${forward.goBackwards} twice`,
      );
    }
    for (const name of ["stateful", "returnSequences", "returnState"] as const) {
      if (forward[name] !== backward[name]) {
        throw new RangeError(`Both layers have the same ${name}. Received: ${forward[name]} and ${backward[name]}`);
      }
    }
  }

  override get sublayers(): Recurrent[] {
    return [this.forwardLayer, this.backwardLayer];
  }

  override build(inputShape: Shape | Shape[]): void {
    const shape = (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as Shape;
    for (const layer of this.sublayers) layer.ensureBuilt(shape);
  }

  /** The sequences; states to begin with may come behind them, those of the way forward first. */
  override call(inputs: Tensors, context: CallContext): Tensors {
    const [x, ...states] = [inputs].flat();
    const half = states.length / 2;
    const [forward, backward] = this.sublayers.map((layer, i) => {
      const begin = states.slice(i * half, (i + 1) * half);
      return [layer.run(begin.length > 0 ? [x, ...begin] : x, context)].flat();
    });
    const there = forward[0];
    const back = this.forwardLayer.returnSequences ? tf.reverse(backward[0], 1) : backward[0];
    const merged = this.#merge(there, back);
    if (!this.forwardLayer.returnState) return merged.length === 1 ? merged[0] : merged;
    return [...merged, ...forward.slice(1), ...backward.slice(1)];
  }

  #merge(there: tf.Tensor, back: tf.Tensor): tf.Tensor[] {
    switch (this.mergeMode) {
      case "concat":
        return [tf.concat([there, back], -1)];
      case "sum":
        return [tf.add(there, back)];
      case "mul":
        return [tf.mul(there, back)];
      case "ave":
        return [tf.div(tf.add(there, back), 2)];
      default:
        return [there, back];
    }
  }

  /** Sets the states of stateful layers back to 0. */
  resetState(): void {
    for (const layer of this.sublayers) layer.resetState();
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    const [there, back] = this.sublayers.map((layer) => {
      const given = layer.computeOutputShape(inputShape);
      return (Array.isArray(given[0]) ? given : [given]) as Shape[];
    });
    const [output, ...states] = there;
    const merged = this.mergeMode === null
      ? [output, back[0]]
      : [this.mergeMode === "concat" ? [...output.slice(0, -1), this.#units] : output];
    return merged.length === 1 && states.length === 0 ? merged[0] : [...merged, ...states, ...back.slice(1)];
  }

  get #units(): number {
    return this.sublayers.reduce((sum, { cell }) => sum + cell.units, 0);
  }

  /** As in Keras, which hands a mask on to a layer of one argument: where states are given, all time steps count. */
  protected override seesMaskOf(inputs: Tensors): boolean {
    return [inputs].flat().length === 1;
  }

  override computeMask(_inputs: Tensors, mask?: tf.Tensor): tf.Tensor | undefined {
    return this.forwardLayer.returnSequences ? mask : undefined;
  }

  override getConfig(): Record<string, unknown> {
    return {
      ...super.getConfig(),
      merge_mode: this.mergeMode,
      layer: wrappedConfig(this.forwardLayer),
      backward_layer: wrappedConfig(this.backwardLayer),
    };
  }
}

/**
 * A recurrent layer through time and another one back; their outputs are put side by side, or merged otherwise. Schuster &
 * Paliwal 1997.
 *
 * @throws {TypeError} for a layer that is not recurrent.
 * @throws {RangeError} for an unknown `mergeMode`, and for two layers that do not fit each other.
 *
 * @example
 * ```ts
 * import { layers } from "baeum/models";
 * import { tf } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * const both = layers.bidirectional({ layer: layers.gru({ units: 8 }) });
 * assertEquals(both.apply(tf.ones([2, 5, 3])).shape, [2, 16]);
 * ```
 */
export function bidirectional(options: BidirectionalOptions): Bidirectional {
  return new Bidirectional(options);
}
