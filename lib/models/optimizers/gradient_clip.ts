import { tf } from "baeum/tensors";

/** How gradients that are too large are made smaller; one of the three at most. */
export interface Clipping {
  /** The largest Euclidean norm of a weight's gradient. */
  clipnorm?: number;
  /** The largest size of a single number of a gradient. */
  clipvalue?: number;
  /** The largest Euclidean norm of all gradients together. */
  globalClipnorm?: number;
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

  /** The gradients, clipped. */
  call(gradients: tf.Tensor[]): tf.Tensor[] {
    const { clipnorm, clipvalue, globalClipnorm } = this.#limits;
    if (clipvalue !== undefined) return gradients.map((gradient) => tf.clipByValue(gradient, -clipvalue, clipvalue));
    if (clipnorm !== undefined) {
      return gradients.map((gradient) => scaled(gradient, tf.sum(tf.square(gradient)), clipnorm));
    }
    if (globalClipnorm !== undefined) {
      const squares = gradients.map((gradient) => tf.sum(tf.square(gradient)));
      const total = squares.reduce((sum, square) => tf.add(sum, square));
      return gradients.map((gradient) => scaled(gradient, total, globalClipnorm));
    }
    return gradients;
  }

  /** The limits, as in Keras' config. */
  getConfig(): Record<string, unknown> {
    const { clipnorm = null, clipvalue = null, globalClipnorm = null } = this.#limits;
    return { clipnorm, global_clipnorm: globalClipnorm, clipvalue };
  }
}

/** A gradient times `limit / max(norm, limit)`: never longer than the limit, and finite where the norm is 0. */
function scaled(gradient: tf.Tensor, squaredNorm: tf.Tensor, limit: number): tf.Tensor {
  return tf.mul(gradient, tf.div(limit, tf.maximum(tf.sqrt(squaredNorm), limit)));
}
