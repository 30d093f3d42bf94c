import { camelCased, lookUp, underscored } from "../registry.ts";
import { binaryCrossentropy, categoricalCrossentropy, sparseCategoricalCrossentropy } from "./crossentropy.ts";
import { klDivergence, poisson } from "./divergence.ts";
import { binaryFocalCrossentropy, categoricalFocalCrossentropy } from "./focal.ts";
import { categoricalHinge, hinge, squaredHinge } from "./hinge.ts";
import { Loss, type LossFunction, type LossOptions } from "./loss.ts";
import {
  cosineSimilarity,
  huber,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
} from "./regression.ts";

/** The losses under Keras' names in camelCase. */
const factories = {
  meanSquaredError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredLogarithmicError,
  huber,
  logCosh,
  cosineSimilarity,
  binaryCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
  binaryFocalCrossentropy,
  categoricalFocalCrossentropy,
  klDivergence,
  poisson,
  hinge,
  squaredHinge,
  categoricalHinge,
} as const;

/** Makes a loss from its options, for example `losses.huber`. */
export type LossFactory = (options?: LossOptions) => Loss;

/** Short names, as in Keras. */
const aliases = {
  mse: meanSquaredError,
  mae: meanAbsoluteError,
  mape: meanAbsolutePercentageError,
  msle: meanSquaredLogarithmicError,
  bce: binaryCrossentropy,
  kld: klDivergence,
  kullback_leibler_divergence: klDivergence,
  logcosh: logCosh,
  huber_loss: huber,
  kldivergence: klDivergence,
} as const;

/** `meanSquaredError` → `mean_squared_error`, as a type. */
type Underscored<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${Underscored<Rest>}`
  : Name;

/** The names a loss can be asked for by: Keras' in snake_case, in camelCase, of the class, or short. */
export type LossName =
  | keyof typeof factories
  | Underscored<keyof typeof factories>
  | Capitalize<Exclude<keyof typeof factories, "klDivergence">>
  | "KLDivergence"
  | Exclude<keyof typeof aliases, "kldivergence">
  | Uppercase<"mse" | "mae" | "mape" | "msle" | "bce" | "kld">;

const byName = new Map<string, LossFactory>([
  ...Object.entries(factories).map(([name, make]) => [underscored(name), make as LossFactory] as const),
  ...Object.entries(aliases),
]);

/** The names that losses are looked up by, in snake_case. */
export function lossNames(): string[] {
  return [...byName.keys()];
}

const known = new Set<unknown>(byName.values());

/**
 * The loss of a name, the one given, the one that a factory makes without options, or a function of one's own made into one.
 *
 * @throws {RangeError} for an unknown name.
 */
export function lossOf(given: Loss | LossName | LossFactory | LossFunction): Loss {
  if (typeof given === "string") return lookUp("loss", byName, given)();
  if (typeof given !== "function") return given;
  if (known.has(given)) return (given as LossFactory)();
  return new Loss({ name: given.name || "loss", className: "function", perSample: given as LossFunction });
}

/**
 * Makes a loss from what its `className` and `getConfig` tell, as they are in Keras' files.
 *
 * @throws {RangeError} for an unknown class.
 */
export function lossFromConfig(className: string, config: Record<string, unknown> = {}): Loss {
  const options = Object.entries(config)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => [camelCased(key), value]);
  return lookUp("loss", byName, className)(Object.fromEntries(options));
}
