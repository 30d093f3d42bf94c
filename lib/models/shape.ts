/** A shape as a model knows it before it has seen data: `null` stands for a dimension of any size, as the batch is. */
export type Shape = (number | null)[];

/** `(None, 28, 28)`, as Keras prints a shape. */
export function formatShape(shape: readonly (number | null)[]): string {
  const parts = shape.map((n) => (n === null ? "None" : String(n)));
  return parts.length === 1 ? `(${parts[0]},)` : `(${parts.join(", ")})`;
}

/** The number of elements; `null` dimensions are refused, as their size is not known yet. */
export function sizeOf(shape: readonly (number | null)[], what: string): number {
  return shape.reduce<number>((size, n) => {
    if (n === null) throw new RangeError(`${what} needs a fixed shape. Received: ${formatShape(shape)}`);
    return size * n;
  }, 1);
}

/** Whether a tensor of shape `actual` fits where `expected` is asked for. */
export function shapesAgree(expected: readonly (number | null)[], actual: readonly (number | null)[]): boolean {
  return expected.length === actual.length &&
    expected.every((n, i) => n === null || actual[i] === null || n === actual[i]);
}
