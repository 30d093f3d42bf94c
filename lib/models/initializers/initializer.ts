import { nextSeed } from "baeum/tensors";
import { snakeCase } from "../names.ts";
import { lookUp } from "../registry.ts";
import { Constant, Ones, Zeros } from "./constant.ts";
import { GlorotNormal, HeNormal, LecunNormal, RandomNormal, TruncatedNormal } from "./normal.ts";
import { Identity } from "./identity.ts";
import { Orthogonal } from "./orthogonal.ts";
import { GlorotUniform, HeUniform, LecunUniform, RandomUniform } from "./uniform.ts";
import { VarianceScaling } from "./variance_scaling.ts";

/** Draws a weight's first values. */
export interface Initializer {
  /** Keras' class name, for example `GlorotUniform`. */
  readonly className: string;
  /** `shape.reduce((a, b) => a * b)` numbers in row-major order. */
  draw(shape: number[]): Float32Array;
  /** The arguments, as in Keras' config. */
  getConfig(): Record<string, unknown>;
}

/** Arguments of an initializer that draws at random. */
export interface SeededOptions {
  /** A whole number makes the draw repeatable; without it, {@linkcode seed} decides. */
  seed?: number;
}

/** The seed to use where none was given. */
export function seedOr(given: number | undefined): number {
  return given ?? nextSeed();
}

/** How many numbers flow into and out of a weight: what Glorot, He and LeCun scale by. */
export interface Fans {
  fanIn: number;
  fanOut: number;
}

/** Keras' `compute_fans`: `[in, out]` for Dense, `[...kernel, in, out]` for convolutions. */
export function fans(shape: number[]): Fans {
  if (shape.length < 1) return { fanIn: 1, fanOut: 1 };
  if (shape.length === 1) return { fanIn: shape[0], fanOut: shape[0] };
  const receptive = shape.slice(0, -2).reduce((a, b) => a * b, 1);
  return { fanIn: shape.at(-2)! * receptive, fanOut: shape.at(-1)! * receptive };
}

const classes = {
  Zeros,
  Ones,
  Constant,
  RandomUniform,
  RandomNormal,
  TruncatedNormal,
  GlorotUniform,
  GlorotNormal,
  HeUniform,
  HeNormal,
  LecunUniform,
  LecunNormal,
  Orthogonal,
  VarianceScaling,
  Identity,
} as const;

/** The names an initializer can be asked for by; snake_case and camelCase both work. */
export type InitializerName =
  | "identity"
  | "varianceScaling"
  | "variance_scaling"
  | "zeros"
  | "ones"
  | "randomUniform"
  | "random_uniform"
  | "uniform"
  | "randomNormal"
  | "random_normal"
  | "normal"
  | "truncatedNormal"
  | "truncated_normal"
  | "glorotUniform"
  | "glorot_uniform"
  | "glorotNormal"
  | "glorot_normal"
  | "heUniform"
  | "he_uniform"
  | "heNormal"
  | "he_normal"
  | "lecunUniform"
  | "lecun_uniform"
  | "lecunNormal"
  | "lecun_normal"
  | "orthogonal";

const byName = new Map<string, new () => Initializer>([
  ...Object.entries(classes).map(([name, make]) => [snakeCase(name), make as new () => Initializer] as const),
  ["normal", RandomNormal],
  ["uniform", RandomUniform],
]);

/** The initializer of a name, or the one given. A seeded one draws its seed here, as Keras' does. */
export function initializerOf(given: Initializer | InitializerName): Initializer {
  return typeof given === "string" ? new (lookUp("initializer", byName, given))() : given;
}
