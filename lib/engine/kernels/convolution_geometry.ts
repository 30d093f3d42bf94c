import { backend_util } from "@tensorflow/tfjs";

/** How a window moves over images, each list as depth, height, width; plain images have a depth of 1. */
export interface Geometry {
  images: number;
  size: number[];
  channels: number;
  kernel: number[];
  /** Output positions. */
  out: number[];
  outChannels: number;
  strides: number[];
  dilations: number[];
  /** Positions of padding before the image. */
  padding: number[];
  outShape: number[];
}

type Padding = "valid" | "same" | number | backend_util.ExplicitPadding;
type Rounding = "floor" | "round" | "ceil";

/** A convolution's attributes, as tfjs' kernels get them. */
export interface ConvolutionAttributes {
  strides: number | number[];
  pad: Padding;
  dilations?: number | number[];
  dimRoundingMode?: Rounding;
  dataFormat?: string;
}

/** The geometry of a convolution of images `[batch, height, width, channels]`, or with a depth before the height. */
export function convolution(xShape: number[], filterShape: number[], attributes: ConvolutionAttributes): Geometry {
  const { strides, pad, dilations = 1, dimRoundingMode } = attributes;
  if (xShape.length === 5) {
    const info = backend_util.computeConv3DInfo(
      xShape as Shape5,
      filterShape as Shape5,
      strides as number,
      dilations as number,
      pad as "same",
    );
    return {
      images: info.batchSize,
      size: [info.inDepth, info.inHeight, info.inWidth],
      channels: info.inChannels,
      kernel: [info.filterDepth, info.filterHeight, info.filterWidth],
      out: [info.outDepth, info.outHeight, info.outWidth],
      outChannels: info.outChannels,
      strides: [info.strideDepth, info.strideHeight, info.strideWidth],
      dilations: [info.dilationDepth, info.dilationHeight, info.dilationWidth],
      padding: [info.padInfo.front, info.padInfo.top, info.padInfo.left],
      outShape: info.outShape,
    };
  }
  const info = backend_util.computeConv2DInfo(
    xShape as Shape4,
    filterShape as Shape4,
    strides as number,
    dilations as number,
    pad,
    dimRoundingMode,
  );
  return {
    images: info.batchSize,
    size: [1, info.inHeight, info.inWidth],
    channels: info.inChannels,
    kernel: [1, info.filterHeight, info.filterWidth],
    out: [1, info.outHeight, info.outWidth],
    outChannels: info.outChannels,
    strides: [1, info.strideHeight, info.strideWidth],
    dilations: [1, info.dilationHeight, info.dilationWidth],
    padding: [0, info.padInfo.top, info.padInfo.left],
    outShape: info.outShape,
  };
}

type Shape4 = [number, number, number, number];
type Shape5 = [number, number, number, number, number];

/** The numbers of one window. */
export function windowSize({ kernel: [depth, height, width], channels }: Geometry): number {
  return depth * height * width * channels;
}

/** The output positions of one image. */
export function positions({ out: [depth, height, width] }: Geometry): number {
  return depth * height * width;
}
