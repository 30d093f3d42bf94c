import { native } from "../native.ts";
import { team } from "./engine_team.ts";
import type { Team } from "./team.ts";

/** Images of fewer numbers than this together are done sooner by one thread. */
const ALONE = 1 << 15;

/** Kernels that do the same with each image of a batch, none of which needs another. */
export type ImageKernel =
  | "averagePool"
  | "averagePoolGradient"
  | "col2im"
  | "im2col"
  | "maxPool"
  | "maxPoolGradient";

/**
 * Runs the kernel, the images on all threads where they are large; each image comes out as one thread would compute it.
 *
 * @param imagesAt Which argument is the number of images.
 * @param bytes How many bytes an image takes at each of the arguments before, 0 for what is no address.
 */
export function spreadImages(
  kernel: ImageKernel,
  values: number[],
  imagesAt: number,
  bytes: number[],
  threads: () => Team | undefined = team,
): void {
  const images = values[imagesAt];
  const several = images * Math.max(...bytes) < 4 * ALONE ? undefined : threads();
  if (!several) return (native[kernel] as (...values: number[]) => void)(...values);
  const steps = new Array<number>(values.length).fill(0);
  bytes.forEach((size, i) => steps[i] = size);
  several.run({ kernel, values, steps, lengthAt: imagesAt, chunk: Math.ceil(images / several.threads) });
}
