import { defineKernel, type Operand } from "../define_kernel.ts";
import { native } from "../native.ts";

const float = (shape: number[]) => ({ shape, dtype: "float32" as const });

/** The rows and channels of `[…, channels]`. */
function extent({ size, shape }: Operand): [rows: number, channels: number] {
  const channels = shape.at(-1)!;
  return [size / Math.max(channels, 1), channels];
}

/** Batch normalisation over all axes but the last while training: the result, and the batch's mean and variance. */
defineKernel({
  name: "BatchNorm",
  outputs: ({ x }) => [float(x.shape), float([x.shape.at(-1)!]), float([x.shape.at(-1)!])],
  bind: (inputs, [y, mean, variance], { epsilon }, workspace) => {
    const { x, gamma, beta } = inputs as { x: Operand; gamma?: Operand; beta?: Operand };
    const [rows, channels] = extent(x);
    const scratch = workspace(4 * channels);
    const [from, scale, shift] = [x.offset, gamma?.offset ?? 0, beta?.offset ?? 0];
    const [to, m, v] = [y.offset, mean.offset, variance.offset];
    return () => native.batchNorm(rows, channels, from, scale, shift, epsilon as number, to, m, v, scratch);
  },
});

/** Its gradients with respect to x, gamma and beta. */
defineKernel({
  name: "BatchNormGradient",
  outputs: ({ x }) => [float(x.shape), float([x.shape.at(-1)!]), float([x.shape.at(-1)!])],
  bind: (inputs, [dx, dgamma, dbeta], { epsilon }, workspace) => {
    const { dy, x, mean, variance, gamma } = inputs as Record<"dy" | "x" | "mean" | "variance", Operand> & {
      gamma?: Operand;
    };
    const [rows, channels] = extent(x);
    const scratch = workspace(12 * channels);
    const [d, from, m, v, scale] = [dy.offset, x.offset, mean.offset, variance.offset, gamma?.offset ?? 0];
    const [to, g, b] = [dx.offset, dgamma.offset, dbeta.offset];
    return () => native.batchNormGradient(rows, channels, d, from, m, v, scale, epsilon as number, to, g, b, scratch);
  },
});
