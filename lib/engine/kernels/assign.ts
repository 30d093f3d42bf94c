import { defineKernel } from "../define_kernel.ts";
import { heapBytes } from "../wasm_backend.ts";

/** Copies `value` into the memory of `target`. */
defineKernel({
  name: "Assign",
  outputs: () => [],
  inPlace: ["target"],
  bind: ({ target, value }) => {
    const [to, from, end] = [target.offset, value.offset, value.offset + 4 * value.size];
    return () => {
      heapBytes().copyWithin(to, from, end);
    };
  },
});
