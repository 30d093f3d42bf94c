import { defineKernel, type Operand } from "../define_kernel.ts";
import { native } from "../native.ts";

type Attributes = Record<string, number>;
type Prepare = (x: Operand, out: Operand, attributes: Attributes) => () => void;

/** Activations and the like, number by number, with their attributes. */
const kernels: Record<string, Prepare> = {
  LeakyRelu: (x, out, { alpha }) => () => native.leakyRelu(x.size, x.offset, out.offset, alpha),
  Elu: (x, out) => () => native.elu(x.size, x.offset, out.offset),
  Selu: (x, out) => () => native.selu(x.size, x.offset, out.offset),
  Relu6: (x, out) => () => native.clip(x.size, x.offset, out.offset, 0, 6),
  ClipByValue: (x, out, { clipValueMin, clipValueMax }) => () =>
    native.clip(x.size, x.offset, out.offset, clipValueMin, clipValueMax),
  Step: (x, out, { alpha = 0 }) => () => native.step(x.size, x.offset, out.offset, alpha),
  Reciprocal: (x, out) => () => native.reciprocal(x.size, x.offset, out.offset),
  Rsqrt: (x, out) => () => native.rsqrt(x.size, x.offset, out.offset),
};

for (const [name, prepare] of Object.entries(kernels)) {
  defineKernel({
    name,
    supports: ({ x }) => x.dtype === "float32",
    outputs: ({ x }) => [{ shape: x.shape, dtype: "float32" }],
    bind: ({ x }, [out], attributes) => prepare(x, out, attributes as Attributes),
  });
}

defineKernel({
  name: "EluGrad",
  supports: ({ dy, y }) => dy.dtype === "float32" && y.dtype === "float32",
  outputs: ({ y }) => [{ shape: y.shape, dtype: "float32" }],
  bind: ({ dy, y }, [dx]) => {
    const [n, d, from, to] = [y.size, dy.offset, y.offset, dx.offset];
    return () => native.eluGradient(n, d, from, to);
  },
});
