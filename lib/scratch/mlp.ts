import { type Activation, sigmoid } from "./activation.ts";

/** Arguments of {@linkcode MLP}. */
export interface MLPOptions {
  /** How far one sample moves the weights (default 0.2). */
  learningRate?: number;
  /** What bends each layer's sums (default {@linkcode sigmoid}). */
  activation?: Activation;
  /** Draws the first weights and biases (default: uniform from −0.1 to 0.1). */
  draw?: () => number;
}

/** The slope of the error along each weight and each bias, arranged as they are. */
export interface Gradients {
  weights: number[][][];
  biases: number[][];
}

/**
 * A multi-layer perceptron that learns by backpropagation. Rumelhart, Hinton & Williams 1986.
 * The error of a sample is half the sum of the squared differences, `½ Σ (output − target)²`.
 *
 * @example
 * ```ts
 * import { MLP } from "baeum/scratch";
 * import { assertEquals } from "@std/assert";
 *
 * const network = new MLP([2, 3, 1], { draw: () => 0 });
 * assertEquals(network.predict([0, 1]), [0.5]); // sigmoid(0)
 * ```
 */
export class MLP {
  /** `weights[layer][from][to]`: the matrix between each layer and the next. */
  weights: number[][][];
  /** `biases[layer][to]`. */
  biases: number[][];
  readonly #rate: number;
  readonly #activation: Activation;

  /** @param sizes How many neurons each layer has, the inputs first: `[2, 2, 1]`. */
  constructor(sizes: number[], { learningRate = 0.2, activation = sigmoid, draw }: MLPOptions = {}) {
    const weight = draw ?? (() => 0.2 * Math.random() - 0.1);
    const row = (length: number) => Array.from({ length }, weight);
    this.weights = sizes.slice(1).map((to, l) => Array.from({ length: sizes[l] }, () => row(to)));
    this.biases = sizes.slice(1).map((to) => row(to));
    this.#rate = learningRate;
    this.#activation = activation;
  }

  /** The output of every layer, the input itself first. */
  forward(input: number[]): number[][] {
    const width = this.weights[0].length;
    if (input.length !== width) throw new RangeError(`A sample has ${width} inputs. Received: ${input.length}`);
    const outputs = [input];
    this.weights.forEach((matrix, l) => {
      const sums = this.biases[l].map((bias, to) =>
        outputs[l].reduce((sum, x, from) => sum + x * matrix[from][to], bias)
      );
      outputs.push(sums.map(this.#activation.of));
    });
    return outputs;
  }

  /** The last layer's output. */
  predict(input: number[]): number[] {
    return this.forward(input).at(-1)!;
  }

  /** How the error of one sample changes with each weight: the chain rule, from the last layer to the first. */
  gradients(input: number[], target: number[]): Gradients {
    const outputs = this.forward(input);
    const { weights, biases }: Gradients = { weights: [], biases: [] };
    const width = outputs.at(-1)!.length;
    if (target.length !== width) throw new RangeError(`A target has ${width} values. Received: ${target.length}`);
    let error = outputs.at(-1)!.map((output, i) => output - target[i]);
    for (let l = this.weights.length - 1; l >= 0; l--) {
      const delta = error.map((e, to) => e * this.#activation.slope(outputs[l + 1][to]));
      weights.unshift(outputs[l].map((x) => delta.map((d) => x * d)));
      biases.unshift(delta);
      error = this.weights[l].map((row) => row.reduce((sum, weight, to) => sum + weight * delta[to], 0));
    }
    return { weights, biases };
  }

  /** Moves the weights a step downhill for each sample in turn; gives the mean error of each epoch. */
  fit(inputs: number[][], targets: number[][], { epochs = 10_000 }: { epochs?: number } = {}): number[] {
    const down = (values: number[], slopes: number[]) => values.map((value, i) => value - this.#rate * slopes[i]);
    return Array.from({ length: epochs }, () => {
      let error = 0;
      inputs.forEach((input, n) => {
        error += this.predict(input).reduce((sum, output, i) => sum + (output - targets[n][i]) ** 2 / 2, 0);
        const { weights, biases } = this.gradients(input, targets[n]);
        this.weights = this.weights.map((matrix, l) => matrix.map((row, from) => down(row, weights[l][from])));
        this.biases = this.biases.map((row, l) => down(row, biases[l]));
      });
      return error / inputs.length;
    });
  }
}
