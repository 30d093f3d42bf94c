import { formatShape } from "../shape.ts";
import type { Initializer } from "./initializer.ts";

/** Ones on the diagonal of a matrix, zeros beside it. Keras: `Identity`. */
export class Identity implements Initializer {
  readonly className = "Identity";
  readonly gain: number;

  constructor({ gain = 1 }: { gain?: number } = {}) {
    this.gain = gain;
  }

  draw(shape: number[]): Float32Array {
    if (shape.length !== 2) {
      throw new RangeError(`Identity begins matrices, of 2 dimensions. Received: ${formatShape(shape)}`);
    }
    const [rows, columns] = shape;
    return Float32Array.from(
      { length: rows * columns },
      (_, i) => (Math.floor(i / columns) === i % columns ? this.gain : 0),
    );
  }

  getConfig(): Record<string, unknown> {
    return { gain: this.gain };
  }
}

/** Ones (or `gain`) on the diagonal of a matrix, zeros beside it. */
export function identity(options: { gain?: number } = {}): Identity {
  return new Identity(options);
}
