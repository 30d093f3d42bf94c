import { FormatError } from "baeum/formats";

/** A config is text that a person could read; a larger one is meant to do harm. */
export const LARGEST_CONFIG = 2 ** 26;
/** As deep as 64 models within each other. */
const DEEPEST = 512;

/**
 * Reads a config that came in a file.
 *
 * @throws {FormatError} if it is no JSON; {RangeError} if it is nested too deep.
 */
export function parseConfig(format: string, name: string, text: string): Record<string, unknown> {
  if (text.length > LARGEST_CONFIG) {
    throw new FormatError(format, 0, `${name} has ${text.length} characters, more than ${LARGEST_CONFIG}`);
  }
  checkDepth(name, text);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FormatError(format, 0, `${name} is no JSON: ${(error as Error).message}`);
  }
}

/** Counts brackets outside of strings, before anything walks down into the objects. */
function checkDepth(name: string, text: string): void {
  let depth = 0;
  for (const [token] of text.matchAll(/[[\]{}]|"(?:[^"\\]|\\.)*"/gs)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    if (depth > DEEPEST) throw new RangeError(`${name} is nested deeper than ${DEEPEST} objects`);
  }
}

/** Numbers that Keras takes only with a point, which JSON leaves out behind whole ones. */
const FLOATS = new Set([
  "learning_rate",
  "initial_learning_rate",
  "end_learning_rate",
  "warmup_target",
  "values",
  "momentum",
  "beta",
  "threshold",
]);

// TypeScript does not know it yet.
const { rawJSON } = JSON as typeof JSON & { rawJSON(text: string): unknown };

/** A config as Keras reads it. */
export function writeConfig(config: unknown): string {
  const pointed = (value: unknown) => Number.isSafeInteger(value) ? rawJSON(`${value}.0`) : value;
  return JSON.stringify(config, (key, value) => {
    if (!FLOATS.has(key)) return value;
    return Array.isArray(value) ? value.map(pointed) : pointed(value);
  });
}
