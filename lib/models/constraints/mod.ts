/**
 * What a weight must stay within: applied after every update.
 *
 * @module
 */
export {
  type Constraint,
  constraintOf,
  MaxNorm,
  maxNorm,
  MinMaxNorm,
  minMaxNorm,
  NonNeg,
  nonNeg,
  UnitNorm,
  unitNorm,
} from "./constraint.ts";
