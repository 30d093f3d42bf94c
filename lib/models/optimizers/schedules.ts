/** A learning rate that depends on the number of the step. */
export interface Schedule {
  /** Keras' class name, for example `ExponentialDecay`. */
  readonly className: string;
  /** The learning rate of a step, from 0. */
  at(step: number): number;
  getConfig(): Record<string, unknown>;
}

/** Arguments of {@linkcode exponentialDecay} and {@linkcode inverseTimeDecay}. */
export interface DecayOptions {
  /** The rate of the first step. */
  initialLearningRate: number;
  /** The number of steps in which the rate decays once. */
  decaySteps: number;
  /** How strongly it decays. */
  decayRate: number;
  /** Whether the rate changes only every `decaySteps` steps (default false). */
  staircase?: boolean;
}

function checkSteps(decaySteps: number): void {
  if (!(decaySteps > 0)) throw new RangeError(`decaySteps must be positive. Received: ${decaySteps}`);
}

function decay(
  className: string,
  { initialLearningRate, decaySteps, decayRate, staircase = false }: DecayOptions,
  factor: (periods: number) => number,
): Schedule {
  checkSteps(decaySteps);
  return {
    className,
    at(step) {
      const periods = step / decaySteps;
      return initialLearningRate * factor(staircase ? Math.floor(periods) : periods);
    },
    getConfig: () => ({
      initial_learning_rate: initialLearningRate,
      decay_steps: decaySteps,
      decay_rate: decayRate,
      staircase,
      name: className,
    }),
  };
}

/**
 * `initialLearningRate · decayRate^(step / decaySteps)`. Keras: `ExponentialDecay`.
 *
 * @example
 * ```ts
 * import { optimizers } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * const rate = optimizers.schedules.exponentialDecay({ initialLearningRate: 0.1, decaySteps: 10, decayRate: 0.5 });
 * assertEquals(rate.at(20), 0.025);
 * assertEquals(optimizers.sgd({ learningRate: rate }).learningRate, 0.1);
 * ```
 */
export function exponentialDecay(options: DecayOptions): Schedule {
  return decay("ExponentialDecay", options, (periods) => options.decayRate ** periods);
}

/** `initialLearningRate / (1 + decayRate · step / decaySteps)`. Keras: `InverseTimeDecay`. */
export function inverseTimeDecay(options: DecayOptions): Schedule {
  return decay("InverseTimeDecay", options, (periods) => 1 / (1 + options.decayRate * periods));
}

/**
 * `values[i]` up to and with step `boundaries[i]`, then the next; one value more than boundaries. Keras:
 * `PiecewiseConstantDecay`.
 */
export function piecewiseConstantDecay(
  { boundaries, values }: { boundaries: number[]; values: number[] },
): Schedule {
  if (boundaries.length === 0 || values.length !== boundaries.length + 1) {
    throw new RangeError(
      "A piecewise constant rate has at least one boundary, and one value more than boundaries. " +
        `Received: ${boundaries.length} boundaries, ${values.length} values`,
    );
  }
  if (boundaries.some((boundary, i) => i > 0 && !(boundary > boundaries[i - 1]))) {
    throw new RangeError(`The boundaries must rise. Received: ${boundaries}`);
  }
  return {
    className: "PiecewiseConstantDecay",
    at(step) {
      const i = boundaries.findIndex((boundary) => step <= boundary);
      return values.at(i)!;
    },
    getConfig: () => ({ boundaries, values, name: "PiecewiseConstant" }),
  };
}

/** Arguments of {@linkcode polynomialDecay}. */
export interface PolynomialDecayOptions {
  /** The rate of the first step. */
  initialLearningRate: number;
  /** The number of steps to the end rate. */
  decaySteps: number;
  /** The rate at the end (default 0.0001). */
  endLearningRate?: number;
  /** The polynomial's power (default 1: a straight line). */
  power?: number;
  /** Whether to stretch the way down again and again instead of staying at the end (default false). */
  cycle?: boolean;
}

/** From the first rate down to the last along a polynomial. Keras: `PolynomialDecay`. */
export function polynomialDecay(
  { initialLearningRate, decaySteps, endLearningRate = 0.0001, power = 1, cycle = false }: PolynomialDecayOptions,
): Schedule {
  checkSteps(decaySteps);
  return {
    className: "PolynomialDecay",
    at(step) {
      // TensorFlow compiles the division into a multiplication by a float32 reciprocal, which at some multiples of
      // decaySteps begins the next stretch early; trainings follow Keras only with the same rounding.
      const stretch = Math.ceil(Math.fround(step * Math.fround(1 / decaySteps)));
      const length = cycle ? decaySteps * Math.max(1, stretch) : decaySteps;
      const done = Math.min(step, length) / length;
      return (initialLearningRate - endLearningRate) * (1 - done) ** power + endLearningRate;
    },
    getConfig: () => ({
      initial_learning_rate: initialLearningRate,
      decay_steps: decaySteps,
      end_learning_rate: endLearningRate,
      power,
      cycle,
      name: "PolynomialDecay",
    }),
  };
}

/** Arguments of {@linkcode cosineDecay}. */
export interface CosineDecayOptions {
  /** The rate of the first step. */
  initialLearningRate: number;
  /** The number of steps to the end, after the warm-up. */
  decaySteps: number;
  /** The share of the rate that is left at the end (default 0). */
  alpha?: number;
  /** The rate that is reached in a straight line before the decay begins (default: no warm-up). */
  warmupTarget?: number;
  /** The number of steps of the warm-up (default 0). */
  warmupSteps?: number;
}

/** Down half a cosine, after a linear warm-up if asked for. Loshchilov & Hutter 2016. Keras: `CosineDecay`. */
export function cosineDecay(
  { initialLearningRate, decaySteps, alpha = 0, warmupTarget, warmupSteps = 0 }: CosineDecayOptions,
): Schedule {
  checkSteps(decaySteps);
  const fall = (step: number, from: number) => {
    const cosine = 0.5 * (1 + Math.cos(Math.PI * Math.min(step, decaySteps) / decaySteps));
    return from * ((1 - alpha) * cosine + alpha);
  };
  return {
    className: "CosineDecay",
    at(step) {
      if (warmupTarget === undefined) return fall(step, initialLearningRate);
      if (step >= warmupSteps) return fall(step - warmupSteps, warmupTarget);
      return initialLearningRate + (warmupTarget - initialLearningRate) * step / warmupSteps;
    },
    getConfig: () => ({
      initial_learning_rate: initialLearningRate,
      decay_steps: decaySteps,
      alpha,
      name: "CosineDecay",
      warmup_target: warmupTarget ?? null,
      warmup_steps: warmupSteps,
    }),
  };
}
