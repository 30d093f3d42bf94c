/** A function and its slope; the slope is told from the function's output, as backpropagation has that at hand. */
export interface Activation {
  of: (sum: number) => number;
  slope: (output: number) => number;
}

/** `1 / (1 + e⁻ᶻ)`, whose slope is `a (1 − a)`. */
export const sigmoid: Activation = { of: (z) => 1 / (1 + Math.exp(-z)), slope: (a) => a * (1 - a) };
/** No bend at all: `z`, whose slope is 1. */
export const linear: Activation = { of: (z) => z, slope: () => 1 };
