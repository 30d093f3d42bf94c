/** The activations that are computed on the way, and their numbers in the assembly. */
const kinds = new Map<unknown, number>([["linear", 0], ["relu", 1], ["sigmoid", 2], ["tanh", 3]]);

/** An activation's number in the assembly; undefined for one that is not computed on the way. None is linear. */
export function activationKind(activation: unknown): number | undefined {
  return kinds.get(activation ?? "linear");
}
