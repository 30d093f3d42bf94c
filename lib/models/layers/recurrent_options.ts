import type { ActivationName } from "../activations/mod.ts";
import type { Constraint } from "../constraints/mod.ts";
import type { Initializer, InitializerName } from "../initializers/mod.ts";
import type { LayerOptions } from "../layer.ts";
import type { Regularizer } from "../regularizers/mod.ts";

/** Arguments that all recurrent layers have in common. */
export interface RecurrentOptions extends LayerOptions {
  /** The length of the state and of each output. */
  units: number;
  /** What makes the new state (default `"tanh"`). */
  activation?: ActivationName;
  /** Whether a bias is added (default true). */
  useBias?: boolean;
  /** How the kernel of the inputs begins (default `"glorotUniform"`). */
  kernelInitializer?: Initializer | InitializerName;
  /** How the kernel of the state begins (default `"orthogonal"`). */
  recurrentInitializer?: Initializer | InitializerName;
  /** How the bias begins (default `"zeros"`). */
  biasInitializer?: Initializer | InitializerName;
  kernelRegularizer?: Regularizer | "l1" | "l2" | "l1_l2" | null;
  recurrentRegularizer?: Regularizer | "l1" | "l2" | "l1_l2" | null;
  biasRegularizer?: Regularizer | "l1" | "l2" | "l1_l2" | null;
  kernelConstraint?: Constraint | "max_norm" | "non_neg" | "unit_norm" | "min_max_norm" | null;
  recurrentConstraint?: Constraint | "max_norm" | "non_neg" | "unit_norm" | "min_max_norm" | null;
  biasConstraint?: Constraint | "max_norm" | "non_neg" | "unit_norm" | "min_max_norm" | null;
  /** The share of the inputs that becomes 0 while training, the same at all time steps (default 0). */
  dropout?: number;
  /** The share of the state that becomes 0 while training, the same at all time steps (default 0). */
  recurrentDropout?: number;
  /** Makes the draws of dropout repeatable; without it, `seed(n)` decides. */
  seed?: number | null;
  /** Whether each time step's output is given, or the last one's alone (default false). */
  returnSequences?: boolean;
  /** Whether the last state is given, too, behind the output (default false). */
  returnState?: boolean;
  /** Whether time runs from the last step to the first; the outputs come in that order (default false). */
  goBackwards?: boolean;
  /** Whether a batch goes on from the state that the batch before ended with; batches are all of one size (default false). */
  stateful?: boolean;
  /** Kept for Keras' config; every recorded step is unrolled. */
  unroll?: boolean;
  /** Whether the outputs of hidden time steps are 0 instead of the last one's that is shown (default false). */
  zeroOutputForMask?: boolean;
}

/** As {@linkcode RecurrentOptions}, for layers with gates. */
export interface GatedOptions extends RecurrentOptions {
  /** What opens and closes the gates (default `"sigmoid"`). */
  recurrentActivation?: ActivationName;
  /** A penalty on the layer's output. */
  activityRegularizer?: Regularizer | "l1" | "l2" | "l1_l2" | null;
}
