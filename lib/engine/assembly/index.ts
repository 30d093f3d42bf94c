export { adagrad, adadelta, ftrl, rmsprop } from "./adaptive_rates";
export { adam, adamax, adamMax, lion, nadam, sgd, sgdMomentum, weightDecay } from "./optimizers";
export { activationBiasGradient, biasActivation } from "./dense";
export {
  abs_ as abs,
  add,
  boolToFloat,
  div,
  exp,
  fill,
  intToFloat,
  log,
  maximum,
  minimum,
  mul,
  neg,
  relu,
  sigmoid,
  sqrt_ as sqrt,
  square,
  squaredDifference,
  sub,
  tanh,
} from "./elementwise";
export { col2im, im2col, im2row } from "./im2col";
export { averagePool, averagePoolGradient, maxPool, maxPoolGradient } from "./pooling";
export { argMax, max, sum } from "./reduce";
export { softmax, softmaxCrossEntropy, sparseSoftmaxCrossEntropy } from "./softmax";
export { gemmPacked, gemmPart, gemmScratchBytes, isBetterAcross } from "./gemm";
export { gemmSmall } from "./gemm_small";
export { depthwise, depthwiseFilterGradient, depthwiseInputGradient } from "./depthwise";
export { dropoutMask, randomNormal, randomUniform } from "./philox";
export { copyRows, gatherRows, segmentSum } from "./rows";
export { batchNorm, batchNormGradient } from "./batch_norm";
export { meanSquaredError, sigmoidCrossEntropy } from "./losses";
export { clip, elu, eluGradient, leakyRelu, reciprocal, rsqrt, selu, step } from "./activations";
export { compareFloats, compareInts, select } from "./comparisons";
export { copyBlock, permute } from "./copies";
export { resizeBilinear, resizeBilinearGradient, resizeNearest, resizeNearestGradient } from "./resize";
