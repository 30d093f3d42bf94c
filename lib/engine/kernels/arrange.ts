import { defineKernel } from "../define_kernel.ts";
import { native } from "../native.ts";
import { heapBytes } from "../wasm_backend.ts";

/** Tensors of one shape put side by side along a new first axis. */
defineKernel({
  name: "Pack",
  supports: (inputs, { axis }) => axis === 0 && Object.values(inputs).every(({ dtype }) => dtype === "float32"),
  outputs: (inputs) => {
    const list = Object.values(inputs);
    return [{ shape: [list.length, ...list[0].shape], dtype: "float32" }];
  },
  bind: (inputs, [out]) => {
    const list = Object.values(inputs);
    const bytes = 4 * list[0].size;
    const moves = list.map(({ offset }, i) => [out.offset + i * bytes, offset, offset + bytes] as const);
    return () => {
      const heap = heapBytes();
      for (let i = 0; i < moves.length; i++) heap.copyWithin(moves[i][0], moves[i][1], moves[i][2]);
    };
  },
});

/** The same number everywhere. */
defineKernel({
  name: "Fill",
  supports: (_, { dtype, value }) => typeof value === "number" && (dtype === undefined || dtype === "float32"),
  outputs: (_, { shape }) => [{ shape: shape as number[], dtype: "float32" }],
  bind: (_, [out], { value }) => {
    const [n, to] = [out.size, out.offset];
    return () => native.fill(n, value as number, to);
  },
});

for (const [name, value] of [["ZerosLike", 0], ["OnesLike", 1]] as const) {
  defineKernel({
    name,
    supports: ({ x }) => x.dtype === "float32",
    outputs: ({ x }) => [{ shape: x.shape, dtype: "float32" }],
    bind: (_, [out]) => {
      const [n, to] = [out.size, out.offset];
      return () => native.fill(n, value, to);
    },
  });
}
