import { assert, assertEquals } from "@std/assert";
import "baeum/engine";
import { tf, useBackend } from "baeum/tensors";

/** Numbers that repeat from run to run, without rounding to nice values. */
export function numbers(shape: number[], seed = 1): tf.Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(Float32Array.from({ length: size }, (_, i) => Math.sin(seed * 12.9898 + i * 78.233) * 2), shape);
}

/** Asserts that two lists of numbers agree, to a share of the largest; NaN equals NaN, infinity itself. */
export function assertNear(actual: ArrayLike<number>, expected: ArrayLike<number>, title: string, tolerance = 1e-5) {
  assertEquals(actual.length, expected.length, title);
  let scale = 1;
  for (let i = 0; i < expected.length; i++) {
    if (Number.isFinite(expected[i])) scale = Math.max(scale, Math.abs(expected[i]));
  }
  for (let i = 0; i < expected.length; i++) {
    const [value, want] = [actual[i], expected[i]];
    const near = Math.abs(value - want) <= tolerance * scale || Object.is(value, want) || value === want;
    assert(near, `${title} [${i}]: ${value}, not ${want}`);
  }
}

/** Runs an op on tfjs' plain JavaScript backend and on ours, and compares number by number. */
export async function compare(title: string, op: () => tf.Tensor | tf.Tensor[], tolerance = 1e-5): Promise<void> {
  const run = () => {
    const results = tf.tidy(() => [op()].flat());
    const plain = results.map((tensor) => ({ shape: tensor.shape, dtype: tensor.dtype, values: tensor.dataSync() }));
    tf.dispose(results);
    return plain;
  };
  await useBackend("cpu");
  let expected: ReturnType<typeof run>;
  try {
    expected = run();
  } finally {
    await useBackend("wasm");
  }
  run().forEach(({ shape, dtype, values }, i) => {
    assertEquals(shape, expected[i].shape, title);
    assertEquals(dtype, expected[i].dtype, title);
    assertNear(values, expected[i].values, title, tolerance);
  });
}

/**
 * Asserts that gradients are what moving each input a little shows, for the sum of the output weighted with fixed numbers.
 */
export function compareWithDifferences(
  title: string,
  op: (...inputs: tf.Tensor[]) => tf.Tensor,
  inputs: tf.Tensor[],
  tolerance = 2e-2,
): void {
  const weighted = (...given: tf.Tensor[]) => {
    const y = op(...given);
    return tf.sum(tf.mul(y, numbers(y.shape, 5)));
  };
  const gradients = tf.grads(weighted)(inputs);
  const step = 1e-2;
  inputs.forEach((input, n) => {
    const values = input.dataSync().slice();
    const differences = values.map((value, i) => {
      const at = (x: number) =>
        tf.tidy(() => {
          const moved = values.slice();
          moved[i] = x;
          return weighted(...inputs.map((other, k) => k === n ? tf.tensor(moved, input.shape) : other)).dataSync()[0];
        });
      return (at(value + step) - at(value - step)) / (2 * step);
    });
    assertNear(gradients[n].dataSync(), differences, `${title}: gradient of input ${n}`, tolerance);
  });
}
