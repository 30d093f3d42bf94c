/** Deeper no honest config nests its objects. */
const DEEPEST = 64;

/** Whether a value of a config is an object with names, not a list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @throws {RangeError} for a depth that would end in a stack overflow. */
export function checkDepth(depth: number): void {
  if (depth > DEEPEST) throw new RangeError(`The config is nested deeper than ${DEEPEST} objects`);
}
