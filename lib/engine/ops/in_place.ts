import * as tf from "@tensorflow/tfjs";
import { kernelDefinition } from "../define_kernel.ts";
import { hasKernel } from "./has_kernel.ts";

/**
 * Gives a variable new values. On WASM they are written into the memory that it has, so that a recorded step can do it again.
 *
 * @throws {RangeError} when the shapes differ.
 */
export function assign(variable: tf.Variable, value: tf.Tensor): void {
  if (variable.shape.join() !== value.shape.join()) {
    throw new RangeError(`The variable has the shape [${variable.shape}]. Received: [${value.shape}]`);
  }
  if (hasKernel("Assign")) tf.engine().runKernel("Assign", { target: variable, value });
  else variable.assign(value);
}

/**
 * Runs a kernel that changes some of its inputs where they lie. Where there is none that can, `otherwise` does the same, op
 * by op.
 */
export function updateInPlace(
  kernel: string,
  inputs: Record<string, tf.Tensor>,
  attributes: Record<string, unknown>,
  otherwise: () => void,
): void {
  if (hasKernel(kernel) && kernelDefinition(kernel, inputs, attributes)) {
    tf.engine().runKernel(kernel, inputs, attributes as tf.NamedAttrMap);
  } else tf.tidy(otherwise);
}
