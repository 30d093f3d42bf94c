import { formatShape, type Shape } from "../shape.ts";
import { type DataFormat, firstPosition } from "./data_format.ts";

/** How much lies before and after, along one dimension. */
export type Border = [before: number, after: number];

/** One number for all ends, or for each dimension a number or a pair; along one dimension the pair itself. */
export type Borders = number | (number | number[])[];

/**
 * Borders as a pair for each of `count` dimensions.
 *
 * @throws {RangeError} for a list of another length, and for what is no whole number of at least 0.
 */
export function bordersOf(given: Borders, count: number, what: string): Border[] {
  const list = Array.isArray(given) ? (count === 1 ? [given] : given) : new Array(count).fill(given);
  const pairs = list.map((entry) => Array.isArray(entry) ? entry : [entry, entry]);
  const whole = (n: unknown) => Number.isInteger(n) && (n as number) >= 0;
  if (pairs.length === count && pairs.every((pair) => pair.length === 2 && pair.every(whole))) {
    return pairs as Border[];
  }
  const shapes = count === 1 ? "a pair [before, after]" : `a list of ${count} whole numbers or pairs [before, after]`;
  throw new RangeError(`${what} is a whole number of at least 0, or ${shapes}. Received: ${JSON.stringify(given)}`);
}

/** The shape with each dimension of positions made longer (`sign` 1) or shorter (−1) by its border. */
export function resized(shape: Shape, borders: Border[], format: DataFormat, sign: 1 | -1): Shape {
  const first = firstPosition(format);
  return shape.map((length, axis) => {
    const border = borders[axis - first];
    return length === null || !border ? length : length + sign * (border[0] + border[1]);
  });
}

/** @throws {RangeError} when an input does not have `count` dimensions besides batch and channels. */
export function checkPositions(shape: Shape, count: number, name: string): void {
  if (shape.length === count + 2) return;
  throw new RangeError(
    `"${name}" takes an input of ${count + 2} dimensions: batch, channels and ${count} of positions. ` +
      `Received: ${formatShape(shape)}`,
  );
}
