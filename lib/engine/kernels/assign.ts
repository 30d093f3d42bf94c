import { defineKernel } from "../define_kernel.ts";
import { bytesOf, heapBytes } from "../wasm_backend.ts";

/** Copies `value` into the memory of `target`. */
defineKernel({
  name: "Assign",
  supports: ({ target, value }) => target.dtype === value.dtype && target.dtype !== "string",
  outputs: () => [],
  inPlace: ["target"],
  bind: ({ target, value }) => {
    const [to, from] = [target.offset, value.offset];
    const end = from + bytesOf(value.shape, value.dtype);
    return () => {
      heapBytes().copyWithin(to, from, end);
    };
  },
});
