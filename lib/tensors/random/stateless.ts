import { Philox } from "./philox.ts";
import { cosf, logf, sinf } from "./single_precision.ts";

/**
 * `count` uniform numbers of at least `minval` and less than `maxval`: what `keras.random.uniform` and Keras' uniform
 * initializers draw on TensorFlow, bit for bit.
 *
 * @param seed A whole number, as an initializer's `seed`.
 * @param draw How many draws a Keras `SeedGenerator` of that seed has made before (default 0; initializers make one).
 *
 * @example
 * ```ts
 * import { random } from "baeum/tensors";
 * import { assertEquals } from "@std/assert";
 *
 * // keras.initializers.RandomUniform(0, 1, seed=42)([2])
 * assertEquals(random.statelessUniform(2, 0, 1, 42), Float32Array.of(0.2824331521987915, 0.4984169006347656));
 * ```
 */
export function statelessUniform(
  count: number,
  minval: number,
  maxval: number,
  seed: number,
  draw = 0,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(count);
  const words = new Uint32Array(out.buffer);
  streamOf(seed, draw).fill(words);
  const low = Math.fround(minval);
  const range = Math.fround(Math.fround(maxval) - low);
  // The words are replaced in place: each is read before it is overwritten.
  for (let i = 0; i < count; i++) out[i] = Math.fround(unitFloat(words[i]) * range) + low;
  return out;
}

/**
 * `count` normal numbers: what `keras.random.normal` and Keras' `RandomNormal` draw on TensorFlow, bit for bit
 * where that runs on Linux.
 *
 * @param seed A whole number, as an initializer's `seed`.
 * @param draw How many draws a Keras `SeedGenerator` of that seed has made before (default 0; initializers make one).
 */
export function statelessNormal(
  count: number,
  mean: number,
  stddev: number,
  seed: number,
  draw = 0,
): Float32Array<ArrayBuffer> {
  const words = new Uint32Array(count + (count & 1));
  streamOf(seed, draw).fill(words);
  const out = new Float32Array(count);
  const center = Math.fround(mean);
  const scale = Math.fround(stddev);
  for (let i = 0; i < count; i += 2) {
    const angle = angleOf(words[i + 1]);
    const radius = radiusOf(words[i]);
    out[i] = Math.fround(normal(sinf(angle), radius) * scale) + center;
    if (i + 1 < count) out[i + 1] = Math.fround(normal(cosf(angle), radius) * scale) + center;
  }
  return out;
}

/**
 * `count` normal numbers, none further than two standard deviations from the mean: what
 * `keras.random.truncated_normal` and Keras' normal initializers (He, Glorot, LeCun) draw on TensorFlow, bit for
 * bit where that runs on Linux.
 *
 * @param seed A whole number, as an initializer's `seed`.
 * @param draw How many draws a Keras `SeedGenerator` of that seed has made before (default 0; initializers make one).
 */
export function statelessTruncatedNormal(
  count: number,
  mean: number,
  stddev: number,
  seed: number,
  draw = 0,
): Float32Array<ArrayBuffer> {
  const stream = streamOf(seed, draw);
  const center = Math.fround(mean);
  const scale = Math.fround(stddev);
  const out = new Float32Array(count);
  const words = new Uint32Array(4);
  // Rejection takes an unknown count of words, so each four results get a stretch of the stream of their own.
  for (let group = 0; group < count; group += 4) {
    stream.seek(group / 4 * BLOCKS_PER_GROUP);
    const end = Math.min(group + 4, count);
    for (let i = group, at = 4; i < end; at += 2) {
      if (at === 4) {
        stream.fill(words);
        at = 0;
      }
      const radius = radiusOf(words[at]);
      const angle = angleOf(words[at + 1]);
      const first = normal(sinf(angle), radius);
      const second = normal(cosf(angle), radius);
      if (Math.abs(first) < 2) out[i++] = Math.fround(first * scale) + center;
      if (Math.abs(second) < 2 && i < end) out[i++] = Math.fround(second * scale) + center;
    }
  }
  return out;
}

const BLOCKS_PER_GROUP = 256;
/** Keras folds its 64-bit seeds into TensorFlow's 32 bits by this modulus: `int32.max − 1`. */
const SEED_MODULUS = 2147483646;

function streamOf(seed: number, draw: number): Philox {
  if (!Number.isSafeInteger(seed)) throw new RangeError(`A seed is a whole number. Received: ${seed}`);
  const folded = ((seed % SEED_MODULUS) + SEED_MODULUS) % SEED_MODULUS;
  return Philox.stateless(folded, draw % SEED_MODULUS);
}

/** The lower 23 bits as a float32 of at least 0 and less than 1. */
function unitFloat(word: number): number {
  return (word & 0x7fffff) / 0x800000;
}

// Box & Muller 1958, rounded to float32 where TensorFlow's C++ does.

function radiusOf(word: number): number {
  const u = Math.max(Math.fround(1e-7), unitFloat(word));
  return Math.fround(Math.sqrt(Math.fround(-2 * logf(u))));
}

function angleOf(word: number): number {
  return Math.fround(2 * Math.PI * unitFloat(word));
}

function normal(sineOrCosine: number, radius: number): number {
  return Math.fround(sineOrCosine * radius);
}
