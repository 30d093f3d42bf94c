import { formatShape, type Shape } from "../shape.ts";

/** How a window moves over an input's positions. */
export interface Window {
  size: number[];
  strides: number[];
  padding: "valid" | "same";
  dilations: number[];
}

/**
 * A number for each of `count` dimensions, from one number for all or a list.
 *
 * @throws {RangeError} for a list of another length, and for what is no whole number of at least 1.
 */
export function perDimension(given: number | number[], count: number, what: string): number[] {
  const list = Array.isArray(given) ? given : new Array<number>(count).fill(given);
  if (list.length !== count || !list.every((n) => Number.isInteger(n) && n >= 1)) {
    const one = count === 1 ? "a whole number" : `a whole number or a list of ${count}`;
    throw new RangeError(`${what} is ${one}, at least 1. Received: ${JSON.stringify(given)}`);
  }
  return list;
}

/** @throws {RangeError} for a padding that is neither `"valid"` nor `"same"`. */
export function checkPadding(padding: string): void {
  if (padding !== "valid" && padding !== "same") {
    throw new RangeError(`padding is "valid" or "same". Received: ${JSON.stringify(padding)}`);
  }
}

/**
 * How many windows fit, for each dimension of positions; unknown lengths stay unknown.
 *
 * @throws {RangeError} where not a single window fits.
 */
export function windowCounts(positions: Shape, { size, strides, padding, dilations }: Window, name: string): Shape {
  return positions.map((length, i) => {
    if (length === null) return null;
    const span = (size[i] - 1) * dilations[i] + 1;
    const count = padding === "same" ? Math.ceil(length / strides[i]) : Math.floor((length - span) / strides[i]) + 1;
    if (count >= 1) return count;
    throw new RangeError(
      `"${name}": a window of ${span} does not fit into ${length} positions. Received an input with positions ` +
        `${formatShape(positions)}; make it larger, the window smaller, or use padding: "same"`,
    );
  });
}

/** @throws {RangeError} when an input does not have `count` dimensions of positions between batch and channels. */
export function checkRank(shape: Shape, count: number, name: string): void {
  if (shape.length === count + 2) return;
  const dimensions = ["steps", "height, width", "depth, height, width"][count - 1];
  throw new RangeError(`"${name}" takes [batch, ${dimensions}, channels]. Received: ${formatShape(shape)}`);
}
