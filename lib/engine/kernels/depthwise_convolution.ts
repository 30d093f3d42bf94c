import { backend_util } from "@tensorflow/tfjs";
import { defineKernel } from "../define_kernel.ts";
import { native } from "../native.ts";
import type { ConvolutionAttributes } from "./convolution_geometry.ts";

type Shape4 = [number, number, number, number];

function depthwise(xShape: number[], filterShape: number[], attributes: Record<string, unknown>) {
  const { strides, pad, dilations = 1, dimRoundingMode } = attributes as unknown as ConvolutionAttributes;
  const info = backend_util.computeConv2DInfo(
    xShape as Shape4,
    filterShape as Shape4,
    strides as number,
    dilations as number,
    pad,
    dimRoundingMode,
    true,
  );
  const numbers = [
    info.batchSize,
    info.inHeight,
    info.inWidth,
    info.inChannels,
    info.outChannels / info.inChannels,
    info.filterHeight,
    info.filterWidth,
    info.outHeight,
    info.outWidth,
    info.strideHeight,
    info.strideWidth,
    info.dilationHeight,
    info.dilationWidth,
    info.padInfo.top,
    info.padInfo.left,
  ] as const;
  return { outShape: info.outShape, numbers };
}

defineKernel({
  name: "DepthwiseConv2dNative",
  supports: ({ x, filter }) => x.dtype === "float32" && filter.dtype === "float32",
  outputs: ({ x, filter }, attributes) => [
    { shape: depthwise(x.shape, filter.shape, attributes).outShape, dtype: "float32" },
  ],
  bind: ({ x, filter }, [y], attributes) => {
    const { numbers } = depthwise(x.shape, filter.shape, attributes);
    return () => {
      native.fill(y.size, 0, y.offset);
      native.depthwise(x.offset, filter.offset, y.offset, ...numbers);
    };
  },
});

defineKernel({
  name: "DepthwiseConv2dNativeBackpropInput",
  outputs: (_, { inputShape }) => [{ shape: inputShape as number[], dtype: "float32" }],
  bind: ({ dy, filter }, [dx], attributes) => {
    const { numbers } = depthwise(dx.shape, filter.shape, attributes);
    return () => {
      native.fill(dx.size, 0, dx.offset);
      native.depthwiseInputGradient(dx.offset, filter.offset, dy.offset, ...numbers);
    };
  },
});

defineKernel({
  name: "DepthwiseConv2dNativeBackpropFilter",
  outputs: (_, { filterShape }) => [{ shape: filterShape as number[], dtype: "float32" }],
  bind: ({ x, dy }, [dfilter], attributes) => {
    const { numbers } = depthwise(x.shape, dfilter.shape, attributes);
    return () => {
      native.fill(dfilter.size, 0, dfilter.offset);
      native.depthwiseFilterGradient(x.offset, dfilter.offset, dy.offset, ...numbers);
    };
  },
});
