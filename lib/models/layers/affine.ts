import type { Constraint } from "../constraints/mod.ts";
import type { Initializer, InitializerName } from "../initializers/mod.ts";
import { Layer, type LayerOptions } from "../layer.ts";
import type { Regularizer } from "../regularizers/mod.ts";
import type { Weight } from "../weight.ts";
import { type WeightArguments, weightArguments, weightConfig } from "./weight_arguments.ts";

/** What normalisations that learn a factor and a summand are told about them. */
export interface AffineOptions extends LayerOptions {
  /** What is added to a variance before its root is taken (default 0.001). */
  epsilon?: number;
  /** Whether `beta` is added afterwards (default true). */
  center?: boolean;
  /** Whether the result is multiplied by `gamma` (default true). */
  scale?: boolean;
  /** How beta begins (default `"zeros"`). */
  betaInitializer?: Initializer | InitializerName;
  /** How gamma begins (default `"ones"`). */
  gammaInitializer?: Initializer | InitializerName;
  betaRegularizer?: Regularizer | "l1" | "l2" | "l1_l2" | null;
  gammaRegularizer?: Regularizer | "l1" | "l2" | "l1_l2" | null;
  betaConstraint?: Constraint | "max_norm" | "non_neg" | "unit_norm" | "min_max_norm" | null;
  gammaConstraint?: Constraint | "max_norm" | "non_neg" | "unit_norm" | "min_max_norm" | null;
}

/** A normalisation that multiplies by `gamma` and adds `beta` afterwards, both learnt. */
export abstract class Affine extends Layer {
  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
  gamma?: Weight;
  beta?: Weight;
  readonly #gamma: WeightArguments;
  readonly #beta: WeightArguments;

  constructor(options: AffineOptions) {
    super(options);
    const { epsilon = 1e-3, center = true, scale = true } = options;
    if (!(epsilon >= 0)) throw new RangeError(`epsilon must not be negative. Received: ${epsilon}`);
    this.epsilon = epsilon;
    this.center = center;
    this.scale = scale;
    const { gammaInitializer, gammaRegularizer, gammaConstraint } = options;
    const { betaInitializer, betaRegularizer, betaConstraint } = options;
    const gamma = { initializer: gammaInitializer, regularizer: gammaRegularizer, constraint: gammaConstraint };
    const beta = { initializer: betaInitializer, regularizer: betaRegularizer, constraint: betaConstraint };
    this.#gamma = weightArguments(gamma, "ones");
    this.#beta = weightArguments(beta, "zeros");
  }

  /** Adds gamma. */
  protected addGamma(shape: number[]): void {
    this.gamma = this.addWeight("gamma", { shape, ...this.#gamma });
  }

  /** Adds beta. */
  protected addBeta(shape: number[]): void {
    this.beta = this.addWeight("beta", { shape, ...this.#beta });
  }

  override getConfig(): Record<string, unknown> {
    return {
      ...super.getConfig(),
      epsilon: this.epsilon,
      center: this.center,
      scale: this.scale,
      ...weightConfig("beta", this.#beta),
      ...weightConfig("gamma", this.#gamma),
    };
  }
}
