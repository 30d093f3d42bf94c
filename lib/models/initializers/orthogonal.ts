import { random } from "baeum/tensors";
import { formatShape } from "../shape.ts";
import { type Initializer, type SeededOptions, seedOr } from "./initializer.ts";

/** Arguments of {@linkcode orthogonal}. */
export interface OrthogonalOptions extends SeededOptions {
  /** What the matrix is multiplied by (default 1). */
  gain?: number;
}

/** Columns (or rows, where there are fewer) of length 1 that are at right angles to each other. Keras: `Orthogonal`. */
export class Orthogonal implements Initializer {
  readonly className = "Orthogonal";
  readonly gain: number;
  readonly seed: number;
  readonly #givenSeed: number | null;

  constructor({ gain = 1, seed }: OrthogonalOptions = {}) {
    this.gain = gain;
    this.#givenSeed = seed ?? null;
    this.seed = seedOr(seed);
  }

  draw(shape: number[]): Float32Array {
    if (shape.length < 2) {
      throw new RangeError(`Orthogonal begins weights of at least 2 dimensions. Received: ${formatShape(shape)}`);
    }
    const columns = shape.at(-1)!;
    const rows = shape.slice(0, -1).reduce((a, b) => a * b, 1);
    const [long, short] = [Math.max(rows, columns), Math.min(rows, columns)];
    const drawn = random.statelessNormal(long * short, 0, 1, this.seed);
    const basis = Array.from(
      { length: short },
      (_, k) => Float64Array.from({ length: long }, (_, i) => drawn[i * short + k]),
    );
    orthonormalize(basis);
    const along = (row: number, column: number) => rows < columns ? basis[row][column] : basis[column][row];
    return Float32Array.from(
      { length: rows * columns },
      (_, i) => this.gain * along(Math.floor(i / columns), i % columns),
    );
  }

  getConfig(): Record<string, unknown> {
    return { seed: this.#givenSeed, gain: this.gain };
  }
}

/**
 * Makes vectors orthonormal, each by what is left of it beside those before: the Q of a QR decomposition whose R has a positive
 * diagonal. Twice over, as once loses digits (Gram–Schmidt; Giraud et al. 2005).
 */
function orthonormalize(vectors: Float64Array[]): void {
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  vectors.forEach((vector, k) => {
    for (let pass = 0; pass < 2; pass++) {
      for (const before of vectors.slice(0, k)) {
        const share = dot(vector, before);
        vector.forEach((_, i) => vector[i] -= share * before[i]);
      }
    }
    const length = Math.sqrt(dot(vector, vector));
    vector.forEach((_, i) => vector[i] /= length);
  });
}

/**
 * A matrix whose columns are of length 1 and at right angles to each other; recurrent kernels begin so. Saxe et al. 2014.
 *
 * @example
 * ```ts
 * import { initializers } from "baeum/models";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const [a, b, c, d] = initializers.orthogonal({ seed: 1 }).draw([2, 2]);
 * assertAlmostEquals(a * b + c * d, 0, 1e-6);
 * ```
 */
export function orthogonal(options: OrthogonalOptions = {}): Orthogonal {
  return new Orthogonal(options);
}
