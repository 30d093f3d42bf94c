import { native } from "../native.ts";

/** How a block of numbers is copied: levels of rows, each level with its steps in bytes. */
interface Level {
  size: number;
  from: number;
  to: number;
}

/** The bytes from number to number along each axis of a tensor that lies in one piece. */
export function stridesOf(shape: number[], bytes: number): number[] {
  const strides = new Array<number>(shape.length);
  let stride = bytes;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}

/**
 * A copy of a block of this shape between places with steps of their own, from one offset to another; undefined where it has
 * more than three levels of rows.
 */
export function blockCopy(
  shape: number[],
  fromStrides: number[],
  toStrides: number[],
  elementBytes: number,
): ((from: number, to: number) => void) | undefined {
  if (shape.includes(0)) return () => {};
  let bytes = elementBytes;
  const levels: Level[] = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const level = { size: shape[axis], from: fromStrides[axis], to: toStrides[axis] };
    if (level.size === 1) continue;
    const inner = levels[0];
    if (!inner && level.from === bytes && level.to === bytes) bytes *= level.size;
    else if (inner && level.from === inner.from * inner.size && level.to === inner.to * inner.size) {
      inner.size *= level.size;
    } else levels.unshift(level);
  }
  if (levels.length > 3) return undefined;
  while (levels.length < 3) levels.unshift({ size: 1, from: 0, to: 0 });
  const [a, b, c] = levels;
  return (from, to) =>
    native.copyBlock(a.size, b.size, c.size, bytes, from, a.from, b.from, c.from, to, a.to, b.to, c.to);
}
