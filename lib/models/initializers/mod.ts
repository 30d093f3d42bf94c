/**
 * How weights begin, with Keras' names, arguments and numbers.
 *
 * @module
 */
export { type Fans, fans, type Initializer, type InitializerName, initializerOf } from "./initializer.ts";
export { Constant, constant, Ones, ones, Zeros, zeros } from "./constant.ts";
export {
  GlorotUniform,
  glorotUniform,
  HeUniform,
  heUniform,
  LecunUniform,
  lecunUniform,
  RandomUniform,
  randomUniform,
} from "./uniform.ts";
export {
  GlorotNormal,
  glorotNormal,
  HeNormal,
  heNormal,
  LecunNormal,
  lecunNormal,
  RandomNormal,
  randomNormal,
  TruncatedNormal,
  truncatedNormal,
} from "./normal.ts";
export { Orthogonal, orthogonal, type OrthogonalOptions } from "./orthogonal.ts";
export { Identity, identity } from "./identity.ts";
export { VarianceScaling, varianceScaling, type VarianceScalingOptions } from "./variance_scaling.ts";
