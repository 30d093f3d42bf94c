import { defineKernel, type InputSpecs, type Operand } from "../define_kernel.ts";
import { gemm } from "../gemm.ts";

interface MatMulAttributes {
  transposeA: boolean;
  transposeB: boolean;
}

/** The sizes of `a · b`: rows, columns, and what is summed over. */
function sizes(a: number[], b: number[], { transposeA, transposeB }: MatMulAttributes) {
  const [m, k] = transposeA ? [a.at(-1)!, a.at(-2)!] : [a.at(-2)!, a.at(-1)!];
  return { m, k, n: transposeB ? b.at(-2)! : b.at(-1)! };
}

/** The shape of the stack of products: the operands' leading dimensions, stretched to each other where one is 1. */
function stackShape(a: number[], b: number[]): number[] {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank - 2 }, (_, i) => {
    const [x, y] = [a.at(i - rank) ?? 1, b.at(i - rank) ?? 1];
    return x === 1 ? y : x;
  });
}

/** For each product of the stack, which matrix of an operand it reads. */
function matrixNumbers(stack: number[], shape: number[]): number[] {
  const count = stack.reduce((x, y) => x * y, 1);
  return Array.from({ length: count }, (_, product) => {
    let [rest, number, stride] = [product, 0, 1];
    for (let axis = stack.length - 1; axis >= 0; axis--) {
      const size = shape.at(axis - stack.length - 2) ?? 1;
      if (size !== 1) number += (rest % stack[axis]) * stride;
      stride *= size;
      rest = Math.floor(rest / stack[axis]);
    }
    return number;
  });
}

/** The shape of `a · b`. */
export function productShape(a: number[], b: number[], attributes: Record<string, unknown>): number[] {
  const { m, n } = sizes(a, b, attributes as unknown as MatMulAttributes);
  return [...stackShape(a, b), m, n];
}

/** `out = a · b` for matrices and stacks of them. */
export function bindProduct(a: Operand, b: Operand, out: Operand, attributes: Record<string, unknown>): () => void {
  const { transposeA = false, transposeB = false } = attributes as Partial<MatMulAttributes>;
  const { m, n, k } = sizes(a.shape, b.shape, { transposeA, transposeB });
  const multiply = gemm();
  if (out.size === 0) return () => {};
  const stack = stackShape(a.shape, b.shape);
  if (stack.every((size) => size === 1)) {
    const [from, by, to] = [a.offset, b.offset, out.offset];
    return () => multiply(transposeA, transposeB, m, n, k, from, by, to, 0);
  }
  const [as, bs] = [matrixNumbers(stack, a.shape), matrixNumbers(stack, b.shape)];
  return () => {
    for (let i = 0; i < as.length; i++) {
      const [from, by, to] = [a.offset + 4 * as[i] * m * k, b.offset + 4 * bs[i] * n * k, out.offset + 4 * i * m * n];
      multiply(transposeA, transposeB, m, n, k, from, by, to, 0);
    }
  };
}

/** `a · b`, every combination of transposes. */
defineKernel({
  name: "BatchMatMul",
  supports: ({ a, b }: InputSpecs) => a.dtype === "float32" && b.dtype === "float32",
  outputs: ({ a, b }, attributes) => [{ shape: productShape(a.shape, b.shape, attributes), dtype: "float32" }],
  bind: ({ a, b }, [out], attributes) => bindProduct(a, b, out, attributes),
});
