/**
 * What makes training fast: steps that are recorded and replayed, kernels of our own, BLAS.
 *
 * Lessons do not import it; `baeum/models` does.
 *
 * @module
 */
import "./describe.ts";
import "./kernels/mod.ts";

export { type Lifetime, type MemoryPlan, planMemory } from "./memory_plan.ts";
export { type Source } from "./batch.ts";
export { ByteRows, type ByteRowsOptions } from "./byte_rows.ts";
export { type Rows } from "./rows.ts";
export { withOneBlasThread } from "./blas.ts";
export { limitThreads, physicalCores } from "./physical_cores.ts";
export { gradients } from "./gradients.ts";
export { Step, type StepOptions, type StepResult } from "./step.ts";
export { batchNorm } from "./ops/batch_norm.ts";
export { convolution, type ConvolutionOptions } from "./ops/convolution.ts";
export { depthwiseConvolution } from "./ops/depthwise_convolution.ts";
export { transposedConvolution } from "./ops/transposed_convolution.ts";
export { dense, fusesActivation } from "./ops/dense.ts";
export { dropout, dropoutMask, RandomState } from "./ops/dropout.ts";
export { randomNormal } from "./ops/random_normal.ts";
export { assign, updateInPlace } from "./ops/in_place.ts";
export { softmaxCrossEntropy, sparseSoftmaxCrossEntropy } from "./ops/crossentropy.ts";
export { meanSigmoidCrossEntropy, meanSquaredError } from "./ops/mean_losses.ts";
