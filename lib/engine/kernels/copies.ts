import { backend_util, slice_util, type Tensor, util } from "@tensorflow/tfjs";
import { defineKernel, type InputSpecs, type OutputSpec } from "../define_kernel.ts";
import { native } from "../native.ts";
import { blockCopy, stridesOf } from "./block.ts";

const widths: Record<string, number> = { float32: 4, int32: 4, bool: 1 };
type Dtype = OutputSpec["dtype"];

function sliceOf(shape: number[], attributes: Record<string, unknown>): [begin: number[], size: number[]] {
  const { begin, size } = attributes as { begin: number[]; size: number[] };
  return slice_util.parseSliceParams({ shape } as Tensor, begin, size) as [number[], number[]];
}

defineKernel({
  name: "Slice",
  supports: ({ x }, attributes) => {
    const [, size] = sliceOf(x.shape, attributes);
    const bytes = widths[x.dtype];
    return bytes !== undefined &&
      blockCopy(size, stridesOf(x.shape, bytes), stridesOf(size, bytes), bytes) !== undefined;
  },
  outputs: ({ x }, attributes) => {
    const [begin, size] = sliceOf(x.shape, attributes);
    slice_util.assertParamsValid({ shape: x.shape } as Tensor, begin, size);
    return [{ shape: size, dtype: x.dtype as Dtype }];
  },
  bind: ({ x }, [out], attributes) => {
    const [begin, size] = sliceOf(x.shape, attributes);
    const strides = stridesOf(x.shape, widths[x.dtype]);
    const copy = blockCopy(size, strides, stridesOf(size, widths[x.dtype]), widths[x.dtype])!;
    const [from, to] = [begin.reduce((at, first, i) => at + first * strides[i], x.offset), out.offset];
    return () => copy(from, to);
  },
});

/** The pieces along an axis, of one tensor or of several, and where each lies in the whole. */
function pieces(shapes: number[][], axis: number): { whole: number[]; at: number[] } {
  const whole = backend_util.computeOutShape(shapes, axis);
  let next = 0;
  return { whole, at: shapes.map((shape) => (next += shape[axis]) - shape[axis]) };
}

defineKernel({
  name: "Concat",
  supports: (inputs) => {
    const list = Object.values(inputs);
    return list.every(({ dtype }) => dtype === list[0].dtype && widths[dtype] !== undefined);
  },
  outputs: (inputs, { axis }) => {
    const list = Object.values(inputs);
    const [along] = util.parseAxisParam(axis as number, list[0].shape);
    return [{ shape: pieces(list.map(({ shape }) => shape), along).whole, dtype: list[0].dtype as Dtype }];
  },
  bind: (inputs, [out], { axis }) => {
    const list = Object.values(inputs);
    const [along] = util.parseAxisParam(axis as number, list[0].shape);
    const { whole, at } = pieces(list.map(({ shape }) => shape), along);
    const bytes = widths[out.dtype];
    const strides = stridesOf(whole, bytes);
    // Pieces along one axis have one level of rows.
    const copies = list.map(({ shape, offset }, i) => {
      const copy = blockCopy(shape, stridesOf(shape, bytes), strides, bytes)!;
      const to = out.offset + at[i] * strides[along];
      return () => copy(offset, to);
    });
    return () => {
      for (let i = 0; i < copies.length; i++) copies[i]();
    };
  },
});

/** The sizes along the axis that is split. */
function splitSizes(inputs: InputSpecs, attributes: Record<string, unknown>): { along: number; sizes: number[] } {
  const { numOrSizeSplits, axis } = attributes as { numOrSizeSplits: number | number[]; axis: number };
  const { shape } = inputs.x;
  const [along] = util.parseAxisParam(axis, shape);
  return { along, sizes: backend_util.prepareSplitSize({ shape } as Tensor, numOrSizeSplits, along) };
}

defineKernel({
  name: "SplitV",
  // A single piece would have to come back in a list.
  supports: (inputs, attributes) =>
    widths[inputs.x.dtype] !== undefined && splitSizes(inputs, attributes).sizes.length > 1,
  outputs: (inputs, attributes) => {
    const { along, sizes } = splitSizes(inputs, attributes);
    return sizes.map((size) => ({ shape: inputs.x.shape.with(along, size), dtype: inputs.x.dtype as Dtype }));
  },
  bind: ({ x }, outs, attributes) => {
    const { along } = splitSizes({ x }, attributes);
    const bytes = widths[x.dtype];
    const strides = stridesOf(x.shape, bytes);
    let next = x.offset;
    const copies = outs.map(({ shape, offset }) => {
      const copy = blockCopy(shape, strides, stridesOf(shape, bytes), bytes)!;
      const from = next;
      next += shape[along] * strides[along];
      return () => copy(from, offset);
    });
    return () => {
      for (let i = 0; i < copies.length; i++) copies[i]();
    };
  },
});

defineKernel({
  name: "PadV2",
  supports: ({ x }, { paddings }) =>
    x.dtype === "float32" && blockCopy(
        x.shape,
        stridesOf(x.shape, 4),
        stridesOf(padded(x.shape, paddings as [number, number][]), 4),
        4,
      ) !== undefined,
  outputs: ({ x }, { paddings }) => [{ shape: padded(x.shape, paddings as [number, number][]), dtype: "float32" }],
  bind: ({ x }, [out], attributes) => {
    const { paddings, constantValue } = attributes as { paddings: [number, number][]; constantValue: number };
    const strides = stridesOf(out.shape, 4);
    const copy = blockCopy(x.shape, stridesOf(x.shape, 4), strides, 4)!;
    const to = paddings.reduce((at, [before], i) => at + before * strides[i], out.offset);
    return () => {
      native.fill(out.size, constantValue, out.offset);
      copy(x.offset, to);
    };
  },
});

function padded(shape: number[], paddings: [number, number][]): number[] {
  return shape.map((size, i) => paddings[i][0] + size + paddings[i][1]);
}

/** The axes of a transposed tensor as few as possible: those of length 1 left out, those that stay neighbours joined. */
function permutedAxes(shape: number[], perm: number[]): { size: number; stride: number }[] {
  const strides = stridesOf(shape, 4);
  const axes: { size: number; stride: number }[] = [];
  for (const from of perm) {
    const [size, stride] = [shape[from], strides[from]];
    const last = axes.at(-1);
    if (size === 1) continue;
    if (last && last.stride === stride * size) axes.splice(-1, 1, { size: last.size * size, stride });
    else axes.push({ size, stride });
  }
  return axes;
}

defineKernel({
  name: "Transpose",
  supports: ({ x }, { perm }) => widths[x.dtype] === 4 && permutedAxes(x.shape, perm as number[]).length <= 4,
  outputs: ({ x }, { perm }) => [
    { shape: (perm as number[]).map((axis) => x.shape[axis]), dtype: x.dtype as Dtype },
  ],
  bind: ({ x }, [out], { perm }) => {
    const axes = permutedAxes(x.shape, perm as number[]);
    while (axes.length < 4) axes.unshift({ size: 1, stride: 0 });
    const [a, b, c, d] = axes;
    const [from, to] = [x.offset, out.offset];
    return () => native.permute(a.size, b.size, c.size, d.size, a.stride, b.stride, c.stride, d.stride, from, to);
  },
});
