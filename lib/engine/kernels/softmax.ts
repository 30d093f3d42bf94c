import { defineKernel } from "../define_kernel.ts";
import { native } from "../native.ts";

defineKernel({
  name: "Softmax",
  supports: ({ logits }, { dim }) =>
    logits.dtype === "float32" && (dim === -1 || dim === logits.shape.length - 1) && logits.shape.at(-1) !== 0,
  outputs: ({ logits }) => [{ shape: logits.shape, dtype: "float32" }],
  bind: ({ logits }, [out]) => {
    const n = logits.shape.at(-1)!;
    const [rows, from, to] = [logits.size / n, logits.offset, out.offset];
    return () => native.softmax(rows, n, from, to);
  },
});

/** `[rows, classes]` targets and logits → the loss of each row, and its gradient with respect to the logits. */
for (const name of ["SoftmaxCrossEntropy", "SparseSoftmaxCrossEntropy"] as const) {
  defineKernel({
    name,
    supports: ({ target, logits }) =>
      logits.dtype === "float32" && target.dtype === (name === "SoftmaxCrossEntropy" ? "float32" : "int32"),
    outputs: ({ logits }) => [
      { shape: [logits.shape[0]], dtype: "float32" },
      { shape: logits.shape, dtype: "float32" },
    ],
    bind: ({ target, logits }, [loss, gradient]) => {
      const [rows, n] = logits.shape;
      const run = name === "SoftmaxCrossEntropy" ? native.softmaxCrossEntropy : native.sparseSoftmaxCrossEntropy;
      const [t, z, l, g] = [target.offset, logits.offset, loss.offset, gradient.offset];
      return () => run(rows, n, t, z, l, g);
    },
  });
}
