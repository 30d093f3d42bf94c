import { random } from "baeum/tensors";
import { sizeOf } from "../shape.ts";
import { fans, type Initializer, type SeededOptions, seedOr } from "./initializer.ts";

/** Arguments of {@linkcode varianceScaling}. */
export interface VarianceScalingOptions extends SeededOptions {
  /** What the variance is multiplied by (default 1). */
  scale?: number;
  /** What it is divided by: the numbers that flow in (default), that flow out, or the mean of both. */
  mode?: "fan_in" | "fan_out" | "fan_avg";
  /** How values are drawn (default `"truncated_normal"`). */
  distribution?: "truncated_normal" | "untruncated_normal" | "uniform";
}

/** The standard deviation that a standard normal has left once it is cut at ±2. */
const CUT_STDDEV = 0.87962566103423978;

/** Values of variance `scale / n`, n a fan or the mean of both. Keras: `VarianceScaling`. */
export class VarianceScaling implements Initializer {
  readonly className = "VarianceScaling";
  readonly seed: number;
  readonly #config: Required<Omit<VarianceScalingOptions, "seed">> & { seed: number | null };

  constructor(
    { scale = 1, mode = "fan_in", distribution = "truncated_normal", seed }: VarianceScalingOptions = {},
  ) {
    if (!(scale > 0)) throw new RangeError(`scale must be positive. Received: ${scale}`);
    if (!["fan_in", "fan_out", "fan_avg"].includes(mode)) {
      throw new RangeError(`mode is fan_in, fan_out or fan_avg. Received: ${mode}`);
    }
    if (!["truncated_normal", "untruncated_normal", "uniform"].includes(distribution)) {
      throw new RangeError(
        `distribution is truncated_normal, untruncated_normal or uniform. Received: ${distribution}`,
      );
    }
    this.#config = { scale, mode, distribution, seed: seed ?? null };
    this.seed = seedOr(seed);
  }

  draw(shape: number[]): Float32Array {
    const { scale, mode, distribution } = this.#config;
    const { fanIn, fanOut } = fans(shape);
    const n = mode === "fan_in" ? fanIn : mode === "fan_out" ? fanOut : (fanIn + fanOut) / 2;
    const variance = scale / Math.max(1, n);
    const size = sizeOf(shape, "An initializer");
    if (distribution === "uniform") {
      const limit = Math.sqrt(3 * variance);
      return random.statelessUniform(size, -limit, limit, this.seed);
    }
    const stddev = Math.sqrt(variance);
    return distribution === "truncated_normal"
      ? random.statelessTruncatedNormal(size, 0, stddev / CUT_STDDEV, this.seed)
      : random.statelessNormal(size, 0, stddev, this.seed);
  }

  getConfig(): Record<string, unknown> {
    return { ...this.#config, input_axes: null, output_axes: null };
  }
}

/**
 * Values of variance `scale / n`: what Glorot's, He's and LeCun's draws have in common.
 *
 * @example
 * ```ts
 * import { initializers } from "baeum/models";
 * import { assertEquals } from "@std/assert";
 *
 * const he = initializers.varianceScaling({ scale: 2, seed: 1 });
 * assertEquals(he.draw([4, 3]), initializers.heNormal({ seed: 1 }).draw([4, 3]));
 * ```
 */
export function varianceScaling(options: VarianceScalingOptions = {}): VarianceScaling {
  return new VarianceScaling(options);
}
