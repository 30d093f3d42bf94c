import { broadcastShape, walkThrough } from "../broadcast.ts";
import { defineKernel } from "../define_kernel.ts";
import { type BinaryFunction, native, type UnaryFunction } from "../native.ts";

const binary: Record<string, BinaryFunction> = {
  Add: native.add,
  AddV2: native.add,
  Sub: native.sub,
  Multiply: native.mul,
  RealDiv: native.div,
  Maximum: native.maximum,
  Minimum: native.minimum,
  SquaredDifference: native.squaredDifference,
};

for (const [name, run] of Object.entries(binary)) {
  defineKernel({
    name,
    supports: ({ a, b }) =>
      a.dtype === "float32" && b.dtype === "float32" && walkThrough(a.shape, b.shape) !== undefined,
    outputs: ({ a, b }) => [{ shape: broadcastShape(a.shape, b.shape), dtype: "float32" }],
    bind: ({ a, b }, [out]) => {
      const { rows, columns, aRow, aStep, bRow, bStep } = walkThrough(a.shape, b.shape)!;
      if (out.size === 0) return () => {};
      const [x, y, to] = [a.offset, b.offset, out.offset];
      return () => run(rows, columns, x, aRow, aStep, y, bRow, bStep, to);
    },
  });
}

const unary: Record<string, UnaryFunction> = {
  Relu: native.relu,
  Sigmoid: native.sigmoid,
  Tanh: native.tanh,
  Exp: native.exp,
  Log: native.log,
  Sqrt: native.sqrt,
  Square: native.square,
  Neg: native.neg,
  Abs: native.abs,
};

for (const [name, run] of Object.entries(unary)) {
  defineKernel({
    name,
    supports: ({ x }) => x.dtype === "float32",
    outputs: ({ x }) => [{ shape: x.shape, dtype: "float32" }],
    bind: ({ x }, [out]) => {
      const [n, from, to] = [x.size, x.offset, out.offset];
      return () => run(n, from, to);
    },
  });
}

/** bool and int32 to float32. */
defineKernel({
  name: "Cast",
  supports: ({ x }, { dtype }) => dtype === "float32" && (x.dtype === "bool" || x.dtype === "int32"),
  outputs: ({ x }) => [{ shape: x.shape, dtype: "float32" }],
  bind: ({ x }, [out]) => {
    const run = x.dtype === "bool" ? native.boolToFloat : native.intToFloat;
    const [n, from, to] = [x.size, x.offset, out.offset];
    return () => run(n, from, to);
  },
});
