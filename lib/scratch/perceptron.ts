/** Arguments of {@linkcode Perceptron}. */
export interface PerceptronOptions {
  /** How far a mistake moves the weights (default 0.2). */
  learningRate?: number;
  /** What the sum must exceed for a 1 (default 1e-7: a sum that should be 0 is seldom exactly 0). */
  threshold?: number;
  /** The first weights, one for each input (default: zeros). */
  weights?: number[];
  /** The first bias (default 0). */
  bias?: number;
}

/**
 * One artificial neuron that learns from its mistakes. Rosenblatt 1958.
 *
 * @example
 * ```ts
 * import { Perceptron } from "baeum/scratch";
 * import { assertEquals } from "@std/assert";
 *
 * const and = new Perceptron().fit([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 0, 0, 1]);
 * assertEquals([and.predict([1, 0]), and.predict([1, 1])], [0, 1]);
 * ```
 */
export class Perceptron {
  weights: number[];
  bias: number;
  readonly #learningRate: number;
  readonly #threshold: number;

  constructor({ learningRate = 0.2, threshold = 1e-7, weights = [], bias = 0 }: PerceptronOptions = {}) {
    this.weights = [...weights];
    this.bias = bias;
    this.#learningRate = learningRate;
    this.#threshold = threshold;
  }

  /** 1 where `Σ weight · input + bias` exceeds the threshold, else 0. */
  predict(input: number[]): number {
    const sum = input.reduce((sum, x, i) => sum + x * (this.weights[i] ?? 0), this.bias);
    return sum > this.#threshold ? 1 : 0;
  }

  /** Goes through the samples `epochs` times and moves the weights at each mistake towards the target. */
  fit(inputs: number[][], targets: number[], { epochs = 50 }: { epochs?: number } = {}): this {
    if (inputs.length !== targets.length || inputs.some((input) => input.length !== inputs[0].length)) {
      throw new RangeError(
        `Each sample needs as many inputs as the others, and a target. Received: ${inputs.length} samples of ` +
          `${[...new Set(inputs.map((input) => input.length))].join(" and ")} inputs, ${targets.length} targets`,
      );
    }
    if (this.weights.length === 0) this.weights = (inputs[0] ?? []).map(() => 0);
    for (let epoch = 0; epoch < epochs; epoch++) {
      inputs.forEach((input, n) => {
        const step = this.#learningRate * (targets[n] - this.predict(input));
        this.weights = this.weights.map((weight, i) => weight + step * input[i]);
        this.bias += step;
      });
    }
    return this;
  }
}
