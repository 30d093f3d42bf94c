import { defineKernel } from "../define_kernel.ts";
import { gemm } from "../gemm.ts";
import { activationBiasGradient, biasActivation } from "./bias_activation.ts";
import { activationKind } from "./activation_kind.ts";

/** `activation(x · kernel + bias)`: the product by BLAS, bias and activation in one pass over its result. */
defineKernel({
  name: "DenseForward",
  outputs: ({ x, kernel }) => [{ shape: [x.shape[0], kernel.shape[1]], dtype: "float32" }],
  bind: ({ x, kernel, bias }, [y], { activation }) => {
    const [m, k] = x.shape;
    const n = kernel.shape[1];
    const multiply = gemm();
    const kind = activationKind(activation)!;
    return () => {
      multiply(false, false, m, n, k, x.offset, kernel.offset, y.offset, 0);
      biasActivation(y.offset, bias.offset, m, n, kind);
    };
  },
});

/** From the output and its gradient: the gradient before the activation, and the bias' gradient. */
defineKernel({
  name: "ActivationBiasGradient",
  outputs: ({ y }) => [{ shape: y.shape, dtype: "float32" }, { shape: [y.shape[1]], dtype: "float32" }],
  overwrites: "dy",
  bind: ({ dy, y }, [dz, dbias], { activation }) => {
    const [rows, columns] = y.shape;
    const kind = activationKind(activation)!;
    return () => activationBiasGradient(dy.offset, y.offset, dz.offset, dbias.offset, rows, columns, kind);
  },
});
