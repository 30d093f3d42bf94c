import { broadcastShape, walkThrough } from "../broadcast.ts";
import { defineKernel } from "../define_kernel.ts";
import { native } from "../native.ts";

/** a < b, a ≤ b and a = b, with the operands exchanged or the answer turned round for the other three. */
const comparisons: Record<string, { kind: 0 | 1 | 2; exchange?: boolean; negate?: boolean }> = {
  Less: { kind: 0 },
  LessEqual: { kind: 1 },
  Greater: { kind: 0, exchange: true },
  GreaterEqual: { kind: 1, exchange: true },
  Equal: { kind: 2 },
  NotEqual: { kind: 2, negate: true },
};

for (const [name, { kind, exchange = false, negate = false }] of Object.entries(comparisons)) {
  defineKernel({
    name,
    supports: ({ a, b }) =>
      a.dtype === b.dtype && (a.dtype === "float32" || a.dtype === "int32") &&
      walkThrough(a.shape, b.shape) !== undefined,
    outputs: ({ a, b }) => [{ shape: broadcastShape(a.shape, b.shape), dtype: "bool" }],
    bind: ({ a, b }, [out]) => {
      const [first, second] = exchange ? [b, a] : [a, b];
      const { rows, columns, aRow, aStep, bRow, bStep } = walkThrough(first.shape, second.shape)!;
      if (out.size === 0) return () => {};
      const run = a.dtype === "float32" ? native.compareFloats : native.compareInts;
      const [x, y, to, turned] = [first.offset, second.offset, out.offset, negate ? 1 : 0];
      return () => run(kind, turned, rows, columns, x, aRow, aStep, y, bRow, bStep, to);
    },
  });
}

/** Numbers of t where the condition holds, of e elsewhere; all three of one shape. */
defineKernel({
  name: "Select",
  supports: ({ condition, t, e }) =>
    t.dtype === e.dtype && (t.dtype === "float32" || t.dtype === "int32") &&
    condition.shape.join() === t.shape.join() && t.shape.join() === e.shape.join(),
  outputs: ({ t }) => [{ shape: t.shape, dtype: t.dtype as "float32" | "int32" }],
  bind: ({ condition, t, e }, [out]) => {
    const [n, c, a, b, to] = [t.size, condition.offset, t.offset, e.offset, out.offset];
    return () => native.select(n, c, a, b, to);
  },
});
