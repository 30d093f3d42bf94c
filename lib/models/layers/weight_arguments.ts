import { type Constraint, constraintOf } from "../constraints/mod.ts";
import { type Initializer, type InitializerName, initializerOf } from "../initializers/mod.ts";
import { type Regularizer, regularizerOf } from "../regularizers/mod.ts";
import { serialized } from "../serialized.ts";

/** What a layer is told about one of its weights. */
export interface WeightArguments {
  initializer: Initializer;
  regularizer?: Regularizer;
  constraint?: Constraint;
}

/** What may be given for a weight: names or objects. */
export interface GivenWeightArguments {
  initializer?: Initializer | InitializerName;
  regularizer?: Regularizer | "l1" | "l2" | "l1_l2" | null;
  constraint?: Constraint | "max_norm" | "non_neg" | "unit_norm" | "min_max_norm" | null;
}

/** The arguments of a weight, with a default for how it begins. */
export function weightArguments(
  { initializer, regularizer, constraint }: GivenWeightArguments,
  begin: InitializerName,
): WeightArguments {
  return {
    initializer: initializerOf(initializer ?? begin),
    regularizer: regularizer ? regularizerOf(regularizer) : undefined,
    constraint: constraint ? constraintOf(constraint) : undefined,
  };
}

/** Keras' three entries of a weight, with its name in front. */
export function weightConfig(
  name: string,
  { initializer, regularizer, constraint }: WeightArguments,
): Record<string, unknown> {
  return {
    [`${name}_initializer`]: serialized("initializers", initializer),
    [`${name}_regularizer`]: serialized("regularizers", regularizer),
    [`${name}_constraint`]: serialized("constraints", constraint),
  };
}
