import { tf } from "baeum/tensors";
import { lookUp } from "../registry.ts";

/** Brings a weight back to where it must stay. */
export interface Constraint {
  readonly className: string;
  /** The nearest allowed values, of the same shape. */
  call(weight: tf.Tensor): tf.Tensor;
  getConfig(): Record<string, unknown>;
}

const EPSILON = 1e-7;

function norms(weight: tf.Tensor, axis: number | number[]): tf.Tensor {
  return tf.sqrt(tf.sum(tf.square(weight), axis, true));
}

/** The norm along `axis` is at most `maxValue`. Keras: `MaxNorm`. */
export class MaxNorm implements Constraint {
  readonly className = "MaxNorm";
  readonly maxValue: number;
  readonly axis: number | number[];

  constructor({ maxValue = 2, axis = 0 }: { maxValue?: number; axis?: number | number[] } = {}) {
    this.maxValue = maxValue;
    this.axis = axis;
  }

  call(weight: tf.Tensor): tf.Tensor {
    const norm = norms(weight, this.axis);
    return weight.mul(tf.clipByValue(norm, 0, this.maxValue).div(norm.add(EPSILON)));
  }

  getConfig(): Record<string, unknown> {
    return { max_value: this.maxValue, axis: this.axis };
  }
}

/** No value below zero. Keras: `NonNeg`. */
export class NonNeg implements Constraint {
  readonly className = "NonNeg";

  call(weight: tf.Tensor): tf.Tensor {
    return tf.relu(weight);
  }

  getConfig(): Record<string, unknown> {
    return {};
  }
}

/** The norm along `axis` is 1. Keras: `UnitNorm`. */
export class UnitNorm implements Constraint {
  readonly className = "UnitNorm";
  readonly axis: number | number[];

  constructor({ axis = 0 }: { axis?: number | number[] } = {}) {
    this.axis = axis;
  }

  call(weight: tf.Tensor): tf.Tensor {
    return weight.div(norms(weight, this.axis).add(EPSILON));
  }

  getConfig(): Record<string, unknown> {
    return { axis: this.axis };
  }
}

/** The norm along `axis` lies between `minValue` and `maxValue`, approached at `rate`. Keras: `MinMaxNorm`. */
export class MinMaxNorm implements Constraint {
  readonly className = "MinMaxNorm";
  readonly minValue: number;
  readonly maxValue: number;
  readonly rate: number;
  readonly axis: number | number[];

  constructor(
    { minValue = 0, maxValue = 1, rate = 1, axis = 0 }: {
      minValue?: number;
      maxValue?: number;
      rate?: number;
      axis?: number | number[];
    } = {},
  ) {
    this.minValue = minValue;
    this.maxValue = maxValue;
    this.rate = rate;
    this.axis = axis;
  }

  call(weight: tf.Tensor): tf.Tensor {
    const norm = norms(weight, this.axis);
    const desired = tf.clipByValue(norm, this.minValue, this.maxValue).mul(this.rate).add(norm.mul(1 - this.rate));
    return weight.mul(desired.div(norm.add(EPSILON)));
  }

  getConfig(): Record<string, unknown> {
    return { min_value: this.minValue, max_value: this.maxValue, rate: this.rate, axis: this.axis };
  }
}

/** The norm along `axis` (default 0) is at most `maxValue` (default 2). */
export function maxNorm(options: { maxValue?: number; axis?: number | number[] } = {}): MaxNorm {
  return new MaxNorm(options);
}

/** No value below zero. */
export function nonNeg(): NonNeg {
  return new NonNeg();
}

/** The norm along `axis` (default 0) is 1. */
export function unitNorm(options: { axis?: number | number[] } = {}): UnitNorm {
  return new UnitNorm(options);
}

/** The norm along `axis` lies between `minValue` (0) and `maxValue` (1). */
export function minMaxNorm(
  options: { minValue?: number; maxValue?: number; rate?: number; axis?: number | number[] } = {},
): MinMaxNorm {
  return new MinMaxNorm(options);
}

const byName = new Map<string, () => Constraint>([
  ["max_norm", maxNorm],
  ["non_neg", nonNeg],
  ["unit_norm", unitNorm],
  ["min_max_norm", minMaxNorm],
]);

/** The constraint of a name, or the one given. */
export function constraintOf(given: Constraint | "max_norm" | "non_neg" | "unit_norm" | "min_max_norm"): Constraint {
  return typeof given === "string" ? lookUp("constraint", byName, given)() : given;
}
