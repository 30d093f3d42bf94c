import { defineKernel, type Operand } from "../define_kernel.ts";
import { biasActivation } from "./bias_activation.ts";
import { native } from "../native.ts";
import { activationKind } from "./activation_kind.ts";
import { bindProduct, productShape } from "./mat_mul.ts";

/** Activations that are a pass of their own over the product. */
const afterwards: Record<string, (n: number, x: number, attributes: { leakyreluAlpha?: number }) => void> = {
  relu6: (n, x) => native.clip(n, x, x, 0, 6),
  elu: (n, x) => native.elu(n, x, x),
  leakyrelu: (n, x, { leakyreluAlpha = 0.2 }) => native.leakyRelu(n, x, x, leakyreluAlpha),
};

/** `activation(a · b + bias)`; tfjs' own is wrong for a transposed b, and for stacks, where there is a bias. */
defineKernel({
  name: "_FusedMatMul",
  supports: ({ a, b, bias, preluActivationWeights }, attributes) => {
    const activation = (attributes.activation ?? "linear") as string;
    const columns = productShape(a.shape, b.shape, attributes).at(-1);
    return a.dtype === "float32" && b.dtype === "float32" && !preluActivationWeights &&
      (activationKind(activation) !== undefined || activation in afterwards) &&
      (!bias || (bias.dtype === "float32" && bias.shape.reduce((x, y) => x * y, 1) === columns &&
        bias.shape.at(-1) === columns));
  },
  outputs: ({ a, b }, attributes) => [{ shape: productShape(a.shape, b.shape, attributes), dtype: "float32" }],
  bind: (inputs, [out], attributes, workspace) => {
    const { a, b, bias } = inputs as { a: Operand; b: Operand; bias?: Operand };
    const activation = (attributes.activation ?? "linear") as string;
    const product = bindProduct(a, b, out, attributes);
    const columns = out.shape.at(-1)!;
    if (out.size === 0) return () => {};
    const [rows, to] = [out.size / columns, out.offset];
    const kind = activationKind(activation) ?? activationKind("linear")!;
    const last = afterwards[activation] as typeof afterwards[string] | undefined;
    const zeros = bias ? 0 : workspace(4 * columns);
    const shift = bias ? bias.offset : zeros;
    return () => {
      if (zeros) native.fill(columns, 0, zeros);
      product();
      biasActivation(to, shift, rows, columns, kind);
      last?.(out.size, to, attributes);
    };
  },
});
