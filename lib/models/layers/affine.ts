import { type Constraint, constraintOf } from "../constraints/mod.ts";
import { type Initializer, type InitializerName, initializerOf } from "../initializers/mod.ts";
import { Layer, type LayerOptions } from "../layer.ts";
import { type Regularizer, regularizerOf } from "../regularizers/mod.ts";
import { serialized } from "../serialized.ts";
import type { Weight } from "../weight.ts";

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
  readonly betaInitializer: Initializer;
  readonly gammaInitializer: Initializer;
  readonly betaRegularizer?: Regularizer;
  readonly gammaRegularizer?: Regularizer;
  readonly betaConstraint?: Constraint;
  readonly gammaConstraint?: Constraint;
  gamma?: Weight;
  beta?: Weight;

  constructor(options: AffineOptions) {
    super(options);
    const { epsilon = 1e-3, center = true, scale = true } = options;
    if (!(epsilon >= 0)) throw new RangeError(`epsilon must not be negative. Received: ${epsilon}`);
    this.epsilon = epsilon;
    this.center = center;
    this.scale = scale;
    this.betaInitializer = initializerOf(options.betaInitializer ?? "zeros");
    this.gammaInitializer = initializerOf(options.gammaInitializer ?? "ones");
    const { betaRegularizer, gammaRegularizer, betaConstraint, gammaConstraint } = options;
    this.betaRegularizer = betaRegularizer ? regularizerOf(betaRegularizer) : undefined;
    this.gammaRegularizer = gammaRegularizer ? regularizerOf(gammaRegularizer) : undefined;
    this.betaConstraint = betaConstraint ? constraintOf(betaConstraint) : undefined;
    this.gammaConstraint = gammaConstraint ? constraintOf(gammaConstraint) : undefined;
  }

  /** Adds gamma. */
  protected addGamma(shape: number[]): void {
    this.gamma = this.addWeight("gamma", {
      shape,
      initializer: this.gammaInitializer,
      regularizer: this.gammaRegularizer,
      constraint: this.gammaConstraint,
    });
  }

  /** Adds beta. */
  protected addBeta(shape: number[]): void {
    this.beta = this.addWeight("beta", {
      shape,
      initializer: this.betaInitializer,
      regularizer: this.betaRegularizer,
      constraint: this.betaConstraint,
    });
  }

  override getConfig(): Record<string, unknown> {
    return {
      ...super.getConfig(),
      epsilon: this.epsilon,
      center: this.center,
      scale: this.scale,
      beta_initializer: serialized("initializers", this.betaInitializer),
      gamma_initializer: serialized("initializers", this.gammaInitializer),
      beta_regularizer: serialized("regularizers", this.betaRegularizer),
      gamma_regularizer: serialized("regularizers", this.gammaRegularizer),
      beta_constraint: serialized("constraints", this.betaConstraint),
      gamma_constraint: serialized("constraints", this.gammaConstraint),
    };
  }
}
