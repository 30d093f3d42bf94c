import { util } from "@tensorflow/tfjs";
import { defineKernel } from "../define_kernel.ts";
import { native } from "../native.ts";

const product = (sizes: number[]) => sizes.reduce((a, b) => a * b, 1);

/** Slices of x along an axis by number: an embedding's look-up, a batch out of a data set. */
defineKernel({
  name: "GatherV2",
  supports: ({ x, indices }, { batchDims }) =>
    !batchDims && indices.dtype === "int32" && (x.dtype === "float32" || x.dtype === "int32"),
  outputs: ({ x, indices }, { axis }) => {
    const [at] = util.parseAxisParam((axis ?? 0) as number, x.shape);
    const shape = [...x.shape.slice(0, at), ...indices.shape, ...x.shape.slice(at + 1)];
    return [{ shape, dtype: x.dtype as "float32" | "int32" }];
  },
  bind: ({ x, indices }, [out], { axis }) => {
    const [at] = util.parseAxisParam((axis ?? 0) as number, x.shape);
    const [outer, n, bytes] = [product(x.shape.slice(0, at)), x.shape[at], 4 * product(x.shape.slice(at + 1))];
    const [count, from, by, to] = [indices.size, x.offset, indices.offset, out.offset];
    return () => {
      if (native.gatherRows(outer, n, bytes, count, from, by, to) > 0) {
        throw new RangeError(`gather: an index is outside 0 … ${n - 1}, the range of axis ${at} of [${x.shape}]`);
      }
    };
  },
});

/** The rows of x added up by segment; an embedding's gradient. Ids outside 0 … numSegments − 1 are left out, as in TensorFlow. */
defineKernel({
  name: "UnsortedSegmentSum",
  supports: ({ x, segmentIds }) =>
    x.dtype === "float32" && segmentIds.dtype === "int32" && segmentIds.shape.length === 1,
  outputs: ({ x }, { numSegments }) => [{ shape: [numSegments as number, ...x.shape.slice(1)], dtype: "float32" }],
  bind: ({ x, segmentIds }, [out], { numSegments }) => {
    const [count, width] = [segmentIds.size, product(x.shape.slice(1))];
    const [from, ids, to] = [x.offset, segmentIds.offset, out.offset];
    return () => native.segmentSum(count, width, numSegments as number, from, ids, to);
  },
});
