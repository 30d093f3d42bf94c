import { defineKernel } from "../define_kernel.ts";
import { native } from "../native.ts";

/** `[rows, n]` targets and outputs → the loss of each row, a mean along it, and its gradient with respect to the outputs. */
for (
  const { name, run } of [
    { name: "MeanSquaredError", run: native.meanSquaredError },
    { name: "SigmoidCrossEntropy", run: native.sigmoidCrossEntropy },
  ]
) {
  defineKernel({
    name,
    outputs: ({ output }) => [
      { shape: [output.shape[0]], dtype: "float32" },
      { shape: output.shape, dtype: "float32" },
    ],
    bind: ({ target, output }, [loss, gradient]) => {
      const [rows, n] = output.shape;
      const [t, y, l, g] = [target.offset, output.offset, loss.offset, gradient.offset];
      return () => run(rows, n, t, y, l, g);
    },
  });
}
