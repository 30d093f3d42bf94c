import { tf } from "baeum/tensors";

/** A gate's four rows. */
export interface Gate {
  /** `[4, 2]`, float32: the inputs 0 0, 0 1, 1 0, 1 1. */
  x: tf.Tensor2D;
  /** `[4, 1]`, float32: the output for each. */
  y: tf.Tensor2D;
}

/**
 * The truth tables of AND, OR, NAND and XOR: all that a first perceptron has to learn, and the one that it cannot.
 *
 * @example
 * ```ts
 * import { gates } from "baeum/datasets";
 * import { assertEquals } from "@std/assert";
 *
 * const { xor } = gates.load();
 * assertEquals(xor.y.arraySync(), [[0], [1], [1], [0]]);
 * ```
 */
export function load(): Record<"and" | "or" | "nand" | "xor", Gate> {
  const gate = (outputs: number[]): Gate => ({
    x: tf.tensor2d([[0, 0], [0, 1], [1, 0], [1, 1]]),
    y: tf.tensor2d(outputs, [4, 1]),
  });
  return { and: gate([0, 0, 0, 1]), or: gate([0, 1, 1, 1]), nand: gate([1, 1, 1, 0]), xor: gate([0, 1, 1, 0]) };
}
