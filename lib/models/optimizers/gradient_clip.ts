import { tf } from "baeum/tensors";
import type { RowGradient, RowGradients } from "./repeated_rows.ts";

/** How gradients that are too large are made smaller; one of the three at most. */
export interface Clipping {
  /** The largest Euclidean norm of a weight's gradient. */
  clipnorm?: number;
  /** The largest size of a single number of a gradient. */
  clipvalue?: number;
  /** The largest Euclidean norm of all gradients together. */
  globalClipnorm?: number;
}

/** A gradient, and the readings that it is the sum of where it is a table's. */
export interface Clipped {
  gradient: tf.Tensor;
  rows?: RowGradient;
}

/** Makes gradients smaller where they exceed a limit. */
export class GradientClip {
  readonly #limits: Clipping;

  constructor({ clipnorm, clipvalue, globalClipnorm }: Clipping) {
    const given = Object.entries({ clipnorm, clipvalue, globalClipnorm }).filter(([, limit]) => limit !== undefined);
    if (given.length > 1) {
      const received = given.map(([name, limit]) => `${name}: ${limit}`).join(", ");
      throw new RangeError(`Gradients are clipped in one way: give one of the limits. Received: ${received}`);
    }
    for (const [name, limit] of given) {
      if (!(limit! > 0)) throw new RangeError(`${name} must be positive. Received: ${limit}`);
    }
    this.#limits = { clipnorm, clipvalue, globalClipnorm };
  }

  /** The gradients, clipped; those of tables with their readings, which are clipped one by one. */
  call(gradients: tf.Tensor[], rows?: RowGradients): Clipped[] {
    const { clipnorm, clipvalue, globalClipnorm } = this.#limits;
    const given = gradients.map((gradient): Clipped => ({ gradient, rows: rows?.get(gradient) }));
    if (clipvalue !== undefined) return given.map((each) => clippedByValue(each, clipvalue));
    if (clipnorm !== undefined) return given.map((each) => scaled(each, squaredNorm(each), clipnorm));
    if (globalClipnorm !== undefined) {
      const total = given.map(squaredNorm).reduce((sum, square) => tf.add(sum, square));
      // Keras adds a word's rows up here, after it has measured them apart.
      return given.map((each) => ({ gradient: scaled(each, total, globalClipnorm).gradient }));
    }
    return given;
  }

  /** The limits, as in Keras' config. */
  getConfig(): Record<string, unknown> {
    const { clipnorm = null, clipvalue = null, globalClipnorm = null } = this.#limits;
    return { clipnorm, global_clipnorm: globalClipnorm, clipvalue };
  }
}

function clippedByValue({ gradient, rows }: Clipped, limit: number): Clipped {
  const clip = (x: tf.Tensor) => tf.clipByValue(x, -limit, limit);
  return rows ? { gradient: rows.sum(clip), rows: rows.changed(clip) } : { gradient: clip(gradient) };
}

function squaredNorm({ gradient, rows }: Clipped): tf.Tensor {
  return tf.sum(tf.square(rows?.rows ?? gradient));
}

/** A gradient times `limit / max(norm, limit)`: never longer than the limit, and finite where the norm is 0. */
function scaled({ gradient, rows }: Clipped, squaredNorm: tf.Tensor, limit: number): Clipped {
  const factor = tf.div(limit, tf.maximum(tf.sqrt(squaredNorm), limit));
  return { gradient: tf.mul(gradient, factor), rows: rows?.changed((x) => tf.mul(x, factor)) };
}
