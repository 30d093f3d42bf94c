import * as tf from "@tensorflow/tfjs";

/** Whether the backend in use has a kernel; where it has not, an op is put together from others. */
export function hasKernel(name: string): boolean {
  return tf.getKernel(name, tf.getBackend()) !== undefined;
}
