import type { NativeKernels } from "../assembly/kernels.d.ts";
import { native } from "../native.ts";
import { team } from "./engine_team.ts";
import type { Team } from "./team.ts";

/** Fewer numbers than this are updated sooner by one thread. */
const ALONE = 1 << 16;

/** Kernels whose first argument is how many numbers, followed by where they lie. */
export type ElementwiseKernel =
  | "adadelta"
  | "adagrad"
  | "adam"
  | "adamMax"
  | "adamax"
  | "ftrl"
  | "lion"
  | "nadam"
  | "rmsprop"
  | "sgd"
  | "sgdMomentum"
  | "weightDecay";

/**
 * The kernel, on all threads where there are many numbers; each number comes out as one thread would compute it.
 *
 * @param addresses How many arguments after the first are addresses of float32 numbers; 0 stands for none.
 */
export function spread<K extends ElementwiseKernel>(
  kernel: K,
  addresses: number,
  threads: () => Team | undefined = team,
): NativeKernels[K] {
  const alone = native[kernel] as (...values: number[]) => void;
  const run = (...given: (number | boolean)[]) => {
    const values = given.map(Number);
    const several = values[0] < ALONE ? undefined : threads();
    if (!several) return alone(...values);
    const steps = values.map((value, i) => i >= 1 && i <= addresses && value !== 0 ? 4 : 0);
    // Pieces of whole vectors: the numbers that are left over at the end are the same ones as without threads.
    const chunk = Math.ceil(values[0] / (2 * several.threads) / 16) * 16;
    several.run({ kernel, values, steps, lengthAt: 0, chunk });
  };
  return run as NativeKernels[K];
}
