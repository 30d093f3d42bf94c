import { tf } from "baeum/tensors";
import { lookUp } from "../registry.ts";

/** Turns a weight (or a layer's output) into a penalty that is added to the loss. */
export interface Regularizer {
  readonly className: string;
  /** A scalar. */
  call(x: tf.Tensor): tf.Tensor;
  getConfig(): Record<string, unknown>;
}

/** `l1 · Σ|w| + l2 · Σw²`. */
export class L1L2 implements Regularizer {
  readonly className = "L1L2";
  readonly l1: number;
  readonly l2: number;

  constructor({ l1 = 0, l2 = 0 }: { l1?: number; l2?: number } = {}) {
    if (!(l1 >= 0) || !(l2 >= 0)) throw new RangeError(`l1 and l2 must not be negative. Received: ${l1} and ${l2}`);
    this.l1 = l1;
    this.l2 = l2;
  }

  call(x: tf.Tensor): tf.Tensor {
    const parts: tf.Tensor[] = [];
    if (this.l1) parts.push(tf.sum(tf.abs(x)).mul(this.l1));
    if (this.l2) parts.push(tf.sum(tf.square(x)).mul(this.l2));
    return parts.length === 0 ? tf.scalar(0) : parts.reduce((a, b) => tf.add(a, b));
  }

  getConfig(): Record<string, unknown> {
    return { l1: this.l1, l2: this.l2 };
  }
}

/** `l1 · Σ|w|`; Keras' default 0.01. */
export function l1({ l1 = 0.01 }: { l1?: number } = {}): L1L2 {
  return new L1L2({ l1 });
}

/** `l2 · Σw²`; Keras' default 0.01. */
export function l2({ l2 = 0.01 }: { l2?: number } = {}): L1L2 {
  return new L1L2({ l2 });
}

/** `l1 · Σ|w| + l2 · Σw²`; by its name in a string, Keras' `L1L2` has 0 for both. */
export function l1l2({ l1 = 0, l2 = 0 }: { l1?: number; l2?: number } = {}): L1L2 {
  return new L1L2({ l1, l2 });
}

const byName = new Map<string, () => Regularizer>([["l1", l1], ["l2", l2], ["l1_l2", l1l2]]);

/** The regularizer of a name, or the one given. */
export function regularizerOf(given: Regularizer | "l1" | "l2" | "l1_l2"): Regularizer {
  return typeof given === "string" ? lookUp("regularizer", byName, given)() : given;
}
