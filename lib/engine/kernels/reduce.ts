import { util } from "@tensorflow/tfjs";
import { defineKernel } from "../define_kernel.ts";
import { native } from "../native.ts";

interface Reduction {
  outer: number;
  n: number;
  inner: number;
  /** The shape that is left. */
  shape: number[];
}

const product = (sizes: number[]) => sizes.reduce((a, b) => a * b, 1);

/** A reduction over neighbouring axes as one over the middle of `[outer, n, inner]`; undefined for others. */
function reduction(shape: number[], axis: number | number[] | undefined, keepDims: boolean): Reduction | undefined {
  const axes = util.parseAxisParam(axis ?? shape.map((_, i) => i), shape).toSorted((a, b) => a - b);
  if (axes.length === 0) return undefined;
  const [first, last] = [axes[0], axes.at(-1)!];
  if (last - first !== axes.length - 1) return undefined;
  return {
    outer: product(shape.slice(0, first)),
    n: product(shape.slice(first, last + 1)),
    inner: product(shape.slice(last + 1)),
    shape: keepDims ? shape.map((size, i) => axes.includes(i) ? 1 : size) : shape.filter((_, i) => !axes.includes(i)),
  };
}

interface Attributes {
  axis?: number | number[];
  reductionIndices?: number | number[];
  keepDims?: boolean;
}

function reductionOf(shape: number[], attributes: Record<string, unknown>): Reduction | undefined {
  const { axis, reductionIndices, keepDims = false } = attributes as Attributes;
  return reduction(shape, axis ?? reductionIndices, keepDims);
}

for (const name of ["Sum", "Mean", "Max"] as const) {
  defineKernel({
    name,
    // The largest of nothing, and the mean of nothing, are tfjs' to answer; but not no answers, by which it divides.
    supports: ({ x }, attributes) => {
      const reduced = reductionOf(x.shape, attributes);
      return x.dtype === "float32" && x.shape.length > 0 && reduced !== undefined &&
        (product(x.shape) > 0 || product(reduced.shape) === 0);
    },
    outputs: ({ x }, attributes) => [{ shape: reductionOf(x.shape, attributes)!.shape, dtype: "float32" }],
    bind: ({ x }, [out], attributes) => {
      const { outer, n, inner } = reductionOf(x.shape, attributes)!;
      if (out.size === 0) return () => {};
      const [from, to] = [x.offset, out.offset];
      if (name === "Max") return () => native.max(outer, n, inner, from, to);
      const scale = name === "Mean" ? 1 / n : 1;
      return () => native.sum(outer, n, inner, from, to, scale);
    },
  });
}

/** Where the largest number of each row is. */
defineKernel({
  name: "ArgMax",
  supports: ({ x }, { axis }) => {
    const [only] = util.parseAxisParam(axis as number | number[], x.shape);
    return x.dtype === "float32" && only === x.shape.length - 1 && product(x.shape) > 0;
  },
  outputs: ({ x }) => [{ shape: x.shape.slice(0, -1), dtype: "int32" }],
  bind: ({ x }, [out]) => {
    const [outer, n, from, to] = [out.size, x.shape.at(-1)!, x.offset, out.offset];
    return () => native.argMax(outer, n, from, to);
  },
});
