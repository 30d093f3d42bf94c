import { defineKernel, type InputSpecs, type Operand } from "../define_kernel.ts";
import { gemm } from "../gemm.ts";
import { biasActivation } from "./bias_activation.ts";
import { native } from "../native.ts";
import { activationKind } from "./activation_kind.ts";
import { columnsMatrix } from "./columns_matrix.ts";
import { convolution, type ConvolutionAttributes, type Geometry } from "./convolution_geometry.ts";

type Workspace = (bytes: number) => number;

/** The bytes of one image, and of what one image becomes. */
function imageBytes({ size: [depth, height, width], channels, out, outChannels }: Geometry): [number, number] {
  return [4 * depth * height * width * channels, 4 * out[0] * out[1] * out[2] * outChannels];
}

/** y = x ∗ filter; `then` is called for each piece of y while it is in the cache. */
function bindForward(
  geometry: Geometry,
  x: Operand,
  filter: Operand,
  y: Operand,
  workspace: Workspace,
  then?: (y: number, rows: number) => void,
): () => void {
  const { images, outChannels } = geometry;
  const { step, rows, width, bytes, isImage, crosswise, fill } = columnsMatrix(geometry);
  const multiply = gemm();
  const columns = workspace(bytes);
  const [inBytes, outBytes] = imageBytes(geometry);
  return () => {
    for (let i = 0; i < images; i += step) {
      const n = Math.min(step, images - i);
      const [from, to] = [x.offset + i * inBytes, y.offset + i * outBytes];
      if (!isImage) fill(from, columns, n);
      multiply(crosswise, false, n * rows, outChannels, width, isImage ? from : columns, filter.offset, to, 0);
      then?.(to, n * rows);
    }
  };
}

/** dfilter = xᵀ ∗ dy, summed over the batch. */
function bindFilterGradient(
  geometry: Geometry,
  x: Operand,
  dy: Operand,
  dfilter: Operand,
  workspace: Workspace,
): () => void {
  const { images, outChannels } = geometry;
  const { step, rows, width, bytes, isImage, crosswise, fill } = columnsMatrix(geometry);
  const multiply = gemm();
  const columns = workspace(bytes);
  const [inBytes, outBytes] = imageBytes(geometry);
  return () => {
    if (images === 0) native.fill(dfilter.size, 0, dfilter.offset);
    for (let i = 0; i < images; i += step) {
      const n = Math.min(step, images - i);
      const [from, by] = [x.offset + i * inBytes, dy.offset + i * outBytes];
      if (!isImage) fill(from, columns, n);
      const a = isImage ? from : columns;
      multiply(!crosswise, false, width, outChannels, n * rows, a, by, dfilter.offset, i === 0 ? 0 : 1);
    }
  };
}

/** dx: dy · filterᵀ gives the gradient of each window, which is added back to where the window lay. */
function bindInputGradient(
  geometry: Geometry,
  dy: Operand,
  filter: Operand,
  dx: Operand,
  workspace: Workspace,
): () => void {
  const { images, outChannels } = geometry;
  const { step, rows, width, bytes, isImage, addBack } = columnsMatrix(geometry);
  const multiply = gemm();
  const columns = workspace(bytes);
  const [inBytes, outBytes] = imageBytes(geometry);
  return () => {
    if (!isImage) native.fill(dx.size, 0, dx.offset);
    for (let i = 0; i < images; i += step) {
      const n = Math.min(step, images - i);
      const [from, to] = [dy.offset + i * outBytes, dx.offset + i * inBytes];
      multiply(false, true, n * rows, width, outChannels, from, filter.offset, isImage ? to : columns, 0);
      if (!isImage) addBack(to, columns, n);
    }
  };
}

function geometryOf(x: number[], filter: number[], attributes: Record<string, unknown>): Geometry {
  return convolution(x, filter, attributes as unknown as ConvolutionAttributes);
}

/** Channels last and float32: what these kernels can do. */
function isPlain(inputs: InputSpecs, { dataFormat }: Record<string, unknown>): boolean {
  const channelsLast = dataFormat === undefined || dataFormat === "NHWC" || dataFormat === "NDHWC";
  return channelsLast && Object.values(inputs).every((input) => !input || input.dtype === "float32");
}

for (const name of ["Conv2D", "Conv3D"]) {
  defineKernel({
    name,
    supports: isPlain,
    outputs: ({ x, filter }, attributes) => [
      { shape: geometryOf(x.shape, filter.shape, attributes).outShape, dtype: "float32" },
    ],
    bind: ({ x, filter }, [y], attributes, workspace) =>
      bindForward(geometryOf(x.shape, filter.shape, attributes), x, filter, y, workspace),
  });
}

/** `activation(x ∗ filter + bias)` for two or three dimensions. */
for (const name of ["ConvolutionForward", "FusedConv2D"]) {
  defineKernel({
    name,
    supports: (inputs, attributes) =>
      isPlain(inputs, attributes) && activationKind(attributes.activation) !== undefined &&
      (!inputs.bias || inputs.bias.shape.at(-1) === inputs.filter.shape.at(-1)),
    outputs: ({ x, filter }, attributes) => [
      { shape: geometryOf(x.shape, filter.shape, attributes).outShape, dtype: "float32" },
    ],
    bind: ({ x, filter, bias }, [y], attributes, workspace) => {
      const geometry = geometryOf(x.shape, filter.shape, attributes);
      const kind = activationKind(attributes.activation)!;
      const { outChannels } = geometry;
      let zeros = 0;
      if (!bias) zeros = workspace(4 * outChannels);
      const forward = bindForward(
        geometry,
        x,
        filter,
        y,
        workspace,
        (y, rows) => biasActivation(y, bias ? bias.offset : zeros, rows, outChannels, kind),
      );
      if (bias) return forward;
      return () => {
        native.fill(outChannels, 0, zeros);
        forward();
      };
    },
  });
}

for (const name of ["Conv2DBackpropFilter", "Conv3DBackpropFilterV2"]) {
  defineKernel({
    name,
    supports: isPlain,
    outputs: (_, { filterShape }) => [{ shape: filterShape as number[], dtype: "float32" }],
    bind: ({ x, dy }, [dfilter], attributes, workspace) =>
      bindFilterGradient(geometryOf(x.shape, dfilter.shape, attributes), x, dy, dfilter, workspace),
  });
}

for (const name of ["Conv2DBackpropInput", "Conv3DBackpropInputV2"]) {
  defineKernel({
    name,
    supports: isPlain,
    outputs: (_, { inputShape }) => [{ shape: inputShape as number[], dtype: "float32" }],
    bind: ({ dy, filter }, [dx], attributes, workspace) =>
      bindInputGradient(geometryOf(dx.shape, filter.shape, attributes), dy, filter, dx, workspace),
  });
}
