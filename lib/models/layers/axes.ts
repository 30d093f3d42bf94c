import { formatShape, type Shape } from "../shape.ts";

/**
 * Axes counted from the front, in rising order; −1 is the last.
 *
 * @throws {RangeError} for an axis that the shape does not have, or that is named twice.
 */
export function axesOf(given: number | readonly number[], shape: Shape, name: string): number[] {
  const list = typeof given === "number" ? [given] : given;
  const axes = list.map((axis) => axis < 0 ? axis + shape.length : axis).toSorted((a, b) => a - b);
  const fit = axes.every((axis, i) =>
    Number.isInteger(axis) && axis >= 0 && axis < shape.length && axis !== axes[i - 1]
  );
  if (fit) return axes;
  throw new RangeError(
    `"${name}": the axis ${JSON.stringify(given)} is none of an input of the shape ${formatShape(shape)}`,
  );
}

/**
 * The lengths along axes.
 *
 * @throws {RangeError} where one is not known.
 */
export function lengthsAlong(axes: number[], shape: Shape, name: string): number[] {
  return axes.map((axis) => {
    const length = shape[axis];
    if (length !== null) return length;
    throw new RangeError(`"${name}" needs to know the length of axis ${axis}. Received: ${formatShape(shape)}`);
  });
}

/** Ones, but for the axes given. */
export function stretchedAlong(axes: number[], lengths: number[], rank: number): number[] {
  return Array.from({ length: rank }, (_, axis) => axes.includes(axis) ? lengths[axes.indexOf(axis)] : 1);
}
