import { defineKernel, type InputSpecs, type Operand } from "../define_kernel.ts";
import { gemm } from "../gemm.ts";
import { native } from "../native.ts";
import {
  convolution,
  type ConvolutionAttributes,
  type Geometry,
  positions,
  windowSize,
} from "./convolution_geometry.ts";

/** The columns matrix is made for as many images at a time as fill this: it is to stay in the cache. */
const COLUMNS_BYTES = 2 ** 21;

/** How a batch is cut up, and what makes the columns matrix of one piece. */
interface Columns {
  /** Images in a piece; the last piece may have fewer. */
  step: number;
  rows: number;
  width: number;
  bytes: number;
  /** Without windows (1 × 1, stride 1) the images themselves are the columns matrix. */
  plain: boolean;
  fill(image: number, columns: number, images: number): void;
  addBack(image: number, columns: number, images: number): void;
}

function columnsOf(geometry: Geometry): Columns {
  const { images, size, channels, kernel, out, strides, dilations, padding } = geometry;
  const [rows, width] = [positions(geometry), windowSize(geometry)];
  const each = 4 * rows * width;
  const step = Math.max(1, Math.min(images, Math.floor(COLUMNS_BYTES / Math.max(each, 1))));
  const [d, h, w] = size;
  const [kd, kh, kw] = kernel;
  const [od, oh, ow] = out;
  const [sd, sh, sw] = strides;
  const [dd, dh, dw] = dilations;
  const [front, top, left] = padding;
  const plain = [...kernel, ...strides].every((one) => one === 1) && padding.every((none) => none === 0) &&
    size.every((length, i) => length === out[i]);
  return {
    step: plain ? images : step,
    rows,
    width,
    bytes: plain ? 0 : step * each,
    plain,
    fill: (image, columns, n) =>
      native.im2col(
        image,
        columns,
        n,
        d,
        h,
        w,
        channels,
        kd,
        kh,
        kw,
        od,
        oh,
        ow,
        sd,
        sh,
        sw,
        dd,
        dh,
        dw,
        front,
        top,
        left,
      ),
    addBack: (image, columns, n) =>
      native.col2im(
        image,
        columns,
        n,
        d,
        h,
        w,
        channels,
        kd,
        kh,
        kw,
        od,
        oh,
        ow,
        sd,
        sh,
        sw,
        dd,
        dh,
        dw,
        front,
        top,
        left,
      ),
  };
}

type Workspace = (bytes: number) => number;

/** y = x ∗ filter. */
export function bindForward(geometry: Geometry, x: Operand, filter: Operand, y: Operand, workspace: Workspace) {
  const { images, channels, size: [d, h, w], outChannels } = geometry;
  const { step, rows, width, bytes, plain, fill } = columnsOf(geometry);
  const multiply = gemm();
  const columns = workspace(bytes);
  const [imageBytes, outBytes] = [4 * d * h * w * channels, 4 * rows * outChannels];
  return () => {
    for (let i = 0; i < images; i += step) {
      const n = Math.min(step, images - i);
      const from = x.offset + i * imageBytes;
      if (!plain) fill(from, columns, n);
      const a = plain ? from : columns;
      multiply(false, false, n * rows, outChannels, width, a, filter.offset, y.offset + i * outBytes, 0);
    }
  };
}

/** dfilter = xᵀ ∗ dy, summed over the batch. */
function bindFilterGradient(geometry: Geometry, x: Operand, dy: Operand, dfilter: Operand, workspace: Workspace) {
  const { images, channels, size: [d, h, w], outChannels } = geometry;
  const { step, rows, width, bytes, plain, fill } = columnsOf(geometry);
  const multiply = gemm();
  const columns = workspace(bytes);
  const [imageBytes, outBytes] = [4 * d * h * w * channels, 4 * rows * outChannels];
  return () => {
    if (images === 0) native.fill(dfilter.size, 0, dfilter.offset);
    for (let i = 0; i < images; i += step) {
      const n = Math.min(step, images - i);
      const from = x.offset + i * imageBytes;
      if (!plain) fill(from, columns, n);
      const a = plain ? from : columns;
      const beta = i === 0 ? 0 : 1;
      multiply(true, false, width, outChannels, n * rows, a, dy.offset + i * outBytes, dfilter.offset, beta);
    }
  };
}

/** dx: dy · filterᵀ gives the gradient of each window, which is added back to where the window lay. */
function bindInputGradient(geometry: Geometry, dy: Operand, filter: Operand, dx: Operand, workspace: Workspace) {
  const { images, channels, size: [d, h, w], outChannels } = geometry;
  const { step, rows, width, bytes, plain, addBack } = columnsOf(geometry);
  const multiply = gemm();
  const columns = workspace(bytes);
  const [imageBytes, outBytes] = [4 * d * h * w * channels, 4 * rows * outChannels];
  return () => {
    if (!plain) native.fill(dx.size, 0, dx.offset);
    for (let i = 0; i < images; i += step) {
      const n = Math.min(step, images - i);
      const to = dx.offset + i * imageBytes;
      const c = plain ? to : columns;
      multiply(false, true, n * rows, width, outChannels, dy.offset + i * outBytes, filter.offset, c, 0);
      if (!plain) addBack(to, columns, n);
    }
  };
}

/** Channels last, float32, and the filter takes all channels: what these kernels can do. */
export function isPlain(inputs: InputSpecs, { dataFormat }: Record<string, unknown>): boolean {
  const channelsLast = dataFormat === undefined || dataFormat === "NHWC" || dataFormat === "NDHWC";
  return channelsLast && Object.values(inputs).every((input) => input === undefined || input.dtype === "float32");
}

for (const name of ["Conv2D", "Conv3D"]) {
  defineKernel({
    name,
    supports: isPlain,
    outputs: ({ x, filter }, attributes) => [{
      shape: convolution(x.shape, filter.shape, attributes as unknown as ConvolutionAttributes).outShape,
      dtype: "float32",
    }],
    bind: ({ x, filter }, [y], attributes, workspace) => {
      const geometry = convolution(x.shape, filter.shape, attributes as unknown as ConvolutionAttributes);
      return bindForward(geometry, x, filter, y, workspace);
    },
  });
}

for (const name of ["Conv2DBackpropFilter", "Conv3DBackpropFilterV2"]) {
  defineKernel({
    name,
    supports: isPlain,
    outputs: (_, { filterShape }) => [{ shape: filterShape as number[], dtype: "float32" }],
    bind: ({ x, dy }, [dfilter], attributes, workspace) => {
      const geometry = convolution(x.shape, dfilter.shape, attributes as unknown as ConvolutionAttributes);
      return bindFilterGradient(geometry, x, dy, dfilter, workspace);
    },
  });
}

for (const name of ["Conv2DBackpropInput", "Conv3DBackpropInputV2"]) {
  defineKernel({
    name,
    supports: isPlain,
    outputs: (_, { inputShape }) => [{ shape: inputShape as number[], dtype: "float32" }],
    bind: ({ dy, filter }, [dx], attributes, workspace) => {
      const geometry = convolution(dx.shape, filter.shape, attributes as unknown as ConvolutionAttributes);
      return bindInputGradient(geometry, dy, filter, dx, workspace);
    },
  });
}
