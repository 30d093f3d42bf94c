import { backend_util } from "@tensorflow/tfjs";
import { defineKernel, type Operand } from "../define_kernel.ts";
import { native } from "../native.ts";
import { spreadImages } from "../threads/spread_images.ts";
import type { ConvolutionAttributes } from "./convolution_geometry.ts";

interface PoolingAttributes extends ConvolutionAttributes {
  filterSize: number | number[];
}

/** The output's shape, and what the assembly wants to know: sizes, then strides and paddings, depth first. */
function pooling(shape: number[], attributes: Record<string, unknown>): { outShape: number[]; numbers: Numbers } {
  const { filterSize, strides, pad, dimRoundingMode } = attributes as unknown as PoolingAttributes;
  if (shape.length === 5) {
    const info = backend_util.computePool3DInfo(
      shape as [number, number, number, number, number],
      filterSize as [number, number, number],
      strides as [number, number, number],
      1,
      pad as "same",
      dimRoundingMode,
    );
    return {
      outShape: info.outShape,
      numbers: [
        info.batchSize,
        info.inDepth,
        info.inHeight,
        info.inWidth,
        info.inChannels,
        info.filterDepth,
        info.filterHeight,
        info.filterWidth,
        info.outDepth,
        info.outHeight,
        info.outWidth,
        info.strideDepth,
        info.strideHeight,
        info.strideWidth,
        info.padInfo.front,
        info.padInfo.top,
        info.padInfo.left,
      ],
    };
  }
  const info = backend_util.computePool2DInfo(
    shape as [number, number, number, number],
    filterSize as [number, number],
    strides as [number, number],
    1,
    pad,
    dimRoundingMode,
  );
  return {
    outShape: info.outShape,
    numbers: [
      info.batchSize,
      1,
      info.inHeight,
      info.inWidth,
      info.inChannels,
      1,
      info.filterHeight,
      info.filterWidth,
      1,
      info.outHeight,
      info.outWidth,
      1,
      info.strideHeight,
      info.strideWidth,
      0,
      info.padInfo.top,
      info.padInfo.left,
    ],
  };
}

// deno-fmt-ignore
type Numbers = [
  number, number, number, number, number, number, number, number, number, number, number, number, number, number,
  number, number, number,
];

for (
  const { kernels, run } of [
    { kernels: ["MaxPool", "MaxPool3D"], run: "maxPool" },
    { kernels: ["AvgPool", "AvgPool3D"], run: "averagePool" },
  ] as const
) {
  for (const name of kernels) {
    defineKernel({
      name,
      supports: ({ x }) => x.dtype === "float32",
      outputs: ({ x }, attributes) => [{ shape: pooling(x.shape, attributes).outShape, dtype: "float32" }],
      bind: ({ x }, [y], attributes) => {
        const { numbers } = pooling(x.shape, attributes);
        const bytes = [bytesOfOne(x), bytesOfOne(y)];
        return () => spreadImages(run, [x.offset, y.offset, ...numbers], 2, bytes);
      },
    });
  }
}

/** The bytes of each image of a batch. */
function bytesOfOne({ shape, size }: Operand): number {
  return 4 * size / Math.max(shape[0], 1);
}

/** Whether windows lie apart from each other, and whether they leave no number out: then no zeros are needed first. */
function coverage(numbers: Numbers): { apart: boolean; whole: boolean } {
  const [, d, h, w, , kd, kh, kw, od, oh, ow, sd, sh, sw, front, top, left] = numbers;
  const apart = kd <= sd && kh <= sh && kw <= sw;
  const whole = kd === sd && kh === sh && kw === sw && od * sd === d && oh * sh === h && ow * sw === w &&
    front + top + left === 0;
  return { apart, whole };
}

for (const name of ["MaxPoolGrad", "MaxPool3DGrad"]) {
  defineKernel({
    name,
    supports: ({ dy, input }) => dy.dtype === "float32" && input.dtype === "float32",
    outputs: ({ input }) => [{ shape: input.shape, dtype: "float32" }],
    bind: ({ dy, input, output }, [dx], attributes) => {
      const { numbers } = pooling(input.shape, attributes);
      const { apart, whole } = coverage(numbers);
      const bytes = [0, bytesOfOne(input), bytesOfOne(output), bytesOfOne(dx), bytesOfOne(dy)];
      return () => {
        if (!whole) native.fill(dx.size, 0, dx.offset);
        const values = [Number(apart), input.offset, output.offset, dx.offset, dy.offset, ...numbers];
        spreadImages("maxPoolGradient", values, 5, bytes);
      };
    },
  });
}

for (const name of ["AvgPoolGrad", "AvgPool3DGrad"]) {
  defineKernel({
    name,
    supports: ({ dy }) => dy.dtype === "float32",
    outputs: ({ input }) => [{ shape: input.shape, dtype: "float32" }],
    bind: ({ dy, input }, [dx], attributes) => {
      const { numbers } = pooling(input.shape, attributes);
      const { apart, whole } = coverage(numbers);
      const bytes = [0, bytesOfOne(dx), bytesOfOne(dy)];
      return () => {
        if (!whole) native.fill(dx.size, 0, dx.offset);
        spreadImages("averagePoolGradient", [Number(apart), dx.offset, dy.offset, ...numbers], 3, bytes);
      };
    },
  });
}
